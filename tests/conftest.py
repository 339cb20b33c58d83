"""Fixtures that several packages share."""

from pathlib import Path

import pytest

from knowledge.encoders import Encoder, open_encoder
from knowledge.settings import KnowledgeSettings


@pytest.fixture(scope="session")
def encoder_settings() -> KnowledgeSettings:
    """Settings whose data folder keeps the exported model between runs: exporting takes 20 s."""
    cache = Path(__file__).parents[1] / ".cache" / "test-models"
    return KnowledgeSettings(
        CAVEAT_DATA_DIR=cache, ENCODER="all-MiniLM-L6-v2", DEVICE="cpu", _env_file=None
    )


@pytest.fixture(scope="session")
def encoder(encoder_settings: KnowledgeSettings) -> Encoder:
    """The default encoder with its real weights."""
    return open_encoder(encoder_settings)

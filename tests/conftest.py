"""Fixtures that several packages share."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from knowledge.encoders import Encoder, open_encoder
from knowledge.settings import KnowledgeSettings
from tests.environment import keep_settings_out
from tests.postgres import programs, running

# how long an example takes says how busy the machine is
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
settings.register_profile(  # of `make fuzz`
    "long",
    max_examples=int(os.environ.get("FUZZ_EXAMPLES") or 5_000),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="session", autouse=True)
def settings_kept_out() -> Iterator[None]:
    """A developer's `CHAT_MODEL` or token reaches no test."""
    with pytest.MonkeyPatch.context() as patch:
        keep_settings_out(patch, Path(__file__).parents[1])
        yield


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Takes back the root logger's handlers, whose captured stream closes with the test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of a PostgreSQL server's socket."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    with running(folder) as socket:
        yield socket

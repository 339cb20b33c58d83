"""Keeps a developer's own settings out of the tests: a chat model would cost money, and be told."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import BotSettings
from ingest.settings import IngestSettings
from knowledge.settings import KnowledgeSettings

KINDS = (KnowledgeSettings, BotSettings, IngestSettings)


def keep_settings_out(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Has settings be read as if nothing were set, here and in processes that tests start.

    What a test sets by itself holds.

    Args:
        patch: takes everything back.
        folder: whose `.env` processes may read that are started in it.
    """
    known = {str(field.validation_alias) for kind in KINDS for field in kind.model_fields.values()}
    for name in known:
        patch.delenv(name, raising=False)
    for name in known.intersection(dotenv_values(folder / ".env")):
        patch.setenv(name, "")  # outranks the file
    for kind in KINDS:
        patch.setitem(kind.model_config, "env_file", None)

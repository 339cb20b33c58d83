import os
from pathlib import Path
from typing import Any

import pytest

from bot.settings import BotSettings
from knowledge.errors import SettingsError
from knowledge.settings import read_settings
from tests.bot.world import settings_in


def test_curators_are_ids_between_commas(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    ids = "123456789012345678, 234567890123456789,"
    assert settings_in(tmp_path, CURATOR_IDS=ids).curator_ids == {
        123456789012345678,
        234567890123456789,
    }
    assert settings_in(tmp_path, CURATOR_IDS="").curator_ids == frozenset()
    monkeypatch.setenv("CURATOR_IDS", "grace")
    with pytest.raises(SettingsError, match=r"CURATOR_IDS: .*Discord user ids"):
        read_settings(BotSettings)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"ENCODER=\xff\n", "it is not UTF-8 text"), (None, "Permission denied")],
)
def test_settings_that_cannot_be_read_are_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(BotSettings.model_config, "env_file", ".env")
    env = tmp_path / ".env"
    env.write_bytes(content or b"")
    if content is None:
        env.chmod(0)
        if os.access(env, os.R_OK):
            pytest.skip("this user may read everything")
    with pytest.raises(SettingsError, match=rf"^\.env cannot be read \({reason}\)\."):
        read_settings(BotSettings)

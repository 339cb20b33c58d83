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

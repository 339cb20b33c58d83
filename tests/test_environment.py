"""What a developer has set stays out of the tests."""

import os
from pathlib import Path

import pytest

from bot.settings import BotSettings
from knowledge.settings import KnowledgeSettings
from tests.environment import keep_settings_out


def test_settings_of_the_environment_and_of_dotenv_reach_no_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=kept\nCURATOR_IDS=123456789012345678\nOWN=x\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(BotSettings.model_config, "env_file", ".env")
    monkeypatch.setenv("CHAT_MODEL", "openai:gpt-5-nano")
    monkeypatch.setenv("CHAT_DAILY_DOLLARS", "3")
    assert BotSettings().chat_model
    assert BotSettings().curator_ids
    with pytest.MonkeyPatch.context() as patch:
        keep_settings_out(patch, tmp_path)
        found = BotSettings()
        assert (found.chat_model, found.chat_daily_dollars) == ("", None)
        assert not found.discord_token
        assert found.curator_ids == frozenset()
        assert os.environ["DISCORD_TOKEN"] == ""
        assert "OWN" not in os.environ
        assert BotSettings.model_validate({"CHAT_MODEL": "ollama:x"}).chat_model == "ollama:x"
        patch.setenv("CHAT_MODEL", "ollama:y")
        assert KnowledgeSettings().chat_model == "ollama:y"

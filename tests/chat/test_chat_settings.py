import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.chat import open_chat
from knowledge.chat.endpoint import Endpoint, choose_endpoint
from knowledge.chat.prices import FREE, price_of
from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings, read_settings

SECRET = "sk-test-0123456789-secret"  # noqa: S105 - opens nothing
BLANK = dict.fromkeys(
    (
        "CHAT_MODEL",
        "CHAT_BASE_URL",
        "CHAT_API_KEY",
        "OPENAI_API_KEY",
        "ANTHROPIC_API_KEY",
        "CHAT_SECONDS",
        "CHAT_AT_ONCE",
        "CHAT_PRICES",
        "CHAT_TEMPERATURE",
    ),
    "",
)
OWN_OPENAI = {"CHAT_MODEL": "openai:gpt-5-nano", "OPENAI_API_KEY": SECRET}


def settings(**values: Any) -> KnowledgeSettings:
    return KnowledgeSettings.model_validate(BLANK | values)


def endpoint(**values: Any) -> Endpoint:
    return choose_endpoint(settings(**values))


def test_blank_lines_mean_the_defaults() -> None:
    chosen = settings()
    assert (chosen.chat_seconds, chosen.chat_at_once) == (60, 4)
    assert chosen.chat_api_key is None
    assert open_chat(chosen) is None


def test_without_a_model_nothing_of_langchain_is_imported() -> None:
    program = (
        "import sys\n"
        "from knowledge.chat import open_chat\n"
        "from knowledge.settings import KnowledgeSettings\n"
        "assert open_chat(KnowledgeSettings(_env_file=None)) is None\n"
        "names = {name.partition('.')[0].partition('_')[0] for name in sys.modules}\n"
        "heavy = names & {'langchain', 'langsmith', 'openai', 'anthropic', 'ollama', 'httpcore'}\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", program],
        env=os.environ | {"CHAT_MODEL": " "},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"CHAT_MODEL": "gpt-5-nano"}, "provider and model"),
        ({"CHAT_MODEL": "openai:"}, "provider and model"),
        ({"CHAT_MODEL": "gemini:flash"}, "does not know"),
        ({"CHAT_MODEL": "openai:gpt-5-nano"}, "OPENAI_API_KEY is not set"),
        ({"CHAT_MODEL": "anthropic:claude-haiku-5-5"}, "ANTHROPIC_API_KEY is not set"),
        ({"CHAT_MODEL": "openai:x", "OPENAI_API_KEY": f"{SECRET}\nX: y"}, "characters"),
        ({"CHAT_MODEL": "openai:x", "OPENAI_API_KEY": f"{SECRET}é"}, "characters"),
        ({"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "127.0.0.1:8000"}, "address such as"),
        ({"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "http://[::1"}, "address such as"),
        ({"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "http://a..b/v1"}, "address such as"),
        ({"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": f"https://me:{SECRET}@x.org"}, "no user"),
        ({"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": f"https://x.org/?key={SECRET}"}, "no user"),
        ({"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "http://x.org/v1"}, "unencrypted"),
        (OWN_OPENAI | {"CHAT_PRICES": "/nowhere/prices.toml"}, "CHAT_PRICES"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_cure(values: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told) as raised:
        open_chat(settings(**values))
    assert SECRET not in str(raised.value)


def test_numbers_out_of_range_are_told_without_their_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHAT_SECONDS", SECRET)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with pytest.raises(SettingsError, match="CHAT_SECONDS") as raised:
        read_settings(KnowledgeSettings)
    assert SECRET not in str(raised.value)


def test_a_missing_package_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"pip install .* -e '\.\[ollama\]'"):
        open_chat(settings(CHAT_MODEL="ollama:llama3.2"))


@pytest.mark.parametrize(
    ("values", "url", "local"),
    [
        (OWN_OPENAI, "https://api.openai.com/v1", False),
        ({"CHAT_MODEL": "ollama:llama3.2:3b"}, "http://127.0.0.1:11434", True),
        (
            {"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "http://localhost:8000"},
            "http://localhost:8000/v1",
            True,
        ),
        (
            {"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "http://192.168.1.9:8000/v1/"},
            "http://192.168.1.9:8000/v1",
            True,
        ),
        (
            {"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "http://[::1]:8000/v1"},
            "http://[::1]:8000/v1",
            True,
        ),
        ({"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "http://vllm/v1"}, "http://vllm/v1", True),
        (
            {"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "https://models.example.org/v1"},
            "https://models.example.org/v1",
            False,
        ),
    ],
)
def test_where_a_model_is_asked(values: dict[str, str], url: str, *, local: bool) -> None:
    found = endpoint(**values)
    assert (found.url, found.local) == (url, local)


def test_a_key_goes_to_its_own_provider_only() -> None:
    keys = {"OPENAI_API_KEY": SECRET, "ANTHROPIC_API_KEY": "other"}
    own = endpoint(CHAT_MODEL="openai:x", **keys)
    assert own.key is not None
    assert own.key.get_secret_value() == SECRET
    elsewhere = {"CHAT_MODEL": "openai:x", "CHAT_BASE_URL": "https://models.example.org/v1"}
    assert endpoint(**elsewhere, **keys).key is None
    named = endpoint(**elsewhere, **keys, CHAT_API_KEY="third").key
    assert named is not None
    assert named.get_secret_value() == "third"
    assert endpoint(CHAT_MODEL="ollama:x", **keys).key is None


def test_prices_hold_at_the_providers_own_address(tmp_path: Path) -> None:
    own = price_of(endpoint(**OWN_OPENAI), None)
    assert own is not None
    assert own.as_of is not None
    assert own.source.startswith("https://")
    assert own.of(1_000_000, 1_000_000) == pytest.approx(own.input + own.output)
    dated = OWN_OPENAI | {"CHAT_MODEL": "openai:gpt-5-nano-2025-08-07"}
    assert price_of(endpoint(**dated), None) == own
    gateway = OWN_OPENAI | {"CHAT_BASE_URL": "https://models.example.org/v1"}
    assert price_of(endpoint(**gateway), None) is None
    assert price_of(endpoint(**OWN_OPENAI | {"CHAT_MODEL": "openai:unheard-of"}), None) is None
    here = endpoint(CHAT_MODEL="ollama:x")
    assert price_of(here, None) == FREE
    table = tmp_path / "prices.toml"
    table.write_text('["ollama:x"]\ninput = 1\noutput = 2\n', "utf-8")
    power = price_of(here, table)
    assert power is not None
    assert (power.input, power.output) == (1, 2)
    assert price_of(endpoint(**OWN_OPENAI), table) is None


@pytest.mark.parametrize(
    "text", ["input = ", '["a:b"]\ninput = -1\noutput = 1', '["a:b"]\ninput = nan\noutput = 1']
)
def test_a_table_of_prices_that_cannot_be_right_is_refused(tmp_path: Path, text: str) -> None:
    table = tmp_path / "prices.toml"
    table.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="CHAT_PRICES"):
        price_of(endpoint(**OWN_OPENAI), table)

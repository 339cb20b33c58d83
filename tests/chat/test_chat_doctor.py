from pathlib import Path
from typing import Any

import pytest

from bot.health import Check, examine
from knowledge.chat import describe_chat
from tests.bot.world import settings_in
from tests.chat import server as plays
from tests.chat.server import ChatServer

SECRET = "sk-test-0123456789-secret"  # noqa: S105 - opens nothing


def chat_check(folder: Path, **values: Any) -> Check:
    blank = dict.fromkeys(("CHAT_MODEL", "CHAT_BASE_URL", "OPENAI_API_KEY", "CHAT_PRICES"), "")
    checks = examine(settings_in(folder, **blank | values), folder)
    assert SECRET not in str(checks)
    (check,) = [check for check in checks if check.name == "chat model"]
    return check


def here(server: ChatServer, **values: Any) -> dict[str, Any]:
    return {"CHAT_MODEL": "openai:scripted", "CHAT_BASE_URL": server.address, **values}


def test_without_a_model_answers_are_quoted(tmp_path: Path) -> None:
    check = chat_check(tmp_path)
    assert check.state == "ok"
    assert "answers are quoted" in check.why


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"CHAT_MODEL": "scripted"}, "provider and model"),
        ({"CHAT_MODEL": "gemini:flash"}, "does not know"),
        ({"CHAT_MODEL": "openai:gpt-5-nano"}, "OPENAI_API_KEY is not set"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, values: dict[str, str], told: str) -> None:
    check = chat_check(tmp_path, **values)
    assert check.state == "fail"
    assert told in check.why


def test_a_model_that_works_is_told_with_its_place_and_price(
    server: ChatServer, tmp_path: Path
) -> None:
    check = chat_check(tmp_path, **here(server))
    assert check.state == "ok"
    assert check.why == "openai:scripted answers; it is local (127.0.0.1); it costs nothing."
    (asked,) = server.asked
    assert asked.body["max_tokens"] <= 16


@pytest.mark.parametrize(
    ("play", "told", "cure"),
    [
        (plays.NO_KEY, "did not accept the key", "valid one"),
        (plays.BROKEN, "failed (status 500)", "log"),
        (plays.NO_QUOTA, "used up", "account"),
    ],
)
def test_a_model_that_does_not_answer_is_told_with_a_cure(
    server: ChatServer, tmp_path: Path, play: plays.Play, told: str, cure: str
) -> None:
    server.play(play)
    check = chat_check(tmp_path, **here(server, CHAT_API_KEY=SECRET))
    assert check.state == "fail"
    assert told in check.why
    assert cure in check.cure


def test_a_model_that_only_thinks_of_so_small_a_question_works(
    server: ChatServer, tmp_path: Path
) -> None:
    server.play(plays.EMPTY)
    check = chat_check(tmp_path, **here(server))
    assert (check.state, "nothing but thoughts" in check.why) == ("ok", True)


def test_a_server_that_is_not_there_is_told(server: ChatServer, tmp_path: Path) -> None:
    check = chat_check(tmp_path, **here(server, CHAT_BASE_URL="http://127.0.0.1:1/v1"))
    assert check.state == "fail"
    assert "cannot be reached (connection refused)" in check.why
    assert check.cure.startswith("Look whether it runs")


def test_a_model_that_takes_long_may_only_be_loading(server: ChatServer) -> None:
    server.play(plays.HANGING)
    found = describe_chat(server.settings(), seconds=0.3)
    assert (found.state, found.why) == (
        "warn",
        "openai:scripted did not answer within 0.3 seconds.",
    )

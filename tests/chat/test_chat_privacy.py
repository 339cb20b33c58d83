"""What leaves the machine, and what is never told."""

import json
import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from knowledge.chat import ChatError, Message, open_chat
from knowledge.chat.endpoint import choose_endpoint
from knowledge.chat.wire import ATTEMPT, Attempt, Wire, WireError
from tests.chat import server as plays
from tests.chat.server import ChatServer, need, said

ROOT = Path(__file__).parents[2]
SECRET = "sk-test-0123456789-secret"  # noqa: S105 - opens nothing
QUESTION = "Is this secret question told to anybody?"
PROGRAM = """
import json, sys
contacted = []
def watch(event, found):
    if event in ("socket.connect", "socket.sendto"):
        contacted.append(str(found[1]))
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        contacted.append(str(found[0]))
sys.addaudithook(watch)
from knowledge.chat import Message, open_chat
from knowledge.settings import KnowledgeSettings
chat = open_chat(KnowledgeSettings(_env_file=None))
text = chat.reply([Message(role="user", text="Hello?")], most_tokens=9, seconds=20).text
print(json.dumps([text, contacted]))
"""
# everything that makes such libraries call somebody else
HOSTILE = {
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_API_KEY": SECRET,
    "LANGSMITH_ENDPOINT": "http://127.0.0.1:9/langsmith",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
    "NO_PROXY": "",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
    "OPENAI_API_BASE": "http://127.0.0.1:9/v1",
    "OPENAI_PROXY": "",
    "OPENAI_ORG_ID": "org-of-somebody",
    "OPENAI_API_KEY": SECRET,
    "ANTHROPIC_API_KEY": SECRET,
    "ANTHROPIC_AUTH_TOKEN": SECRET,
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",
    "OLLAMA_HOST": "127.0.0.1:9",
    "OLLAMA_API_KEY": SECRET,
    "OPENAI_LOG": "debug",
    "ANTHROPIC_LOG": "debug",
}


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_a_local_model_is_all_that_is_contacted(server: ChatServer, provider: str) -> None:
    need(provider)
    here = {"CHAT_MODEL": f"{provider}:scripted", "CHAT_BASE_URL": server.address}
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", PROGRAM],
        env=os.environ | HOSTILE | here,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text, contacted = json.loads(done.stdout)
    assert text == plays.TEXT
    port = int(server.address.rpartition(":")[2])
    assert set(contacted) == {"127.0.0.1", str(("127.0.0.1", port))}
    assert "Hello?" not in done.stderr
    (asked,) = server.asked
    assert set(asked.headers) <= {
        "host",
        "connection",
        "accept",
        "accept-encoding",
        "anthropic-version",
        "content-type",
        "content-length",
        "user-agent",
    }
    assert SECRET not in json.dumps(asked.body)


def test_a_local_name_that_leads_outside_is_not_followed(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = [(2, 1, 6, "", ("203.0.114.7", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: outside)
    chat = open_chat(server.settings(CHAT_BASE_URL="http://models.lan/v1"))
    assert chat is not None
    with pytest.raises(ChatError, match="out of the local network") as raised:
        chat.reply([Message(role="user", text=QUESTION)], most_tokens=9, seconds=3)
    assert raised.value.code == "unreachable"


@pytest.mark.parametrize(
    "play",
    [
        plays.NO_KEY,
        plays.GARBAGE,
        plays.HALF,
        plays.TOO_MANY,
        plays.failing(400, message=f"{SECRET} {QUESTION}"),
    ],
)
def test_no_fault_tells_a_key_a_question_or_a_reply(
    server: ChatServer, caplog: pytest.LogCaptureFixture, play: plays.Play
) -> None:
    caplog.set_level(logging.DEBUG)
    server.play(play)
    chat = open_chat(server.settings(CHAT_API_KEY=SECRET))
    assert chat is not None
    assert SECRET not in f"{chat!r} {getattr(chat, 'endpoint', '')!r}"
    try:
        chat.reply([Message(role="user", text=QUESTION)], most_tokens=9, seconds=5)
    except ChatError as error:
        logging.getLogger("test").exception("It failed")
        told = "".join(traceback.format_exception(error)) + repr(error)
    assert server.asked[0].headers["authorization"] == f"Bearer {SECRET}"
    for hidden in (SECRET, QUESTION, plays.TEXT):
        assert hidden not in told
        assert hidden not in caplog.text


def test_a_log_of_everything_holds_no_question(
    server: ChatServer, caplog: pytest.LogCaptureFixture
) -> None:
    chat = open_chat(server.settings(CHAT_API_KEY=SECRET))
    assert chat is not None
    caplog.set_level(logging.DEBUG)
    chat.reply([Message(role="user", text=QUESTION)], most_tokens=9, seconds=5)
    for hidden in (SECRET, QUESTION, plays.TEXT):
        assert hidden not in caplog.text


def test_only_the_configured_address_is_asked(server: ChatServer) -> None:
    server.play(said())
    token = ATTEMPT.set(Attempt(deadline=float("inf")))
    try:
        wire = Wire(choose_endpoint(server.settings()))
        headers: dict[str, Any] = {}
        for url in ("http://127.0.0.1:1/v1/chat/completions", "http://127.0.0.2/"):
            with pytest.raises(WireError):
                wire.exchange(url, headers, b"{}")
            found = ATTEMPT.get().fault
            assert found is not None
            assert "another address" in found.why
    finally:
        ATTEMPT.reset(token)
    assert not server.asked

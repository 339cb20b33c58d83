"""A real model behind llama.cpp's server: the wire works. It is too small to be any good."""

import threading
import time
from collections.abc import Iterator

import pytest

from bot.health import check_chat
from knowledge.chat import Chat, ChatError, Message, describe_chat, open_chat
from tests.chat.llama import serving, settings

pytestmark = pytest.mark.slow

CONTEXT_TOKENS = 2048


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the server listens."""
    with serving(CONTEXT_TOKENS) as found:
        yield found


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

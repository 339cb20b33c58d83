import ssl
import threading
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import trustme

from knowledge.chat import Chat, ChatError, Message, Reply, open_chat
from knowledge.chat.wire import trust
from knowledge.model import Spent
from tests.chat import server as plays
from tests.chat.server import ChatServer, Play, composed, failing, said

KEY = "sk-test-0123456789-secret"
LONG = 4  # seconds: far less than a server that hangs, and enough for a busy machine
ASKED = [
    Message(role="system", text="Answer from the passages."),
    Message(role="user", text="Can weights be recalled?"),
]


def opened(server: ChatServer, provider: str = "openai", **values: Any) -> Chat:
    chat = open_chat(server.settings(provider, **values))
    assert chat is not None
    return chat


def ask(chat: Chat, seconds: float = 10, most_tokens: int = 200) -> Reply:
    return chat.reply(ASKED, most_tokens=most_tokens, seconds=seconds)


def fault(chat: Chat, seconds: float = 10) -> ChatError:
    with pytest.raises(ChatError) as raised:
        ask(chat, seconds)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    return raised.value


def test_a_reply_has_its_text_and_what_was_used(server: ChatServer) -> None:
    chat = opened(server)
    spent = Spent(input_tokens=120, output_tokens=30, dollars=0)
    assert ask(chat) == Reply(text=plays.TEXT, spent=spent)
    assert (chat.name, chat.local) == ("openai:scripted", True)
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.texts == [message.text for message in ASKED]
    assert [message["role"] for message in asked.body["messages"]] == ["system", "user"]
    assert asked.body["max_tokens"] == 200
    assert "max_completion_tokens" not in asked.body


@pytest.mark.parametrize(
    ("provider", "path"), [("anthropic", "/v1/messages"), ("ollama", "/api/chat")]
)
def test_other_providers_speak_their_own_way(server: ChatServer, provider: str, path: str) -> None:
    chat = opened(server, provider, CHAT_API_KEY=KEY)
    assert ask(chat).text == plays.TEXT
    assert ask(chat).spent == Spent(input_tokens=120, output_tokens=30, dollars=0)
    asked = server.asked[0]
    assert asked.path == path
    assert asked.texts == [message.text for message in ASKED]
    most = asked.body.get("max_tokens") or asked.body["options"]["num_predict"]
    assert most == 200
    server.play(plays.CUT, plays.EMPTY, plays.BROKEN)
    assert ask(chat).cut
    assert fault(chat).code == "empty"
    assert fault(chat).code == "failed"


def test_a_refusal_by_anthropic_is_known(server: ChatServer) -> None:
    server.play(plays.FILTERED)
    assert fault(opened(server, "anthropic")).code == "refused"


def test_what_exceeds_the_context_given_to_ollama_is_not_cut_silently(server: ChatServer) -> None:
    chat = opened(server, "ollama")
    with pytest.raises(ChatError) as raised:
        chat.reply([Message(role="user", text="x" * 60_000)], most_tokens=100, seconds=5)
    assert raised.value.code == "overflow"
    assert not server.asked


@pytest.mark.parametrize(
    ("play", "code"),
    [
        (plays.FILTERED, "refused"),
        (plays.DECLINED, "refused"),
        (failing(400, code="content_filter"), "refused"),
        (plays.EMPTY, "empty"),
        (said("<think>Let me see"), "empty"),
        (plays.GARBAGE, "malformed"),
        (Play(body=b"[]"), "malformed"),
        (Play(body=b'{"choices": []}'), "malformed"),
        (Play(body=b'{"error": {"message": "No."}}'), "malformed"),
        (plays.HALF, "malformed"),
        (plays.TOO_MANY, "rate-limit"),
        (plays.NO_QUOTA, "rate-limit"),
        (plays.BROKEN, "failed"),
        (failing(404), "failed"),
        (failing(302, headers={"Location": "https://example.org/"}), "failed"),
        (plays.HUGE, "overlong"),
        (said("word " * 20_000), "overlong"),
        (said(headers={"Content-Encoding": "gzip"}), "malformed"),
        (plays.OVERFLOWING, "overflow"),
        (failing(400, message="prompt is too long: 9 tokens > 8 maximum"), "overflow"),
        (failing(400, message="the request exceeds the available context size"), "overflow"),
        (plays.NO_KEY, "key"),
        (failing(403), "key"),
    ],
)
def test_each_fault_has_its_code(server: ChatServer, play: Play, code: str) -> None:
    server.play(play)
    assert fault(opened(server)).code == code


def test_a_refusal_still_tells_what_it_cost(server: ChatServer) -> None:
    server.play(plays.FILTERED, plays.BROKEN)
    chat = opened(server)
    assert fault(chat).spent == Spent(input_tokens=120, output_tokens=30, dollars=0)
    assert fault(chat).spent is None


def test_a_reply_whose_length_is_not_announced_is_read(server: ChatServer) -> None:
    server.play(said(announced=False))
    assert ask(opened(server)).text == plays.TEXT


def test_a_reply_that_ran_out_of_tokens_says_so(server: ChatServer) -> None:
    server.play(plays.CUT)
    reply = ask(opened(server))
    assert (reply.text, reply.cut) == ("One sentence. And half of", True)


def test_thoughts_are_not_part_of_a_reply(server: ChatServer) -> None:
    server.play(said("<think>\nHm. 1 + 1?\n</think>\n\nTwo."))
    assert ask(opened(server)).text == "Two."


@pytest.mark.parametrize("play", [plays.TOO_MANY, plays.BROKEN, plays.HALF])
def test_what_may_pass_is_tried_twice_and_no_more(server: ChatServer, play: Play) -> None:
    server.play(play, said())
    assert ask(opened(server)).text == plays.TEXT
    server.asked.clear()
    server.play(play)
    fault(opened(server))
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "play", [plays.NO_KEY, plays.NO_QUOTA, plays.OVERFLOWING, plays.GARBAGE, plays.FILTERED]
)
def test_what_will_not_pass_is_not_tried_again(server: ChatServer, play: Play) -> None:
    server.play(play)
    fault(opened(server))
    assert len(server.asked) == 1


def test_the_server_says_when_to_come_back(server: ChatServer) -> None:
    server.play(failing(429, headers={"Retry-After": "0.8"}), said())
    chat = opened(server)
    began = time.monotonic()
    ask(chat)
    assert time.monotonic() - began >= 0.8
    server.asked.clear()
    server.play(failing(429, headers={"Retry-After": "60"}))
    assert fault(chat).code == "rate-limit"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "play", [plays.HANGING, plays.DRIBBLING, failing(429, headers={"Retry-After": "0.1"})]
)
def test_nothing_lasts_beyond_the_deadline(server: ChatServer, play: Play) -> None:
    chat = opened(server)
    server.play(play, plays.HANGING)
    began = time.monotonic()
    assert fault(chat, seconds=0.5).code == "timeout"
    assert time.monotonic() - began < LONG


def test_the_setting_bounds_what_a_caller_allows(server: ChatServer) -> None:
    server.play(plays.HANGING)
    began = time.monotonic()
    assert fault(opened(server, CHAT_SECONDS=0.4), seconds=30).code == "timeout"
    assert time.monotonic() - began < LONG


def test_nobody_there_is_unreachable(server: ChatServer) -> None:
    chat = opened(server, CHAT_BASE_URL="http://127.0.0.1:1/v1")
    error = fault(chat)
    assert error.code == "unreachable"
    assert "refused" in str(error)


def test_a_few_are_asked_at_once_and_more_wait(server: ChatServer) -> None:
    server.play(said(seconds=0.1))
    chat = opened(server, CHAT_AT_ONCE=2)
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda: replies.append(ask(chat))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 6
    assert server.busiest == 2


def test_waiting_for_a_turn_ends_at_the_deadline(server: ChatServer) -> None:
    server.play(said(seconds=1.5))
    chat = opened(server, CHAT_AT_ONCE=1)
    first = threading.Thread(target=ask, args=(chat,))
    first.start()
    while not server.asked:
        time.sleep(0.01)
    began = time.monotonic()
    error = fault(chat, seconds=0.2)
    assert (error.code, "busy" in str(error)) == ("timeout", True)
    assert time.monotonic() - began < 1.3
    first.join()


def test_threads_do_not_mix_up_their_replies(server: ChatServer) -> None:
    server.play(composed(lambda asked: asked.texts[-1]))
    chat = opened(server, CHAT_AT_ONCE=8)
    heard: dict[int, str] = {}

    def one(number: int) -> None:
        message = Message(role="user", text=f"number {number}")
        heard[number] = chat.reply([message], most_tokens=10, seconds=10).text

    threads = [threading.Thread(target=one, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: f"number {number}" for number in range(16)}


def test_what_is_too_long_never_fills_the_memory(server: ChatServer) -> None:
    body = b"x" * 50_000_000
    server.play(Play(body=body, announced=False))
    chat = opened(server)
    tracemalloc.start()
    try:
        assert fault(chat).code == "overlong"
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 6_000_000


def test_a_model_is_asked_over_tls_only_with_a_certificate_to_trust(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with ChatServer(context) as server:
        error = fault(opened(server))
        assert (error.code, "certificate is not valid" in str(error)) == ("unreachable", True)
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        trust.cache_clear()
        try:
            assert ask(opened(server)).text == plays.TEXT
        finally:
            trust.cache_clear()


def test_waiting_for_others_does_not_count_against_the_model(server: ChatServer) -> None:
    server.play(said(seconds=0.4))
    chat = opened(server, CHAT_AT_ONCE=1)
    codes: list[str] = []

    def one() -> None:
        try:
            ask(chat, seconds=0.7)
        except ChatError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes
    assert set(codes) == {"timeout"}
    assert ask(chat).text == plays.TEXT


def test_without_a_report_nothing_is_made_up(server: ChatServer, tmp_path: Path) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text('["openai:scripted"]\ninput = 2.0\noutput = 10.0\n', "utf-8")
    server.play(plays.UNCOUNTED, said())
    chat = opened(server, CHAT_PRICES=prices)
    assert ask(chat).spent == Spent(input_tokens=0, output_tokens=0, dollars=None)
    spent = ask(chat).spent
    assert spent.dollars == pytest.approx((120 * 2 + 30 * 10) / 1_000_000)


def test_a_temperature_is_sent_only_when_asked_for(server: ChatServer) -> None:
    ask(opened(server))
    ask(opened(server, CHAT_TEMPERATURE="0.1"))
    assert [asked.body.get("temperature") for asked in server.asked] == [None, 0.1]

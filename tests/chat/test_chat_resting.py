import logging
from collections.abc import Callable

import pytest

from knowledge.chat import ChatError, Message, Reply
from knowledge.chat.breaker import KEY_REST_SECONDS, REST_SECONDS, Breaker
from knowledge.chat.calling import CalledModel
from knowledge.chat.endpoint import choose_endpoint
from knowledge.chat.faults import MALFORMED, TIMEOUT
from knowledge.chat.prices import FREE
from knowledge.chat.providers import open_provider
from tests.chat import server as plays
from tests.chat.server import ChatServer, failing, said

QUESTION = "Is this secret question logged?"
DOWN = failing(429, headers={"Retry-After": "99"})


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Asker:
    """A model whose breaker reads a clock of the test's."""

    def __init__(self, server: ChatServer, clock: Callable[[], float]) -> None:
        endpoint = choose_endpoint(server.settings())
        self._chat = CalledModel(
            endpoint,
            open_provider(endpoint, None),
            price=FREE,
            seconds=10,
            at_once=2,
            breaker=Breaker(endpoint.name, clock),
        )

    def ask(self) -> Reply:
        message = Message(role="user", text=QUESTION)
        return self._chat.reply([message], most_tokens=10, seconds=5)

    def code(self) -> str:
        """Why there is no reply."""
        with pytest.raises(ChatError) as raised:
            self.ask()
        return raised.value.code


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asker(server: ChatServer, clock: Clock) -> Asker:
    return Asker(server, clock)


def test_after_three_faults_the_model_is_left_alone_and_then_tried_once(
    server: ChatServer, clock: Clock, asker: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.play(DOWN)
    assert [asker.code() for _ in range(5)] == ["rate-limit"] * 3 + ["resting"] * 2
    assert len(server.asked) == 3
    clock.now += REST_SECONDS - 1
    assert asker.code() == "resting"
    clock.now += 1
    assert asker.code() == "rate-limit"
    assert asker.code() == "resting"
    clock.now += REST_SECONDS
    server.play(said())
    assert asker.ask().text == plays.TEXT
    server.play(DOWN, DOWN, said())
    assert [asker.code(), asker.code()] == ["rate-limit"] * 2
    assert asker.ask().text == plays.TEXT
    lines = [record for record in caplog.records if record.name == "knowledge.chat.breaker"]
    assert [record.levelname for record in lines] == ["WARNING", "INFO"]
    assert QUESTION not in caplog.text
    assert plays.TEXT not in caplog.text


def test_what_says_nothing_of_the_model_breaks_the_row(server: ChatServer, asker: Asker) -> None:
    server.play(DOWN, DOWN, plays.FILTERED, DOWN, DOWN, plays.EMPTY, said())
    codes = [asker.code() for _ in range(6)]
    assert codes == ["rate-limit", "rate-limit", "refused", "rate-limit", "rate-limit", "empty"]
    assert asker.ask().text == plays.TEXT


def test_a_key_that_is_not_accepted_is_not_tried_for_long(
    server: ChatServer, clock: Clock, asker: Asker
) -> None:
    server.play(plays.NO_KEY)
    assert [asker.code(), asker.code()] == ["key", "resting"]
    clock.now += REST_SECONDS
    assert asker.code() == "resting"
    clock.now += KEY_REST_SECONDS
    server.play(said())
    assert asker.ask().text == plays.TEXT


def test_one_call_at_a_time_tries_whether_the_model_is_back(clock: Clock) -> None:
    breaker = Breaker("a:b", clock)
    for _ in range(3):
        breaker.failed(TIMEOUT, trial=breaker.admit())
    clock.now += REST_SECONDS
    assert breaker.admit()
    with pytest.raises(ChatError):
        breaker.admit()
    with pytest.raises(ChatError):
        breaker.refuse()
    breaker.withdrawn(trial=True)
    assert breaker.admit()
    breaker.failed(TIMEOUT, trial=False)  # an older call, which says nothing new
    with pytest.raises(ChatError):
        breaker.admit()
    breaker.failed(MALFORMED, trial=True)
    assert not breaker.admit()

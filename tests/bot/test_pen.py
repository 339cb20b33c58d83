"""The threads that write: how many there are, and what becomes of those who wait too long."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.asking.pen import Pen, PenLimits, Wish, limits_for
from bot.asking.purse import Purse
from bot.gate import Gate
from bot.state import State
from knowledge.chat import ChatError
from knowledge.errors import IndexMissingError
from knowledge.model import Answer
from tests.bot.presses import RISKS
from tests.bot.writers import COST, ScriptedChat, WritingAnswerer

SOON = 0.2


def codes(answer: Answer) -> list[str]:
    return [note.code for note in answer.notes]


def wish(question: str = RISKS) -> Wish:
    return Wish(question=question, guild_id=1, told=lambda _: None)


class Desk:
    """A pen over a chat model that may be held up."""

    def __init__(self, state: State, limits: PenLimits) -> None:
        self.held = threading.Event()
        self.asked = threading.Semaphore(0)
        self.chat = ScriptedChat(before=self._hold)
        self.writing = WritingAnswerer(self.chat)
        self.gate = Gate(self.writing)
        self.pen = Pen(self.writing, self.gate, Purse(state, terms=None), limits)

    def _hold(self) -> None:
        self.asked.release()
        self.held.wait(5)

    async def until_asked(self, times: int = 1) -> None:
        """Returns when the model was asked that often."""
        for _ in range(times):
            assert await asyncio.to_thread(self.asked.acquire, timeout=5)

    async def close(self) -> None:
        self.held.set()
        await self.pen.close()
        self.gate.close()


@pytest.fixture
async def desk(state: State) -> AsyncIterator[Desk]:
    made = Desk(state, PenLimits(workers=2, waiting=SOON, seconds=SOON))
    yield made
    await made.close()


async def test_a_model_that_takes_too_long_is_not_waited_for_and_what_it_cost_is_counted_later(
    desk: Desk, state: State
) -> None:
    begun = time.monotonic()
    answer = await desk.pen.answer(wish())
    assert time.monotonic() - begun < 2
    assert answer.mode == "quoted"
    assert codes(answer)[-1] == "written-timeout"
    assert state.spending.counts(1, 1).tokens == 0
    assert desk.pen.busy
    await desk.close()
    counted = state.spending.counts(1, 1)
    assert (counted.written, counted.fallbacks) == (0, 1)
    assert counted.tokens == COST.input_tokens + COST.output_tokens
    assert not desk.pen.busy


async def test_who_finds_no_free_thread_in_time_gets_the_quotes_at_once(state: State) -> None:
    desk = Desk(state, PenLimits(workers=2, waiting=SOON, seconds=5))
    first = [asyncio.create_task(desk.pen.answer(wish(f"{number} {RISKS}"))) for number in "12"]
    await desk.until_asked(2)
    begun = time.monotonic()
    third = await desk.pen.answer(wish())
    assert time.monotonic() - begun < 2
    assert codes(third)[-1] == "written-rate-limit"
    desk.held.set()
    assert [answer.mode for answer in await asyncio.gather(*first)] == ["written", "written"]
    await desk.close()


async def test_the_gate_is_free_while_the_model_writes(desk: Desk) -> None:
    writing = asyncio.create_task(desk.pen.answer(wish()))
    await desk.until_asked()
    other = await desk.gate.answer(f"Also: {RISKS}")
    assert other.outcome == "answered"
    assert not writing.done()
    await writing


async def test_when_the_bot_stops_everybody_is_shown_the_quotes(state: State) -> None:
    desk = Desk(state, PenLimits(workers=1, waiting=5, seconds=5))
    asked = [asyncio.create_task(desk.pen.answer(wish(f"{n} {RISKS}"))) for n in "12"]
    await desk.until_asked()
    desk.pen.hurry()
    begun = time.monotonic()
    answers = await asyncio.gather(*asked, desk.pen.answer(wish()))
    assert time.monotonic() - begun < 1
    assert {answer.mode for answer in answers} == {"quoted"}
    await desk.close()


async def test_an_asker_who_leaves_takes_no_place_with_them(state: State) -> None:
    desk = Desk(state, PenLimits(workers=1, waiting=5, seconds=5))
    first = asyncio.create_task(desk.pen.answer(wish()))
    await desk.until_asked()
    leaving = asyncio.create_task(desk.pen.answer(wish(f"Also: {RISKS}")))
    await asyncio.sleep(0.05)
    leaving.cancel()
    desk.held.set()
    assert (await first).mode == "written"
    assert (await desk.pen.answer(wish(f"Then: {RISKS}"))).mode == "written"
    await desk.close()


async def test_stages_are_told_in_their_order(desk: Desk) -> None:
    told: list[Any] = []
    desk.held.set()
    await desk.pen.answer(Wish(question=RISKS, guild_id=None, told=told.append))
    assert [stage.name for stage in told] == ["searching", "reading", "writing", "checking"]
    assert told[1].sources == 2


async def test_a_fault_of_the_search_is_raised_and_costs_nothing(desk: Desk, state: State) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexMissingError

    desk.writing.prepare = fail  # type: ignore[method-assign,assignment]
    with pytest.raises(IndexMissingError):
        await desk.pen.answer(wish())
    assert state.spending.counts(1, 1).tokens == 0


async def test_what_the_provider_does_not_tell_counts_as_a_fallback_that_cost_nothing(
    desk: Desk, state: State
) -> None:
    desk.held.set()
    desk.chat.fault = ChatError("unreachable", "Gone.")
    await desk.pen.answer(wish())
    await desk.close()
    counted = state.spending.counts(1, 1)
    assert (counted.fallbacks, counted.tokens, counted.dollars) == (1, 0, 0.0)


def test_no_answer_takes_longer_than_discord_waits() -> None:
    assert limits_for(600, 4).seconds <= 120
    assert limits_for(10, 7) == PenLimits(workers=7, seconds=25)

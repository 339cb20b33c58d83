import asyncio
import threading
import time
from collections.abc import Sequence
from typing import Literal

import pytest

from bot.asking.limits import LONGEST_WAIT
from bot.gate import BusyError, ClosingError, Gate, Limits, SlowError
from knowledge.errors import IndexMissingError
from knowledge.model import Answer
from tests.fakes import FailingAnswerer, WordOverlapAnswerer


async def until(seconds: float = 0.05) -> None:
    await asyncio.sleep(seconds)


async def test_answers_come_from_one_thread_and_leave_the_loop_free() -> None:
    answering = WordOverlapAnswerer()
    gate = Gate(answering)
    with answering.gate:  # the worker waits for it; the loop must not
        asked = asyncio.create_task(gate.answer("why"))
        await until()
        assert not asked.done()
        assert answering.asked == 1
    assert (await asked).outcome == "abstained"
    assert [t.name for t in threading.enumerate() if t.name.startswith("answer")] == ["answer_0"]
    gate.close()


async def test_who_comes_when_the_queue_is_full_is_sent_away() -> None:
    answering = WordOverlapAnswerer()
    gate = Gate(answering, Limits(waiting=1))
    with answering.gate:
        first = asyncio.create_task(gate.answer("one"))
        await until()
        second = asyncio.create_task(gate.answer("two"))
        await until()
        with pytest.raises(BusyError):
            await gate.answer("three")
    await asyncio.gather(first, second)
    assert answering.asked == 2
    gate.close()


async def test_patience_ends() -> None:
    answering = WordOverlapAnswerer()
    gate = Gate(answering, Limits(patience=0.05))
    with answering.gate:
        first = asyncio.create_task(gate.answer("one"))
        await until()
        with pytest.raises(BusyError):
            await gate.answer("two")
    await first
    gate.close()


async def test_a_slow_answer_is_given_up_and_the_next_waits_for_its_thread() -> None:
    answering = WordOverlapAnswerer()
    gate = Gate(answering, Limits(seconds=0.05))
    with answering.gate:
        with pytest.raises(SlowError):
            await gate.answer("slow")
        after = asyncio.create_task(gate.answer("next"))
        await until()
        assert answering.asked == 1
    assert (await after).question == "next"
    gate.close()


async def test_an_asker_who_leaves_does_not_block_the_next() -> None:
    answering = WordOverlapAnswerer()
    gate = Gate(answering)
    with answering.gate:
        gone = asyncio.create_task(gate.answer("gone"))
        await until()
        gone.cancel()
        after = asyncio.create_task(gate.answer("next"))
        await until()
    assert (await after).question == "next"
    gate.close()


async def test_errors_of_the_core_reach_the_asker_and_the_gate_stays_open() -> None:
    gate = Gate(FailingAnswerer(IndexMissingError("empty")))
    for _ in range(2):
        with pytest.raises(IndexMissingError):
            await gate.answer("why")
    gate.close()


async def test_whatever_is_done_with_the_core_waits_for_its_turn_on_the_same_thread() -> None:
    answering = WordOverlapAnswerer()
    gate = Gate(answering)
    with answering.gate:
        first = asyncio.create_task(gate.answer("one"))
        await until()
        called = asyncio.create_task(
            gate.call(lambda core: (core is answering, threading.current_thread().name))
        )
        await until()
        assert not called.done()
    await first
    assert await called == (True, "answer_0")
    gate.close()


class SlowAnswerer(WordOverlapAnswerer):
    """Takes a tenth of a second for every answer, as a busy machine would."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        del mode, earlier
        self.order.append(question)
        time.sleep(0.1)
        return super().answer(question)


async def test_fifty_people_at_once_are_answered_in_order_while_the_loop_runs_on() -> None:
    answering = SlowAnswerer()
    gate = Gate(answering)
    came: list[str] = []
    lags: list[float] = []

    async def ask(question: str) -> None:
        came.append((await gate.answer(question)).question)

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            lags.append(time.perf_counter() - before - 0.01)

    watching = asyncio.create_task(watch())
    questions = [str(number) for number in range(50)]
    await asyncio.gather(*(ask(question) for question in questions))
    watching.cancel()
    assert answering.order == came == questions
    assert sorted(lags)[round(0.99 * len(lags)) - 1] < 0.1
    gate.close()


def test_fifty_slow_answers_fit_into_the_patience_and_that_into_what_discord_gives() -> None:
    limits = Limits()
    assert limits.waiting >= 50
    assert limits.patience >= 50 * 10
    longest = LONGEST_WAIT.total_seconds() + limits.patience + limits.seconds
    assert longest < 15 * 60


async def test_draining_waits_for_replies_and_refuses_new_questions() -> None:
    gate = Gate(WordOverlapAnswerer())
    delivered = asyncio.Event()

    async def visitor() -> None:
        async with gate.visit():
            await gate.answer("why")
            await asyncio.sleep(0.1)  # the reply is on its way
            delivered.set()

    visit = asyncio.create_task(visitor())
    await until()
    assert await gate.drain(5)
    assert delivered.is_set()
    with pytest.raises(ClosingError):
        await gate.answer("late")
    await visit
    gate.close()


async def test_draining_ends_when_its_time_is_up() -> None:
    answering = WordOverlapAnswerer()
    gate = Gate(answering)

    async def visitor() -> None:
        async with gate.visit():
            await gate.answer("why")

    with answering.gate:
        visit = asyncio.create_task(visitor())
        await until()
        assert not await gate.drain(0.05)
    await visit
    gate.close()


async def test_questions_keep_the_order_of_their_arrival_however_long_their_way_is() -> None:
    answering = SlowAnswerer()
    gate = Gate(answering)

    async def ask(question: str, way: float) -> None:
        async with gate.visit():
            await asyncio.sleep(way)
            await gate.in_order()
            await gate.answer(question)

    await asyncio.gather(ask("one", 0.1), ask("two", 0.0), ask("three", 0.05))
    assert answering.order == ["one", "two", "three"]
    gate.close()


async def test_who_comes_never_holds_up_the_others_for_long() -> None:
    answering = SlowAnswerer()
    gate = Gate(answering, Limits(order=0.05))

    async def ask(question: str, way: float) -> None:
        async with gate.visit():
            await asyncio.sleep(way)
            await gate.in_order()
            await gate.answer(question)

    await asyncio.gather(ask("one", 0.5), ask("two", 0.0))
    assert answering.order == ["two", "one"]
    gate.close()


async def test_who_came_before_the_end_is_still_answered() -> None:
    gate = Gate(WordOverlapAnswerer())

    async def ask() -> Answer:
        async with gate.visit():
            await asyncio.sleep(0.1)
            return await gate.answer("weights")

    asked = asyncio.create_task(ask())
    await until(0.02)
    draining = asyncio.create_task(gate.drain(5))
    await until(0.02)
    with pytest.raises(ClosingError):
        await gate.answer("too late")
    assert (await asked).question == "weights"
    assert await draining
    gate.close()

"""Has answers written by a chat model, while Discord and the gate go on."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from bot.asking.purse import Hold, Purse
from bot.gate import Answering, Gate
from knowledge.model import Answer, Spent
from knowledge.writing import (
    NO_PLAN,
    STANDARD,
    Manner,
    Plan,
    Prepared,
    Stage,
    Told,
    quoted_instead,
)

Result = TypeVar("Result")

log = logging.getLogger(__name__)

SLACK = 15.0  # seconds for the check, on top of the model's own time
SETTLED = 1.0  # seconds for what was spent to be stored when the bot ends
MOST_SECONDS = 120.0  # Discord forgets a deferred question after 15 minutes, most spent waiting


class Writing(Answering, Protocol):
    """A core that also writes; `prepare` for one thread at a time, the rest for any thread."""

    def plan(self, question: str, *, earlier: Sequence[str] = ()) -> Plan:
        """What to search for; may ask the model, never raises."""
        ...

    def prepare(
        self, question: str, *, earlier: Sequence[str] = (), plan: Plan = NO_PLAN
    ) -> Prepared:
        """The quoted answer and what to write from; blocks and may raise `CaveatError`."""
        ...

    def write(
        self, prepared: Prepared, manner: Manner = STANDARD, told: Told | None = None
    ) -> Answer:
        """The written answer, or the quoted one with a note; asks the model, never raises."""
        ...

    def forget_written(self) -> None:
        """Forgets what the model made a moment ago, which may repeat somebody's words."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is to be answered, and how.

    Attributes:
        guild_id: of the server that pays; None outside of servers.
        told: called with each stage, from any thread.
    """

    question: str
    guild_id: int | None
    earlier: Sequence[str] = ()
    manner: Manner = STANDARD
    told: Told


@dataclass(frozen=True, kw_only=True, slots=True)
class PenLimits:
    """How much is written at once.

    Attributes:
        workers: answers at one time.
        waiting: seconds that an answer waits for its turn; then it is quoted.
        seconds: the longest that the model and the check may take for an answer.
    """

    workers: int = 4
    waiting: float = 20.0
    seconds: float = 75.0


def limits_for(chat_seconds: float, chat_at_once: int) -> PenLimits:
    """Those for a model that may take so many seconds, for so many calls at one time."""
    return PenLimits(workers=chat_at_once, seconds=min(chat_seconds + SLACK, MOST_SECONDS))


@dataclass(eq=False, kw_only=True, slots=True)
class _Bill:
    """What an answer cost, as far as it is known.

    Attributes:
        spent: before anything was written.
        writing: what knows the rest, be it too late for the answer; None when nothing was written.
        written: whether the answer shown is what the model wrote.
    """

    hold: Hold
    spent: Spent | None = None
    writing: "asyncio.Future[Answer] | None" = None
    written: bool = False


class Pen:
    """Plans and writes in threads of its own; only the search goes through the gate."""

    def __init__(
        self, writing: Writing, gate: Gate, purse: Purse, limits: PenLimits | None = None
    ) -> None:
        self._writing = writing
        self._gate = gate
        self._purse = purse
        self._limits = limits or PenLimits()
        self._workers = ThreadPoolExecutor(self._limits.workers, thread_name_prefix="write")
        self._free = asyncio.Semaphore(self._limits.workers)
        self._hurried = asyncio.Event()
        self._under_way = 0
        self._settling: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether a thread still waits for the model."""
        return self._under_way > 0

    async def answer(self, wish: Wish) -> Answer:
        """The written answer; the quoted one with a note, where it cannot be written in time.

        Raises:
            CaveatError: as `Gate.call`.
        """
        hold = await self._purse.take(wish.guild_id, wish.manner.depth)
        if not isinstance(hold, Hold):
            quoted = (await self._prepared(wish, NO_PLAN)).quoted
            if hold == "no-model" or quoted.outcome != "answered":
                return quoted
            return quoted_instead(quoted, "budget" if hold == "reached" else "failed")
        bill = _Bill(hold=hold)
        try:
            plan = await self._planned(wish)
            bill.spent = plan.spent
            prepared = await self._prepared(wish, plan)
            quoted = replace(prepared.quoted, spent=plan.spent)
            if quoted.outcome != "answered":
                return quoted
            bill.writing = await self._begin(
                lambda: self._writing.write(prepared, wish.manner, wish.told)
            )
            answer = await self._written(bill.writing, quoted)
            bill.written = answer.mode == "written"
            return answer
        finally:
            self._settle(bill)

    def forget_written(self) -> None:
        """Has what was written a moment ago forgotten: whose words it repeats is not known."""
        self._writing.forget_written()

    def hurry(self) -> None:
        """Has everybody who waits for the model shown the quoted answer now."""
        self._hurried.set()

    async def close(self) -> None:
        """Lets go of the threads; calls under way are left to end by themselves."""
        self.hurry()
        self._workers.shutdown(wait=False, cancel_futures=True)
        if self._settling:
            await asyncio.wait(self._settling, timeout=SETTLED)

    async def _planned(self, wish: Wish) -> Plan:
        planning = await self._begin(
            lambda: self._writing.plan(wish.question, earlier=wish.earlier)
        )
        if planning is None:
            return NO_PLAN
        await self._until_done(planning)
        return planning.result() if planning.done() else NO_PLAN

    async def _prepared(self, wish: Wish, plan: Plan) -> Prepared:
        wish.told(Stage(name="searching"))
        return await self._gate.call(
            lambda _: self._writing.prepare(wish.question, earlier=wish.earlier, plan=plan)
        )

    async def _written(self, writing: asyncio.Future[Answer] | None, quoted: Answer) -> Answer:
        if writing is None:
            return quoted_instead(quoted, "rate-limit")
        await self._until_done(writing)
        if not writing.done():
            log.warning("An answer was not written in time, and is quoted.")
            return quoted_instead(quoted, "timeout")
        return writing.result()

    async def _begin(self, function: Callable[[], Result]) -> "asyncio.Future[Result] | None":
        """What the function will return, from a thread; None when none is free in time."""
        if self._hurried.is_set():
            return None
        if not await self._has_turn():
            return None
        try:
            future = asyncio.get_running_loop().run_in_executor(self._workers, function)
        except RuntimeError:  # it was closed meanwhile
            self._free.release()
            return None
        self._under_way += 1
        future.add_done_callback(self._pass_on)
        return future

    async def _has_turn(self) -> bool:
        turn = asyncio.ensure_future(self._free.acquire())
        try:
            await self._until_done(turn, self._limits.waiting)
        except asyncio.CancelledError:  # the asker has left
            if turn.done():
                self._free.release()
            turn.cancel()
            raise
        has = turn.done()
        turn.cancel()
        return has

    async def _until_done(
        self, future: "asyncio.Future[Any]", seconds: float | None = None
    ) -> None:
        """Returns when it is done, when time is up, or when everybody is to hurry."""
        hurrying = asyncio.ensure_future(self._hurried.wait())
        try:
            await asyncio.wait(
                {future, hurrying},
                timeout=self._limits.seconds if seconds is None else seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            hurrying.cancel()

    def _pass_on(self, future: "asyncio.Future[Any]") -> None:
        self._under_way -= 1
        self._free.release()
        if not future.cancelled():
            future.exception()  # seen, also when its asker has left

    def _settle(self, bill: _Bill) -> None:
        """Counts what an answer cost, once that is known."""
        task = asyncio.create_task(self._settled(bill))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)

    async def _settled(self, bill: _Bill) -> None:
        spent = bill.spent
        if bill.writing is None:
            await self._purse.settle(bill.hold, spent)
            return
        await asyncio.wait({bill.writing})
        if not bill.writing.cancelled() and not bill.writing.exception():
            spent = bill.writing.result().spent
        await self._purse.settle(bill.hold, spent, end="written" if bill.written else "quoted")

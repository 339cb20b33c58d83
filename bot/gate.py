"""Lets questions through to the one thread that answers them, without holding up Discord."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar

from knowledge.claims import ClaimCheck
from knowledge.errors import CaveatError
from knowledge.model import Answer
from knowledge.standing import Cited, Standing
from knowledge.view import LibraryView

Result = TypeVar("Result")

log = logging.getLogger(__name__)


class Answering(Protocol):
    """What the bot needs of the core; blocks, may raise `CaveatError`, one thread at a time."""

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """The answer; a follow-up takes its topic from earlier questions, the newest first."""
        ...

    def check(self, text: str) -> ClaimCheck:
        """What the library holds on the claims of a message."""
        ...

    def help_for(self, question: str, *, earlier: Sequence[str] = ()) -> Answer | None:
        """Where somebody in danger finds help, at once and from any thread; None to others."""
        ...

    def library(self) -> LibraryView:
        """What the library holds; blocks and may raise `CaveatError`."""
        ...

    def build(self) -> str:
        """Name of the build in service; blocks and may raise `CaveatError`."""
        ...

    def more(self, question: str, *, seen: Collection[str], earlier: Sequence[str] = ()) -> Answer:
        """The next best quotes, in the same way."""
        ...

    def other_side(
        self, question: str, *, heard: Collection[str], earlier: Sequence[str] = ()
    ) -> Answer:
        """Quotes of the side that was not heard, in the same way."""
        ...

    def standing(self, cited: Sequence[Cited]) -> tuple[Standing, ...]:
        """How each quote stands in the build in service."""
        ...


class BusyError(CaveatError):
    """Too many people are waiting."""


class SlowError(CaveatError):
    """An answer took longer than its limit."""


class ClosingError(CaveatError):
    """The bot is shutting down."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much the gate takes on.

    Attributes:
        waiting: questions that may wait while one is answered.
        patience: seconds that a question waits for its turn: with a large reranker fifty answers
            may take minutes. Together with the wait of `bot.asking.limits` it stays below the 15
            minutes after which Discord forgets a deferred question.
        seconds: the longest that one answer may take from its start.
        order: seconds that a question waits for earlier ones that are still on their way; Discord
            gives up on those that it takes longer to acknowledge.
        looks: messages of one person that are looked at for danger at once.
    """

    waiting: int = 100
    patience: float = 600.0
    seconds: float = 30.0
    order: float = 3.0
    looks: int = 3


@dataclass(eq=False, kw_only=True, slots=True)
class _Visit:
    """Somebody between the first sight of their question and the delivered reply.

    Attributes:
        welcome: whether they came before the bot began to shut down.
        arrived: set when nobody need wait for them: their question is in line, or they left.
    """

    welcome: bool
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


_VISIT: ContextVar[_Visit | None] = ContextVar("visit", default=None)


class Gate:
    """Hands questions to one worker thread, in the order of their arrival."""

    def __init__(self, answering: Answering, limits: Limits | None = None) -> None:
        self._answering = answering
        self._limits = limits or Limits()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer")
        self._lookout = ThreadPoolExecutor(max_workers=1, thread_name_prefix="danger")
        self._looked_at: Counter[int] = Counter()
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._visits: list[_Visit] = []
        self._empty = asyncio.Event()
        self._empty.set()
        self._closing = False

    async def answer(self, question: str, *, earlier: Sequence[str] = ()) -> Answer:
        """The core's quoted answer, as of `call`."""
        return await self.call(lambda core: core.answer(question, "quoted", earlier=earlier))

    async def call(self, function: Callable[[Answering], Result]) -> Result:
        """What the function makes of the core, on the worker thread and in turn.

        Args:
            function: called once with the core; may block, and may use it at will.

        Raises:
            BusyError: when the queue is full, or the turn does not come.
            SlowError: when the answer is not there in time.
            ClosingError: when the bot is shutting down.
            CaveatError: what the function raised.
        """
        visit = _VISIT.get()
        if self._closing and not (visit in self._visits and visit.welcome):
            raise ClosingError("A question came while shutting down.")
        if visit is not None:
            visit.arrived.set()
        await self._take_turn()
        loop = asyncio.get_running_loop()
        try:
            future = loop.run_in_executor(self._worker, function, self._answering)
        except RuntimeError as error:  # the worker was closed while this question waited
            self._turn.release()
            raise ClosingError("The worker is closed.") from error
        # a thread cannot be stopped: the turn passes on when it is done, not when the asker leaves
        future.add_done_callback(self._pass_on)
        done, _ = await asyncio.wait({future}, timeout=self._limits.seconds)
        if not done:
            log.error("An answer took longer than %.0f s.", self._limits.seconds)
            raise SlowError(f"No answer within {self._limits.seconds:.0f} s.")
        return future.result()

    async def help_for(
        self, person: int, question: str, *, earlier: Sequence[str] = ()
    ) -> Answer | None:
        """The core's help for somebody in danger, past everybody who waits; None to others.

        Of one person only so many messages are looked at together, that nobody fills this line.
        Where it fails, the message goes the way of all.
        """
        if self._looked_at[person] >= self._limits.looks:
            return None
        self._looked_at[person] += 1
        try:
            looking = asyncio.get_running_loop().run_in_executor(
                self._lookout, lambda: self._answering.help_for(question, earlier=earlier)
            )
            return await asyncio.wait_for(looking, self._limits.seconds)
        except Exception as error:  # noqa: BLE001 - whoever only asks must still be answered
            log.warning("A message was not looked at for danger (%s).", type(error).__name__)
            return None
        finally:
            self._looked_at[person] -= 1
            if not self._looked_at[person]:
                del self._looked_at[person]

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[None]:
        """Counts an asker from the first sight of the question to the delivered reply."""
        visit = _Visit(welcome=not self._closing)
        self._visits.append(visit)
        self._empty.clear()
        token = _VISIT.set(visit)
        try:
            yield
        finally:
            _VISIT.reset(token)
            visit.arrived.set()
            self._visits.remove(visit)
            if not self._visits:
                self._empty.set()

    async def in_order(self) -> None:
        """Waits a moment for those who came before to get as far.

        Discord acknowledges questions in any order; this gives them back the order of arrival.
        """
        visit = _VISIT.get()
        if visit is None or visit not in self._visits:
            return
        before = self._visits[: self._visits.index(visit)]
        waits = [
            asyncio.ensure_future(each.arrived.wait())
            for each in before
            if not each.arrived.is_set()
        ]
        if waits:
            await asyncio.wait(waits, timeout=self._limits.order)
            for wait in waits:
                wait.cancel()
        visit.arrived.set()

    async def drain(self, seconds: float) -> bool:
        """Refuses new questions and waits for the replies under way; whether all were delivered."""
        self._closing = True
        try:
            await asyncio.wait_for(self._empty.wait(), seconds)
        except TimeoutError:
            log.warning("%d replies were not finished in time.", len(self._visits))
        return not self._visits

    def close(self) -> None:
        """Lets go of the worker thread; an answer under way is left to end by itself."""
        self._closing = True
        self._worker.shutdown(wait=False, cancel_futures=True)
        self._lookout.shutdown(wait=False, cancel_futures=True)

    async def _take_turn(self) -> None:
        if self._waiting >= self._limits.waiting:
            raise BusyError(f"{self._waiting} questions are waiting.")
        self._waiting += 1
        try:
            await asyncio.wait_for(self._turn.acquire(), self._limits.patience)
        except TimeoutError as error:
            raise BusyError(f"No turn within {self._limits.patience:.0f} s.") from error
        finally:
            self._waiting -= 1

    def _pass_on(self, future: asyncio.Future[Any]) -> None:
        self._turn.release()
        if not future.cancelled():
            future.exception()  # seen, also when its asker has left

"""Counts the questions that the library did not answer, for the curator."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from typing import Literal

from knowledge.answer import Answerer, Assessment
from knowledge.claims import ClaimCheck
from knowledge.errors import CaveatError, LibraryMissingError
from knowledge.library import (
    FileIdentity,
    Gap,
    Library,
    Place,
    connect_library,
    is_busy,
    library_file,
)
from knowledge.model import Answer
from knowledge.silence import NO_QUESTION, shown_nearest
from knowledge.standing import Cited, Standing
from knowledge.view import LibraryView
from knowledge.writing import NO_PLAN, STANDARD, Manner, Plan, Prepared, Told

log = logging.getLogger(__name__)

PATIENCE_MS = 250  # an answer that is ready waits no longer for an ingest that writes
PATIENCE_AT_END_MS = 2_000
MOST_WAITING = 100  # gaps that are counted later, when the library can be written again
LONGEST_QUESTION = 500  # characters; Discord's limit for a question


def utc_today() -> date:
    """Today's date in UTC."""
    return datetime.now(UTC).date()


class GapRecorder:
    """Counts abstentions in the library, which the bot can do without: it never raises.

    What cannot be written waits in memory for the next answer, or for the end.
    """

    def __init__(
        self, place: Place, *, keep_questions: bool, today: Callable[[], date] = utc_today
    ) -> None:
        """Opens nothing yet.

        Args:
            place: where the library lies.
            keep_questions: keeps their words, too.
            today: tells the date in UTC.
        """
        self._place = place
        self._keep_questions = keep_questions
        self._today = today
        self._waiting: deque[Gap] = deque(maxlen=MOST_WAITING)
        self._tidied: date | None = None
        self._open: tuple[FileIdentity, Library] | None = None
        self._warned = False
        self._lock = threading.Lock()

    def note(self, answer: Answer) -> None:
        """Counts the answer if it is an abstention; of a question only when that was chosen.

        Blocks for a few milliseconds, or about `PATIENCE_MS` while another process writes.
        """
        with self._lock:
            if answer.outcome == "abstained" and answer.text != NO_QUESTION:
                self._waiting.append(self._gap(answer))
            # once a day also without a gap, to delete what has grown too old
            if self._waiting or self._tidied != self._today():
                self._tidied = self._today()
                self._write(ending=False)

    def close(self) -> None:
        """Counts what still waits, and lets go of the library."""
        with self._lock:
            self._let_go()
            if self._waiting:
                self._write(ending=True)
                self._let_go()

    def _gap(self, answer: Answer) -> Gap:
        question = _plain(answer.question) if self._keep_questions else None
        near = shown_nearest(answer)
        if not near:
            return Gap(day=self._today(), question=question)
        nearest = near[0]
        return Gap(
            day=self._today(),
            source_id=nearest.source_id,
            title=_plain(nearest.title),
            heading=_plain(nearest.heading or "") or None,
            question=question,
        )

    def _write(self, *, ending: bool) -> None:
        try:
            library = self._reach(PATIENCE_AT_END_MS if ending else PATIENCE_MS)
            library.gaps.record(
                self._waiting, today=self._today(), keep_questions=self._keep_questions
            )
        except Exception as error:  # noqa: BLE001 - nothing here may cost a reader the answer
            self._let_go()
            if self._waiting and (ending or not is_busy(error)):
                self._warn(error)
            return
        self._waiting.clear()
        self._warned = False

    def _reach(self, patience_ms: int) -> Library:
        """The library, opened anew when its file was replaced."""
        file = library_file(self._place)
        if file is None:
            raise LibraryMissingError("there is no library beside the index.")
        if self._open is None or self._open[0] != file:
            self._let_go()
            library = Library(connect_library(self._place, patience_ms=patience_ms))
            self._open = (file, library)
        return self._open[1]

    def _let_go(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _warn(self, error: Exception) -> None:
        """Logs the first of several failures; only our own errors' words hold no question."""
        if not self._warned:
            self._warned = True
            reason = error if isinstance(error, CaveatError) else type(error).__name__
            log.warning("Questions without an answer are not counted: %s", reason)


class CountingAnswerer:
    """Answers as `Answerer` does, and counts the questions that it cannot answer."""

    def __init__(self, answerer: Answerer, gaps: GapRecorder) -> None:
        self._answerer = answerer
        self._gaps = gaps

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
        manner: Manner = STANDARD,
        told: Told | None = None,
    ) -> Answer:
        """The answer, as of `Answerer.answer`."""
        answer = self._answerer.answer(question, mode, earlier=earlier, manner=manner, told=told)
        self._gaps.note(answer)
        return answer

    @property
    def writes(self) -> bool:
        """Whether there is a chat model to write with."""
        return self._answerer.writes

    def plan(self, question: str, *, earlier: Sequence[str] = ()) -> Plan:
        """What to search for, as of `Answerer.plan`."""
        return self._answerer.plan(question, earlier=earlier)

    def prepare(
        self, question: str, *, earlier: Sequence[str] = (), plan: Plan = NO_PLAN
    ) -> Prepared:
        """The quoted answer and what to write from, as of `Answerer.prepare`."""
        prepared = self._answerer.prepare(question, earlier=earlier, plan=plan)
        self._gaps.note(prepared.quoted)
        return prepared

    def write(
        self, prepared: Prepared, manner: Manner = STANDARD, told: Told | None = None
    ) -> Answer:
        """The written answer, as of `Answerer.write`; nothing is counted again."""
        return self._answerer.write(prepared, manner, told)

    def forget_written(self) -> None:
        """Forgets what a chat model made, as of `Answerer.forget_written`."""
        self._answerer.forget_written()

    def help_for(self, question: str, *, earlier: Sequence[str] = ()) -> Answer | None:
        """Help for somebody in danger, as of `Answerer.help_for`; nothing is counted."""
        return self._answerer.help_for(question, earlier=earlier)

    def more(self, question: str, *, seen: Collection[str], earlier: Sequence[str] = ()) -> Answer:
        """The next best quotes, as of `Answerer.more`; nothing is counted."""
        return self._answerer.more(question, seen=seen, earlier=earlier)

    def other_side(
        self, question: str, *, heard: Collection[str], earlier: Sequence[str] = ()
    ) -> Answer:
        """Quotes of the other side, as of `Answerer.other_side`; nothing is counted."""
        return self._answerer.other_side(question, heard=heard, earlier=earlier)

    def check(self, text: str) -> ClaimCheck:
        """What the library holds on a message's claims, as of `Answerer.check`."""
        return self._answerer.check(text)

    def assess(self, question: str, *, hidden: Collection[str] = ()) -> Assessment:
        """How sure it is, as of `Answerer.assess`; nothing is counted."""
        return self._answerer.assess(question, hidden=hidden)

    def library(self) -> LibraryView:
        """What the library holds, as of `Answerer.library`."""
        return self._answerer.library()

    def standing(self, cited: Sequence[Cited]) -> tuple[Standing, ...]:
        """How each quote stands today, as of `Answerer.standing`."""
        return self._answerer.standing(cited)

    def build(self) -> str:
        """Name of the build in service."""
        return self._answerer.build()

    def close(self) -> None:
        """Counts what still waits, and lets go of the index."""
        self._gaps.close()
        self._answerer.close()


def _plain(text: str) -> str:
    """One line without control characters, which an operator's terminal would obey."""
    flat = " ".join(text.split())
    return "".join(letter for letter in flat if letter.isprintable())[:LONGEST_QUESTION]

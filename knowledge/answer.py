"""Answers a question: search, quote, cite, or say that the library does not know."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from knowledge.asked import Asked, asked
from knowledge.checking import checked
from knowledge.claims import ClaimCheck
from knowledge.continuing import read_on
from knowledge.declining import declined, declined_with_reason, teaches
from knowledge.drafting import Draft
from knowledge.errors import CaveatError
from knowledge.further import NOTHING_MORE, more_quotes, not_of, side_quotes, side_silence, unheard
from knowledge.gate import LEAST_CONFIDENCE
from knowledge.index import Snapshot
from knowledge.language import cannot_read
from knowledge.model import Answer, Note, Outcome
from knowledge.policy import Policy, Rule
from knowledge.preparing import Reader, prepare
from knowledge.reading import read
from knowledge.search import Searcher
from knowledge.smalltalk import reply
from knowledge.standing import Cited, Standing, standing
from knowledge.view import LibraryView, library_view
from knowledge.writing import NO_PLAN, STANDARD, Manner, Plan, Prepared, Stage, Told, Writer

NOT_WRITTEN = "No chat model is configured, so this answer is quoted."
UNASKED: tuple[Outcome, ...] = ("smalltalk", "declined")  # the library was not asked

Read = TypeVar("Read")


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """Whether the library answers a question.

    Attributes:
        confidence: higher is surer; comparable between questions.
        answers: whether it reaches what the gate asks for.
    """

    confidence: float
    answers: bool


class Answerer:
    """Answers questions from the build in service; one thread at a time."""

    def __init__(
        self,
        searcher: Searcher,
        *,
        least_confidence: float = LEAST_CONFIDENCE,
        writer: Writer | None = None,
        policy: Policy | None = None,
    ) -> None:
        """Opens nothing.

        Args:
            searcher: finds the passages.
            least_confidence: 0 to 1, below which the library is taken not to answer.
            writer: writes answers; without it they are quoted.
            policy: tells what is declined; by rules and the weights of words alone if None.
        """
        self._writer = writer
        self._policy = policy or Policy()
        self._least = least_confidence
        self._searcher = searcher
        self._snapshots = searcher.snapshots

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
        manner: Manner = STANDARD,
        told: Told | None = None,
    ) -> Answer:
        """The answer with its citations, or an abstention with the nearest sources.

        Smalltalk gets a short reply, and what the policy declines an explanation; neither needs
        an index.

        Args:
            question: as written; the answer has it so, but for credentials, which are removed.
            mode: whether to quote or to write; "auto" writes when there is a writer.
            earlier: what the same person asked before in this conversation, the newest first,
                from which a follow-up takes its topic.
            manner: how to write.
            told: called with each stage of a written answer, in this thread.

        Raises:
            CaveatError: when no build can be used.
        """
        if mode == "quoted" or self._writer is None:
            quoted = self.prepare(question, earlier=earlier).quoted
            lacks = mode == "written" and quoted.outcome not in UNASKED
            notes = (Note(code="not-written", text=NOT_WRITTEN),) if lacks else ()
            return replace(quoted, notes=(*quoted.notes, *notes))
        plan = self.plan(question, earlier=earlier)
        if told is not None:
            told(Stage(name="searching"))
        return self.write(self.prepare(question, earlier=earlier, plan=plan), manner, told)

    @property
    def writes(self) -> bool:
        """Whether there is a chat model to write with."""
        return self._writer is not None

    def plan(self, question: str, *, earlier: Sequence[str] = ()) -> Plan:
        """What to search for, as of `Writer.plan`; reads no build, so any thread may call it."""
        if self._writer is None:
            return NO_PLAN
        return self._writer.plan(asked(question, earlier), earlier)

    def prepare(
        self, question: str, *, earlier: Sequence[str] = (), plan: Plan = NO_PLAN
    ) -> Prepared:
        """The quoted answer, as of `answer`, and what a better one may be written from.

        Args:
            question: as written.
            earlier: as of `answer`.
            plan: of the same question.

        Raises:
            CaveatError: when no build can be used.
        """
        put = asked(question, earlier)
        replied = reply(put.question)
        if replied:
            said = Draft(question=put.question).silent(replied, outcome="smalltalk")
            return Prepared(put=put, quoted=said, plan=plan)
        if judged := self._policy.judge(put.words, earlier, topic=put.topic):
            quoted = self._decline(put.question, judged.rule)
            return Prepared(put=put, quoted=_noted(put, quoted), plan=plan)
        made = self._steadily(lambda snapshot: prepare(put, plan, self._reader(snapshot)))
        return replace(made, quoted=_noted(put, made.quoted))

    def write(
        self, prepared: Prepared, manner: Manner = STANDARD, told: Told | None = None
    ) -> Answer:
        """The written answer, as of `Writer.write`; reads no build, so any thread may call it."""
        if self._writer is None:
            return prepared.quoted
        return self._writer.write(prepared, manner, told)

    def forget_written(self) -> None:
        """Forgets what a chat model made a moment ago; any thread may call it."""
        if self._writer is not None:
            self._writer.forget_all()

    def help_for(self, question: str, *, earlier: Sequence[str] = ()) -> Answer | None:
        """Where somebody in danger finds help; None to everybody else.

        It is what `answer` would say, without a library, and any thread may ask it.
        """
        put = asked(question, earlier)
        judged = (
            None if reply(put.question) else self._policy.judge(put.words, earlier, topic=put.topic)
        )
        if judged is None or judged.rule != "crisis":
            return None
        return _noted(put, declined(put.question, judged.rule))

    def more(self, question: str, *, seen: Collection[str], earlier: Sequence[str] = ()) -> Answer:
        """The next best quotes, or an abstention when nothing more comes near.

        Args:
            question: as it was answered.
            seen: the quotes that were shown, word for word; none of them comes again.
            earlier: as it was answered with.

        Raises:
            CaveatError: when no build can be used.
        """
        put = asked(question, earlier)
        if judged := self._policy.judge(put.words, earlier, topic=put.topic):
            return declined(put.question, judged.rule)
        return self._steadily(lambda snapshot: self._more(put, seen, snapshot))

    def other_side(
        self, question: str, *, heard: Collection[str], earlier: Sequence[str] = ()
    ) -> Answer:
        """Quotes of the side that was not heard, or an abstention when it says nothing near.

        Args:
            question: as it was answered.
            heard: the stances of the sources that were quoted; one that stands there more often
                was heard more. Of two sides heard alike, or not at all, both are quoted.
            earlier: as it was answered with.

        Raises:
            CaveatError: when no build can be used.
        """
        put = asked(question, earlier)
        if judged := self._policy.judge(put.words, earlier, topic=put.topic):
            return declined(put.question, judged.rule)
        return self._steadily(lambda snapshot: self._other(put, heard, snapshot))

    def check(self, text: str) -> ClaimCheck:
        """The claims of a message, each with what the library holds on it; no verdict.

        Raises:
            CaveatError: when no build can be used.
        """
        put = asked(text)
        found = self._steadily(
            lambda snapshot: checked(put.question, self._searcher, snapshot, self._least)
        )
        return replace(found, notes=put.notes)

    def assess(self, question: str, *, hidden: Collection[str] = ()) -> Assessment:
        """How sure it is that the library answers a question, with some sources hidden from it.

        Raises:
            CaveatError: when no build can be used.
        """
        snapshot, put = self._snapshots.current(), asked(question)
        if cannot_read(self._searcher.encoder.identity, snapshot, put.words):
            return Assessment(confidence=0.0, answers=False)
        sure = read(self._searcher, snapshot, put.words, hidden=hidden).confidence
        return Assessment(confidence=sure, answers=sure >= self._least)

    def library(self) -> LibraryView:
        """What the build in service holds, and what happened to it.

        Raises:
            CaveatError: when no build can be used.
        """
        return library_view(self._snapshots.current())

    def standing(self, cited: Sequence[Cited]) -> tuple[Standing, ...]:
        """How each quote stands in the build in service, as of `knowledge.standing.standing`.

        Raises:
            CaveatError: when no build can be used.
        """
        return standing(self._snapshots.current(), cited)

    def build(self) -> str:
        """Name of the build in service."""
        return self._snapshots.current().manifest.build

    def close(self) -> None:
        """Lets go of the index."""
        self._snapshots.close()

    def _steadily(self, reads: Callable[[Snapshot], Read]) -> Read:
        """What is read from the build in service."""
        try:
            return reads(self._snapshots.current())
        except Exception:
            # a build that was replaced twice while it was being read may be gone: read the new one
            if not self._snapshots.moved():
                raise
            return reads(self._snapshots.current())

    def _decline(self, question: str, rule: Rule) -> Answer:
        if not teaches(rule):
            return declined(question, rule)
        try:
            return self._steadily(
                lambda snapshot: declined_with_reason(
                    question, rule, self._searcher, snapshot, self._least
                )
            )
        except CaveatError:  # without a library, there is still the explanation
            return declined(question, rule)

    def _more(self, put: Asked, seen: Collection[str], snapshot: Snapshot) -> Answer:
        draft = Draft(question=put.question, snapshot=snapshot)
        _, reading = read_on(self._searcher, snapshot, put, watch=draft.watch)
        with draft.watch.stage("quote"):
            quotes = more_quotes(reading, seen, self._least)
        return (
            draft.quoting(quotes, self._reader(snapshot).doubts(reading))
            if quotes
            else draft.silent(NOTHING_MORE)
        )

    def _other(self, put: Asked, heard: Collection[str], snapshot: Snapshot) -> Answer:
        draft = Draft(question=put.question, snapshot=snapshot)
        sides, sources = unheard(heard), snapshot.sources.values()
        hidden = not_of(sides, sources)
        _, reading = read_on(self._searcher, snapshot, put, hidden=hidden, watch=draft.watch)
        quotes = side_quotes(reading.ranked, sides) if reading.confidence >= self._least else ()
        if not quotes:
            return draft.silent(side_silence(sides, sources))
        return draft.quoting(quotes, self._reader(snapshot).doubts(reading))

    def _reader(self, snapshot: Snapshot) -> Reader:
        return Reader(searcher=self._searcher, snapshot=snapshot, least=self._least)


def _noted(put: Asked, answer: Answer) -> Answer:
    """With what only the asker is told, which comes first."""
    return replace(answer, notes=(*put.notes, *answer.notes))

"""Answers a question: search, quote, cite, or say that the library does not know."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from knowledge.asked import Asked, asked
from knowledge.checking import checked
from knowledge.choosing import Quote, shortened
from knowledge.claims import ClaimCheck
from knowledge.declining import declined, declined_with_reason, teaches
from knowledge.drafting import Draft
from knowledge.errors import CaveatError
from knowledge.further import (
    NOTHING_MORE,
    more_quotes,
    not_of,
    side_quotes,
    side_silence,
    unheard,
)
from knowledge.gate import LEAST_CONFIDENCE, SURE_MARGIN
from knowledge.index import Snapshot
from knowledge.language import cannot_read
from knowledge.missing import missing_provisions
from knowledge.model import Answer, NearestSource, Note
from knowledge.policy import Rule, judge
from knowledge.quoting import Sentence
from knowledge.reading import Reading, read
from knowledge.search import Searcher
from knowledge.serialise import heading_text
from knowledge.sides import hear_both, side_note
from knowledge.smalltalk import reply
from knowledge.standing import Cited, Standing, standing
from knowledge.view import LibraryView, library_view

NEAREST_SOURCES = 3
NEAREST_CHARACTERS = 240
CLOSEST = "These are the closest passages in the library; they may not answer just what you asked."
NOT_WRITTEN = "No chat model is configured, so this answer is quoted."
SILENCE = "My library does not answer this."
NEAREST = "The nearest it holds:"
NO_QUESTION = "Please ask a question."
READS_ENGLISH = (
    "The model behind my library reads English only: please ask in English. For other languages "
    "the person who runs me can set ENCODER to a multilingual model and run python -m ingest "
    "rebuild."
)

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

    def __init__(self, searcher: Searcher, *, least_confidence: float = LEAST_CONFIDENCE) -> None:
        """Opens nothing.

        Args:
            searcher: finds the passages.
            least_confidence: 0 to 1, below which the library is taken not to answer.
        """
        self._least = least_confidence
        self._searcher = searcher
        self._snapshots = searcher.snapshots

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """The answer with its citations, or an abstention with the nearest sources.

        Smalltalk gets a short reply, and what the policy declines an explanation; neither needs
        an index.

        Args:
            question: as written; the answer has it so, but for credentials, which are removed.
            mode: whether to quote or to write.
            earlier: what the same person asked before in this conversation, the newest first,
                from which a follow-up takes its topic.

        Raises:
            CaveatError: when no build can be used.
        """
        put = asked(question, earlier)
        replied = reply(put.question)
        if replied:
            return Draft(question=put.question).silent(replied, outcome="smalltalk")
        judged = judge(put.words, earlier, topic=put.topic)
        if judged:
            refused = self._decline(put.question, judged.rule)
            return replace(refused, notes=(*put.notes, *refused.notes))
        found = self._steadily(lambda snapshot: self._answer(put, snapshot))
        quoted = (Note(code="not-written", text=NOT_WRITTEN),) if mode == "written" else ()
        return replace(found, notes=(*put.notes, *found.notes, *quoted))

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
        judged = judge(put.words, earlier, topic=put.topic)
        if judged:
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
        judged = judge(put.words, earlier, topic=put.topic)
        if judged:
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

    def _answer(self, put: Asked, snapshot: Snapshot) -> Answer:
        draft = Draft(question=put.question, snapshot=snapshot)
        if cannot_read(self._searcher.encoder.identity, snapshot, put.words):
            return draft.silent(READS_ENGLISH)
        reading = read(self._searcher, snapshot, put.topic, watch=draft.watch)
        if reading.found is None or reading.confidence < self._least:
            nearest = _nearest(reading.ranked)
            return draft.silent(
                _silence(put.words, nearest), nearest=nearest, notes=_lacking(reading)
            )
        with draft.watch.stage("quote"):
            quotes = hear_both(reading.found.question, reading.ranked)
        return draft.quoting(quotes, (*self._doubts(reading), *_one_side(reading, quotes)))

    def _more(self, put: Asked, seen: Collection[str], snapshot: Snapshot) -> Answer:
        draft = Draft(question=put.question, snapshot=snapshot)
        reading = read(self._searcher, snapshot, put.topic, watch=draft.watch)
        with draft.watch.stage("quote"):
            quotes = more_quotes(reading, seen, self._least)
        return (
            draft.quoting(quotes, self._doubts(reading)) if quotes else draft.silent(NOTHING_MORE)
        )

    def _other(self, put: Asked, heard: Collection[str], snapshot: Snapshot) -> Answer:
        draft = Draft(question=put.question, snapshot=snapshot)
        sides, sources = unheard(heard), snapshot.sources.values()
        hidden = not_of(sides, sources)
        reading = read(self._searcher, snapshot, put.topic, hidden=hidden, watch=draft.watch)
        quotes = side_quotes(reading.ranked, sides) if reading.confidence >= self._least else ()
        if not quotes:
            return draft.silent(side_silence(sides, sources))
        return draft.quoting(quotes, self._doubts(reading))

    def _doubts(self, reading: Reading) -> tuple[Note, ...]:
        unsure = reading.confidence < self._least + SURE_MARGIN
        return (*((Note(code="closest", text=CLOSEST),) if unsure else ()), *_lacking(reading))


def _silence(question: str, nearest: Sequence[NearestSource]) -> str:
    if not question.strip():
        return NO_QUESTION
    return f"{SILENCE} {NEAREST}" if nearest else SILENCE


def _lacking(reading: Reading) -> tuple[Note, ...]:
    """Which provision to take in, when what comes near points to one that the library lacks."""
    named = missing_provisions(reading.found, reading.ranked)[:1] if reading.found else ()
    return tuple(
        Note(
            code="missing",
            text=f"What comes near points to {name.capitalize()}, which the library does not hold.",
            values={"provision": name.capitalize()},
        )
        for name in named
    )


def _nearest(ranked: Sequence[Sentence]) -> tuple[NearestSource, ...]:
    best: dict[str, Sentence] = {}
    for sentence in ranked:
        best.setdefault(sentence.passage.source.id, sentence)
    return tuple(
        NearestSource(
            source_id=source_id,
            title=sentence.passage.source.title,
            url=sentence.passage.source.url,
            quote=shortened(sentence.text, NEAREST_CHARACTERS),
            heading=heading_text(sentence.heading_path),
        )
        for source_id, sentence in list(best.items())[:NEAREST_SOURCES]
    )


def _one_side(reading: Reading, quotes: Sequence[Quote]) -> tuple[Note, ...]:
    if reading.found is None:
        return ()
    note = side_note(reading.found.question, [quote.passage.source for quote in quotes])
    return (note,) if note else ()

"""Answers a question: search, quote, cite, or say that the library does not know."""

import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.choosing import Quote, in_source_order, shortened
from knowledge.citations import cite
from knowledge.gate import LEAST_CONFIDENCE, confidence
from knowledge.index import Snapshot
from knowledge.labels import citation_label, is_legal
from knowledge.language import cannot_read
from knowledge.model import Answer, Citation, NearestSource, Note
from knowledge.quoting import Sentence, rank_sentences
from knowledge.search import Found, Searcher
from knowledge.sentences import sentence_spans
from knowledge.serialise import heading_text
from knowledge.sides import demote_past, hear_both, side_note, status_notes
from knowledge.standing import Cited, Standing, standing
from knowledge.view import LibraryView, library_view

SEARCH_LIMIT = 40
NEAREST_SOURCES = 3
NEAREST_CHARACTERS = 240
SURE_MARGIN = 0.1  # of confidence above the least, within which the answer says that it may miss
CLOSEST = "These are the closest passages in the library; they may not answer just what you asked."
NOT_ADVICE = "This is not legal advice."
OWN_WORDS = "Caveat briefs are our own summaries; their link leads to the main source they rest on."
NOT_WRITTEN = "No chat model is configured, so this answer is quoted."
SILENCE = "My library does not answer this."
NEAREST = "The nearest it holds:"
ENDS = (".", "!", "?", ":", ";", "”", '"', ")")
NO_QUESTION = "Please ask a question."
READS_ENGLISH = (
    "The model behind my library reads English only: please ask in English. For other languages "
    "the person who runs me can set ENCODER to a multilingual model and run python -m ingest "
    "rebuild."
)


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

    def answer(self, question: str, mode: Literal["auto", "quoted", "written"] = "auto") -> Answer:
        """The answer with its citations, or an abstention with the nearest sources.

        Raises:
            CaveatError: when no build can be used.
        """
        try:
            found = self._answer(question, self._snapshots.current())
        except Exception:
            # a build that was replaced twice while it was being read may be gone: read the new one
            if not self._snapshots.moved():
                raise
            found = self._answer(question, self._snapshots.current())
        if mode != "written":
            return found
        return replace(found, notes=(*found.notes, Note(code="not-written", text=NOT_WRITTEN)))

    def assess(self, question: str, *, hidden: Collection[str] = ()) -> Assessment:
        """How sure it is that the library answers a question, with some sources hidden from it.

        Raises:
            CaveatError: when no build can be used.
        """
        snapshot = self._snapshots.current()
        if cannot_read(self._searcher.encoder.identity, snapshot, question):
            return Assessment(confidence=0.0, answers=False)
        found = self._searcher.find(snapshot, question, limit=SEARCH_LIMIT, hidden=hidden)
        sure = confidence(found, rank_sentences(found))
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

    def _answer(self, question: str, snapshot: Snapshot) -> Answer:
        watch = _Stopwatch()
        if cannot_read(self._searcher.encoder.identity, snapshot, question):
            return _unread(question, snapshot, watch.stop())
        with watch.stage("search"):
            found = self._searcher.find(snapshot, question, limit=SEARCH_LIMIT)
        with watch.stage("quote"):
            ranked = rank_sentences(found)
            sure = confidence(found, ranked)
            answers = found is not None and sure >= self._least
            if found is not None:
                ranked = demote_past(found.question, ranked)
            quotes = hear_both(found.question, ranked) if found and answers else ()
        citations = _cite(quotes)
        return Answer(
            id=secrets.token_hex(8),
            question=question,
            outcome="answered" if citations else "abstained",
            mode="quoted",
            text=_text(citations) if citations else _silence(question, ranked),
            citations=citations,
            nearest=() if citations else _nearest(ranked),
            notes=_notes(found, citations, snapshot, unsure=sure < self._least + SURE_MARGIN),
            timings_ms=watch.stop(),
            build=snapshot.manifest.build,
        )


def _unread(question: str, snapshot: Snapshot, timings_ms: dict[str, float]) -> Answer:
    """The abstention for a question in a language that the model cannot read."""
    return Answer(
        id=secrets.token_hex(8),
        question=question,
        outcome="abstained",
        mode="quoted",
        text=READS_ENGLISH,
        timings_ms=timings_ms,
        build=snapshot.manifest.build,
    )


def _cite(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    return tuple(
        cite(quote.passage, quote.start, quote.end, number=number)
        for number, quote in enumerate(in_source_order(quotes), start=1)
    )


def _text(citations: Sequence[Citation]) -> str:
    lines: list[str] = []
    for before, citation in zip((None, *citations), citations, strict=False):
        label = citation_label(citation, after=before)
        if label:
            lines.append(f"{label}:")
        flat = " ".join(citation.quote.split())
        cut = "" if flat.endswith(ENDS) else " …"
        lead = "… " if _begins_inside(citation) else ""
        lines.append(f"> {lead}{flat}{cut} [{citation.number}]")
    return "\n\n".join(lines)


def _begins_inside(citation: Citation) -> bool:
    """Whether a quote leaves out the beginning of its sentence."""
    text = citation.passage.chunk.text
    return citation.start not in {start for start, _ in sentence_spans(text)}


def _silence(question: str, ranked: Sequence[Sentence]) -> str:
    if not question.strip():
        return NO_QUESTION
    return f"{SILENCE} {NEAREST}" if ranked else SILENCE


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


def _notes(
    found: Found | None, citations: Sequence[Citation], snapshot: Snapshot, *, unsure: bool
) -> tuple[Note, ...]:
    if found is None or not citations:
        return ()
    sources = [citation.passage.source for citation in citations]
    kinds = {source.kind for source in sources}
    notes = [Note(code="closest", text=CLOSEST)] if unsure else []
    notes += status_notes(sources)
    one_side = side_note(found.question, sources)
    if one_side:
        notes.append(one_side)
    if any(is_legal(source) for source in sources):
        day = snapshot.manifest.created[:10]
        text = f"Library of {day}. {NOT_ADVICE}"
        notes.append(Note(code="not-advice", text=text, values={"date": day}))
    if "brief" in kinds:
        notes.append(Note(code="own-words", text=OWN_WORDS))
    return tuple(notes)


class _Stopwatch:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self._stages[name] = round((time.perf_counter() - begin) * 1000, 2)

    def stop(self) -> dict[str, float]:
        return {
            "total": round((time.perf_counter() - self._start) * 1000, 2),
            **self._stages,
        }

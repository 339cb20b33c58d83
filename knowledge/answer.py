"""Answers a question: search, quote, cite, or say that the library does not know."""

import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.citations import cite
from knowledge.index import Snapshot
from knowledge.labels import source_label
from knowledge.model import Answer, Citation, NearestSource
from knowledge.quoting import Quote, choose_quotes, rank_sentences, shortened
from knowledge.search import Searcher, search
from knowledge.sentences import sentence_spans

SEARCH_LIMIT = 12
NEAREST_SOURCES = 3
NEAREST_CHARACTERS = 240
# Closeness (cosine of question and nearest passage, plus a share of the question's words) below
# which the library is taken not to answer. Off-topic questions stay below it.
LEAST_CLOSENESS = 0.46
WORDS_WEIGHT = 0.3

NOT_ADVICE = "This is not legal advice."
OWN_WORDS = "Caveat briefs are our own summaries; their link leads to the main source they rest on."
NOT_WRITTEN = "No chat model is configured, so this answer is quoted."
SILENCE = "My library does not answer this."
NEAREST = "The nearest it holds:"
ENDS = (".", "!", "?", ":", ";", "”", '"', ")")
NO_QUESTION = "Please ask a question."


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

    def __init__(self, searcher: Searcher) -> None:
        self._encoder = searcher.encoder
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
        return replace(found, notes=(*found.notes, NOT_WRITTEN)) if mode == "written" else found

    def assess(self, question: str, *, hidden: Collection[str] = ()) -> Assessment:
        """How sure it is that the library answers a question, with some sources hidden from it.

        Raises:
            CaveatError: when no build can be used.
        """
        snapshot = self._snapshots.current()
        passages = search(snapshot, self._encoder, question, limit=SEARCH_LIMIT, hidden=hidden)
        confidence = _confidence(rank_sentences(snapshot, self._encoder, question, passages))
        return Assessment(confidence=confidence, answers=confidence >= LEAST_CLOSENESS)

    def build(self) -> str:
        """Name of the build in service."""
        return self._snapshots.current().manifest.build

    def close(self) -> None:
        """Lets go of the index."""
        self._snapshots.close()

    def _answer(self, question: str, snapshot: Snapshot) -> Answer:
        watch = _Stopwatch()
        asked = " ".join(question.split())
        with watch.stage("search"):
            passages = search(snapshot, self._encoder, asked, limit=SEARCH_LIMIT)
        with watch.stage("quote"):
            ranked = rank_sentences(snapshot, self._encoder, asked, passages)
            answers = _confidence(ranked) >= LEAST_CLOSENESS
            quotes = choose_quotes(ranked) if answers else ()
        citations = _cite(quotes)
        return Answer(
            id=secrets.token_hex(8),
            question=question,
            outcome="answered" if citations else "abstained",
            mode="quoted",
            text=_text(citations) if citations else _silence(asked, ranked),
            citations=citations,
            nearest=() if citations else _nearest(ranked),
            notes=_notes(citations),
            timings_ms=watch.stop(),
            build=snapshot.manifest.build,
        )


def _confidence(ranked: Sequence[Quote]) -> float:
    """How close the library comes to the question."""
    if not ranked:
        return 0.0
    near = max(quote.passage.similarity for quote in ranked)
    return near + WORDS_WEIGHT * ranked[0].coverage


def _cite(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    return tuple(
        cite(quote.passage, quote.start, quote.end, number=number)
        for number, quote in enumerate(_grouped(quotes), start=1)
    )


def _grouped(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes of one source next to each other, sources in the order of their best quote."""
    order = list(dict.fromkeys(quote.passage.source.id for quote in quotes))
    return sorted(quotes, key=lambda quote: order.index(quote.passage.source.id))


def _text(citations: Sequence[Citation]) -> str:
    lines: list[str] = []
    source_id = None
    for citation in citations:
        source = citation.passage.source
        if source.id != source_id:
            source_id = source.id
            lines.append(f"{source_label(source)}:")
        flat = " ".join(citation.quote.split())
        cut = "" if flat.endswith(ENDS) else " …"
        lines.append(f"> {flat}{cut} [{citation.number}]")
    return "\n\n".join(lines)


def _silence(question: str, ranked: Sequence[Quote]) -> str:
    if not question:
        return NO_QUESTION
    return f"{SILENCE} {NEAREST}" if ranked else SILENCE


def _nearest(ranked: Sequence[Quote]) -> tuple[NearestSource, ...]:
    best: dict[str, Quote] = {}
    for quote in ranked:
        best.setdefault(quote.passage.source.id, quote)
    return tuple(
        NearestSource(
            source_id=source_id,
            title=quote.passage.source.title,
            url=quote.passage.source.url,
            quote=_first_sentence(quote.text),
        )
        for source_id, quote in list(best.items())[:NEAREST_SOURCES]
    )


def _first_sentence(text: str) -> str:
    start, end = sentence_spans(text)[0]
    return shortened(text[start:end], NEAREST_CHARACTERS)


def _notes(citations: Sequence[Citation]) -> tuple[str, ...]:
    kinds = {citation.passage.source.kind for citation in citations}
    notes = (NOT_ADVICE,) if kinds & {"law", "licence"} else ()
    return (*notes, OWN_WORDS) if "brief" in kinds else notes


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

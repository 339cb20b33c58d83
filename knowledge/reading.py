"""Reads in the library what comes near a question: searches, ranks sentences, tells how sure."""

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from knowledge.gate import confidence
from knowledge.index import Snapshot
from knowledge.quoting import Sentence, rank_sentences
from knowledge.search import Found, Searcher
from knowledge.sides import demote_past
from knowledge.stopwatch import Stopwatch

SEARCH_LIMIT = 40


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Reading:
    """What a build holds near a question.

    Attributes:
        found: the passages, or None when nothing could be searched for.
        ranked: their sentences, best first; those whose text no longer stands further down.
        confidence: that they answer the question, 0 to 1.
    """

    found: Found | None
    ranked: tuple[Sentence, ...]
    confidence: float


def read(
    searcher: Searcher,
    snapshot: Snapshot,
    question: str,
    *,
    hidden: Collection[str] = (),
    watch: Stopwatch | None = None,
) -> Reading:
    """What a build holds near a question, with some sources hidden from it.

    Args:
        searcher: finds the passages.
        snapshot: of the build.
        question: as it is searched for.
        hidden: ids of sources.
        watch: told how long the stages "search" and "quote" take.
    """
    with watch.stage("search") if watch else nullcontext():
        found = searcher.find(snapshot, question, limit=SEARCH_LIMIT, hidden=hidden)
    with watch.stage("quote") if watch else nullcontext():
        return reading_of(found, rank_sentences(found))


def reading_of(found: Found | None, ranked: Sequence[Sentence]) -> Reading:
    """What was found, with its sentences, best first."""
    return Reading(
        found=found,
        ranked=demote_past(found.question, ranked) if found else (),
        confidence=confidence(found, ranked),
    )

"""Reads in the library for a question that may go on with what was asked before it.

A follow-up is mostly answered where the question before it was, so the sources near that one are
favoured, and its own words count more: "and in Seoul?" is after Seoul, and the summits are only
what it is asked of. Whether a short question goes on with a topic or begins another often shows in
no word of it ("did the US sign?"); then the library decides.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from knowledge.asked import Asked
from knowledge.conversation import joined
from knowledge.index import NamedGroup, Snapshot
from knowledge.leaning import is_brief
from knowledge.question import Question
from knowledge.quoting import rank_sentences
from knowledge.reading import SEARCH_LIMIT, Reading, read, reading_of
from knowledge.search import Found, Searcher
from knowledge.stopwatch import Stopwatch

DEPTH = 20  # passages of the topic before, whose sources are favoured
MOST_SOURCES = 3
LEAST_SHARE = 0.6  # of the nearest passage's score, for a further source
FAVOUR = 0.8  # on the score, 0 to 1, of a passage; a source half as near counts an eighth
CARRIED_WEIGHT = 0.25  # of a word that is carried over, beside 1 of the question's own
NAMED_SHARE = 0.8  # of the best passage's score, for a source to be quoted as it is named
SAME_PLACE = 0.9  # of the best sentence's score, for the topic's sources to answer as well as any
SURER = 0.1  # what a topic must else add to the confidence of a question that goes on with it
OFF_TOPIC = 0.3  # confidence below which a question is about none of the library's subjects
UNSURE = 0.6  # confidence from which a question that was asked without a topic has its answer


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Library:
    """What is read, and for whom."""

    searcher: Searcher
    snapshot: Snapshot
    hidden: Collection[str]
    watch: Stopwatch

    def find(self, question: str, limit: int) -> Found | None:
        with self.watch.stage("search"):
            return self.searcher.find(self.snapshot, question, limit=limit, hidden=self.hidden)


def read_on(
    searcher: Searcher,
    snapshot: Snapshot,
    put: Asked,
    *,
    hidden: Collection[str] = (),
    watch: Stopwatch,
) -> tuple[str, Reading]:
    """What a build holds near a question, and the topic that it was read for.

    Args:
        searcher: finds the passages.
        snapshot: of the build.
        put: the question, with what was asked before it.
        hidden: ids of sources.
        watch: told how long the stages "search" and "quote" take.
    """
    library = _Library(searcher=searcher, snapshot=snapshot, hidden=hidden, watch=watch)
    if put.topic != put.words:
        return put.topic, _together(library, put.topic, put.words, _near(library, put.before))
    alone = read(searcher, snapshot, put.topic, hidden=hidden, watch=watch)
    if not put.before or not is_brief(put.words):
        return put.topic, alone
    topic, near = joined(put.words, put.before), _near(library, put.before)
    together = _together(library, topic, put.words, near)
    return (topic, together) if _goes_on(alone, together, near) else (put.topic, alone)


def _goes_on(alone: Reading, together: Reading, near: Collection[str]) -> bool:
    """Whether a question that stands alone badly is answered where the topic is, or with it."""
    if not alone.ranked or not together.ranked or not OFF_TOPIC <= alone.confidence < UNSURE:
        return False
    if together.confidence >= alone.confidence + SURER:
        return True
    best = max(each.score for each in alone.ranked)
    here = [each.score for each in alone.ranked if each.passage.source.id in near]
    return max(here, default=0.0) >= SAME_PLACE * best


def _near(library: _Library, topic: str) -> dict[str, float]:
    """The sources nearest to a topic, each with what it is favoured by, up to 1."""
    found = library.find(topic, DEPTH)
    best: dict[str, float] = {}
    for passage in found.passages if found else ():
        best[passage.source.id] = max(passage.score, best.get(passage.source.id, 0.0))
    top = max(best.values(), default=0.0)
    return {
        source: (score / top) ** 3
        for source, score in list(best.items())[:MOST_SOURCES]
        if top and score >= LEAST_SHARE * top
    }


def _together(library: _Library, topic: str, words: str, near: Mapping[str, float]) -> Reading:
    """What a build holds near a topic and the words of the question that is asked of it."""
    found = library.find(topic, SEARCH_LIMIT)
    with library.watch.stage("quote"):
        if found is None:
            return reading_of(None, ())
        asked = _weighed(found.question, len(topic) - len(words))
        favoured = _favouring(replace(found, question=asked), near)
        return reading_of(favoured, rank_sentences(favoured))


def _weighed(question: Question, carried: int) -> Question:
    """A question whose first characters are carried over: what a sentence meets of them is less."""
    begins = np.array([start < carried for start, _ in question.vectors.spans], dtype=np.bool_)
    weights = np.where(begins, CARRIED_WEIGHT, 1.0) * question.token_weights
    total = float(weights.sum()) or 1.0
    return replace(question, token_weights=(weights / total).astype(np.float32))


def _favouring(found: Found, near: Mapping[str, float]) -> Found:
    """The passages, those of some sources further up; what names sources far from them does not."""
    lifted = [
        replace(each, score=each.score + FAVOUR * near.get(each.source.id, 0.0))
        for each in found.passages
    ]
    lifted.sort(key=lambda each: -each.score)
    best: dict[str, float] = {}
    for passage in lifted:
        best.setdefault(passage.source.id, passage.score)

    def is_near(group: NamedGroup) -> bool:
        nearest = max(best.get(source, 0.0) for source in group.sources)
        return nearest >= NAMED_SHARE * lifted[0].score

    groups = tuple(group for group in found.question.groups if is_near(group))
    return replace(found, passages=tuple(lifted), question=replace(found.question, groups=groups))

"""Chooses what to quote: sentences that answer, each with what it cannot be understood without."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from knowledge.index import NamedGroup
from knowledge.instructions import is_instruction, is_request
from knowledge.licences import quote_limit
from knowledge.model import Passage
from knowledge.quoting import Sentence
from knowledge.sentences import Span
from knowledge.words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_QUOTES = 6
MAX_FROM_PASSAGE = 2
MOST_OF_ONE = 4  # from the only sources that a question names; the rest may be any
MOST_CHARACTERS = 1_800  # of all quotes; what is more no longer fits one message on a phone
MOST_OVER = 1.2  # of the limit of one quote, to let a sentence end
LEAST_SHARE = 0.6  # of the best quote's score, for a further quote
MOST_LOOKED_AT = 80  # sentences
ADDED_WEIGHT = 2.0  # what a further quote meets of the question that those before do not
NEIGHBOUR_SHARE = 0.8  # of a quote's score, for a neighbouring sentence to join it
EXCERPT_GAIN = 0.02  # what a later part of a sentence must be worth more than its beginning
LEAST_REST = 80  # characters of a long sentence's end, from which it may be a quote of its own
SAME_WORDS = 0.7  # share of common words above which two quotes say the same

# an opening that leans on the sentence before
_LEANS = re.compile(
    r"(This|That|These|Those|It|They|He|She|Such|However|Therefore|Thus|Also|Moreover|"
    r"Furthermore|In addition|But|And|Or|Then|Consequently|Otherwise|Instead|For example|"
    r"For instance|Similarly|Likewise|Hence|Accordingly|Nevertheless|Nonetheless|"
    r"(The|In) (latter|former)|In (that|this|such an?|those|these) \w+|To that end|"
    r"As a result|On the other hand|By contrast|In contrast)\b",
)
_LISTED = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[•·*–-]\s")  # noqa: RUF001 - a dash
# where a part of a sentence may begin
_CLAUSE = re.compile(r"[;:,.] +(?=[\w(“\"])|\n+")
# what turns the meaning of the rest of its sentence, and so must not be cut off in front of it
_TURNS = re.compile(
    r"\b(not|no|never|nor|neither|without|unless|except|if|where|only|cannot|prohibited)\b",
    re.IGNORECASE,
)
# a continuation that changes what the sentence before means
_LIMITS = re.compile(
    r"(unless|except|however|notwithstanding|provided that|shall not apply|does not apply|"
    r"but only|this exception|by way of derogation|without prejudice)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Quote:
    """A span of a passage that answers.

    Attributes:
        sentence: the sentence it was chosen for.
    """

    passage: Passage
    start: int
    end: int
    sentence: Sentence

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.passage.chunk.text[self.start : self.end]

    @property
    def score(self) -> float:
        """How well it answers; comparable within one question only."""
        return self.sentence.score


def choose_quotes(
    ranked: Sequence[Sentence], groups: Sequence[NamedGroup] = ()
) -> tuple[Quote, ...]:
    """The quotes to show: the best, and others nearly as good that say something else.

    Args:
        ranked: best first.
        groups: sources that the question names; each is to have a say.
    """
    choice = _Choice(ranked)
    for group in groups:
        choice.take(min(MOST_OF_ONE, MAX_QUOTES // len(groups)), among=group.sources)
    choice.take(MAX_QUOTES - len(choice.quotes))
    return tuple(sorted(choice.quotes, key=lambda quote: -quote.score))


def quote(sentence: Sentence, scores: Mapping[int, float]) -> Quote:
    """A sentence with its antecedents and conditions, as far as the licence allows.

    Args:
        sentence: what is quoted.
        scores: of the sentences of its passage, by their place; one nearly as good that follows
            joins it.
    """
    text, spans = sentence.passage.chunk.text, sentence.spans
    limit = quote_limit(sentence.passage.source)
    first = last = sentence.index

    def fits(low: int, high: int) -> bool:
        return spans[high][1] - spans[low][0] <= limit

    def said(index: int) -> str:
        return text[slice(*spans[index])]

    def joins(index: int, beside: int) -> bool:
        return not _is_foreign(said(index), said(beside))

    while first > 0 and _leans(said(first)) and fits(first - 1, last) and joins(first - 1, first):
        first -= 1
    while last + 1 < len(spans) and fits(first, last + 1) and joins(last + 1, last):
        near = scores.get(last + 1, 0.0) >= NEIGHBOUR_SHARE * sentence.score
        if not (near or _LIMITS.search(said(last + 1)) or said(last).endswith(":")):
            break
        last += 1
    start, end = spans[first][0], spans[last][1]
    if end - start > MOST_OVER * limit:
        start, end = _excerpt(sentence, limit)
    return Quote(passage=sentence.passage, start=start, end=end, sentence=sentence)


def _excerpt(sentence: Sentence, limit: int) -> Span:
    """The part of a long sentence that meets the question best, from clause to clause."""
    text = sentence.passage.chunk.text
    first, last = sentence.spans[sentence.index]
    starts = [first, *(match.end() for match in _CLAUSE.finditer(text, first, last))]
    windows = [
        (start, start + len(shortened(text[start:last], limit)))
        for start in starts
        if start == first or (last - start > limit // 2 and not _TURNS.search(text, first, start))
    ]
    best, merit = windows[0], sentence.merits.within(*windows[0])
    for window in windows[1:]:
        found = sentence.merits.within(*window)
        if found > merit + EXCERPT_GAIN:
            best, merit = window, found
    return best


def _rest(found: Quote) -> Sentence | None:
    """What a quote left out of the end of its long sentence, or None when that is little."""
    sentence = found.sentence
    end = sentence.spans[sentence.index][1]
    start = (
        found.end
        + len(found.passage.chunk.text[found.end : end])
        - len(found.passage.chunk.text[found.end : end].lstrip(" ,;:"))
    )
    if end - start < LEAST_REST:
        return None
    spans = (*sentence.spans[: sentence.index], (start, end), *sentence.spans[sentence.index + 1 :])
    met = sentence.merits.best(start, end)
    share = float(met.sum()) / max(float(sentence.met.sum()), 1e-6)
    return replace(sentence, spans=spans, met=met, score=sentence.score * min(share, 1.0))


def shortened(text: str, limit: int) -> str:
    """The beginning of a text, at most `limit` characters, ended after a clause or word."""
    return text if len(text) <= limit else text[: _cut(text, limit)]


class _Choice:
    """The quotes chosen so far."""

    def __init__(self, ranked: Sequence[Sentence]) -> None:
        self.quotes: list[Quote] = []
        self._met: NDArray[np.float32] | None = None
        self._ranked = ranked
        self._scores: dict[str, dict[int, float]] = {}
        for sentence in ranked:
            held = self._scores.setdefault(sentence.passage.chunk.id, {})
            held[sentence.index] = sentence.score

    def take(self, most: int, *, among: Collection[str] | None = None) -> None:
        """Adds up to `most` quotes, all from these sources, or from any."""
        taken = 0
        candidates = [
            sentence
            for sentence in self._ranked
            if among is None or sentence.passage.source.id in among
        ]
        least = LEAST_SHARE * candidates[0].score if candidates else 0.0
        candidates = [s for s in candidates[:MOST_LOOKED_AT] if s.score >= least]
        while candidates and taken < most:
            sentence = max(candidates, key=self._worth)
            candidates.remove(sentence)
            if not self._has_room(sentence):
                continue
            scores = self._scores[sentence.passage.chunk.id]
            for found in (quote(sentence, scores), quote(sentence, {})):
                if self._adds(found):
                    self._keep(found)
                    taken += 1
                    rest = _rest(found)
                    if rest is not None and rest.score >= least:
                        candidates.append(rest)
                    break

    def _worth(self, sentence: Sentence) -> float:
        """How well a sentence answers, and what it adds to the quotes so far."""
        if self._met is None:
            return sentence.score
        adds = float(np.maximum(sentence.met - self._met, 0.0).sum())
        return sentence.score + ADDED_WEIGHT * adds

    def _keep(self, found: Quote) -> None:
        self.quotes.append(found)
        met = found.sentence.met
        self._met = met if self._met is None else np.maximum(self._met, met)

    def _has_room(self, sentence: Sentence) -> bool:
        here = [q for q in self.quotes if q.passage.chunk.id == sentence.passage.chunk.id]
        start = sentence.spans[sentence.index][0]
        return len(here) < MAX_FROM_PASSAGE and not any(q.start <= start < q.end for q in here)

    def _adds(self, found: Quote) -> bool:
        length = sum(len(other.text) for other in self.quotes) + len(found.text)
        if self.quotes and length > MOST_CHARACTERS:
            return False
        return not any(_overlaps(found, other) for other in self.quotes)


def _is_foreign(text: str, beside: str) -> bool:
    """Whether a sentence does not belong to the one beside it: it may have been planted there.

    A question or a request belongs only where the two have a word in common.
    """
    return is_instruction(text) or (is_request(text) and set(words(text)).isdisjoint(words(beside)))


def _leans(text: str) -> bool:
    return bool(_LEANS.match(text) or _LISTED.match(text) or text[:1].islower())


def _cut(text: str, limit: int) -> int:
    """Where to end a quote that is too long: after a clause, else after a word."""
    for mark in (";", ",", " "):
        place = text.rfind(mark, limit // 2, limit)
        if place > 0:
            return place
    return limit


def _overlaps(found: Quote, other: Quote) -> bool:
    if found.passage.chunk.id == other.passage.chunk.id:
        return found.start < other.end and other.start < found.end
    mine, theirs = set(words(found.text)), set(words(other.text))
    return len(mine & theirs) > SAME_WORDS * min(len(mine), len(theirs))


def in_source_order(quotes: Iterable[Quote]) -> list[Quote]:
    """Quotes of one source, and in it of one passage, next to each other, the best first."""
    taken = list(quotes)
    sources = list(dict.fromkeys(found.passage.source.id for found in taken))
    passages = list(dict.fromkeys(found.passage.chunk.id for found in taken))
    return sorted(
        taken,
        key=lambda found: (
            sources.index(found.passage.source.id),
            passages.index(found.passage.chunk.id),
        ),
    )

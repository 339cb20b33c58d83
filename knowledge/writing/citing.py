"""Makes citations of what supports the sentences of a written answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.choosing import MOST_OVER, shortened
from knowledge.citations import cite
from knowledge.licences import quote_limit
from knowledge.model import Citation, Passage
from knowledge.sentences import Span, sentence_spans
from knowledge.words import words
from knowledge.writing.sifting import Kept, Sieve
from knowledge.writing.splitting import ENDS

MOST_CITED = 3  # passages for one sentence

# where a part of a long sentence may begin, and what must not be cut off in front of it
_CLAUSE = re.compile(r"[;:,.] +(?=[\w(“\"])|\n+")
_TURNS = re.compile(
    r"\b(?:not|no|never|nor|neither|without|unless|except|if|where|only|cannot|prohibited)\b",
    re.IGNORECASE,
)

Place = tuple[int, Span]  # number of a passage, and what of it is quoted


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """Written sentences with what they rest on.

    Attributes:
        text: of the answer, in its grammar.
        citations: numbered in the order in which they are first used.
    """

    text: str
    citations: tuple[Citation, ...]


def cited_text(kept: Sequence[Kept], passages: Sequence[Passage], sieve: Sieve) -> Cited:
    """The text of a written answer, and the quotes that support it.

    Supporting sentences that stand near each other in a passage make one quote, as far as its
    licence allows.
    """
    resting = [list(_places(each, passages, sieve)) for each in kept]
    quotes = _joined([place for places in resting for place in places], passages)
    numbers: dict[Place, int] = {}
    paragraphs: dict[int, list[str]] = {}
    for sentence, places in zip(kept, resting, strict=True):
        mine = dict.fromkeys(
            numbers.setdefault(quotes[place], len(numbers) + 1) for place in places
        )
        marks = "".join(f"[{number}]" for number in sorted(mine))
        text = sentence.text.rstrip(" ;,")
        text = text if text.endswith(ENDS) else f"{text}."
        paragraphs.setdefault(sentence.paragraph, []).append(f"{text} {marks}")
    return Cited(
        text="\n\n".join(" ".join(sentences) for sentences in paragraphs.values()),
        citations=tuple(
            cite(passages[number - 1], *span, number=place)
            for (number, span), place in numbers.items()
        ),
    )


def _places(kept: Kept, passages: Sequence[Passage], sieve: Sieve) -> Iterator[Place]:
    for number in kept.numbers[:MOST_CITED]:
        passage = passages[number - 1]
        span = kept.span if number == kept.numbers[0] else _span(kept.text, number, sieve)
        text = passage.chunk.text
        if span is None or not text[slice(*span)].strip():
            span = _nearest(kept.text, text)
        yield number, _within(text, span, quote_limit(passage.source), kept.text)


def _span(sentence: str, number: int, sieve: Sieve) -> Span | None:
    """Where a further passage supports a sentence."""
    given = [each for each in sieve.given if each.number == number]
    return sieve.check(sentence, given, (number,), None).span


def _nearest(sentence: str, text: str) -> Span:
    """The sentence of a text that has most words in common with another."""
    mine = set(words(sentence))
    spans = sentence_spans(text)
    return max(spans, key=lambda span: len(mine & set(words(text[slice(*span)]))))


def _within(text: str, span: Span, limit: int, sentence: str) -> Span:
    """A span, or of one that is too long the part that says most of the sentence."""
    start, end = _trimmed(text, span)
    if end - start <= MOST_OVER * limit:
        return start, end
    mine = set(words(sentence))
    starts = [start, *(match.end() for match in _CLAUSE.finditer(text, start, end))]
    windows = [
        (first, first + len(shortened(text[first:end], limit)))
        for first in starts
        if first == start or (end - first > limit // 2 and not _TURNS.search(text, start, first))
    ]
    return max(windows, key=lambda window: len(mine & set(words(text[slice(*window)]))))


def _trimmed(text: str, span: Span) -> Span:
    start, end = max(0, span[0]), min(len(text), span[1])
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return start, start + len(inside.strip())


def _joined(places: Sequence[Place], passages: Sequence[Passage]) -> Mapping[Place, Place]:
    """For each place the quote that holds it."""
    quotes: dict[Place, Place] = {}
    for number in dict.fromkeys(number for number, _ in places):
        most = MOST_OVER * quote_limit(passages[number - 1].source)
        group: list[Span] = []
        for span in [*sorted({span for each, span in places if each == number}), None]:
            if group and (span is None or max(span[1], group[-1][1]) - group[0][0] > most):
                whole = group[0][0], max(end for _, end in group)
                quotes |= {(number, each): (number, whole) for each in group}
                group = []
            if span is not None:
                group.append(span)
    return quotes

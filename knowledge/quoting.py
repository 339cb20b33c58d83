"""Picks, from passages, the sentences that answer a question; verbatim, without a model's help."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.encoders import Encoder
from knowledge.index import Snapshot
from knowledge.licences import quote_limit
from knowledge.model import Passage
from knowledge.sentences import Span, sentence_spans
from knowledge.words import words

READ_PASSAGES = 8
ENCODED_SENTENCES = 16  # a closer look costs about 8 ms each
MAX_QUOTES = 4
LEAST_SHARE = 0.8  # of the best quote's score, for a further quote
NEIGHBOUR_SHARE = 0.8  # of a quote's score, for a neighbouring sentence to join it
SAME_WORDS = 0.7  # share of common words above which two quotes say the same
MIN_WORDS = 4
WEIGHTS = (0.45, 0.25, 0.30)  # similarity, shared words, passage

# an opening that leans on the sentence before
_LEANS = re.compile(
    r"(This|That|These|Those|It|They|He|She|Such|However|Therefore|Thus|Also|Moreover|"
    r"Furthermore|In addition|But|And|Or|Then|Consequently|Otherwise|Instead)\b",
)
# a continuation that changes what the sentence before means
_LIMITS = re.compile(
    r"(unless|except|however|notwithstanding|provided that|shall not apply|does not apply|"
    r"but only|this exception|by way of derogation)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A span of a passage that answers.

    Attributes:
        score: relevance, 0 to 1.
        similarity: cosine of the question and the best sentence of the quote.
        coverage: share of the question's words, weighted by rarity, in the best sentence.
    """

    passage: Passage
    start: int
    end: int
    score: float
    similarity: float
    coverage: float

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.passage.chunk.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    spans: tuple[Span, ...]  # of all sentences of the passage
    index: int
    score: float
    similarity: float
    coverage: float

    @property
    def text(self) -> str:
        return self.passage.chunk.text[slice(*self.spans[self.index])]


def rank_sentences(
    snapshot: Snapshot, encoder: Encoder, question: str, passages: Sequence[Passage]
) -> tuple[Quote, ...]:
    """Every usable sentence of the best passages as a quote of its own, best first.

    Conditions that follow and antecedents that precede are joined to it, so that the quote means
    what the passage means.
    """
    sentences = _sentences(snapshot, encoder, question, passages[:READ_PASSAGES])
    return tuple(
        _quote(sentence, sentences) for sentence in sorted(sentences, key=lambda s: -s.score)
    )


def choose_quotes(ranked: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes to show: the best, and others nearly as good that say something else."""
    chosen: list[Quote] = []
    for quote in ranked:
        if chosen and quote.score < LEAST_SHARE * chosen[0].score:
            break
        if not any(_overlaps(quote, other) for other in chosen):
            chosen.append(quote)
        if len(chosen) == MAX_QUOTES:
            break
    return tuple(chosen)


def shortened(text: str, limit: int) -> str:
    """The beginning of a text, at most `limit` characters, ended after a clause or word."""
    return text if len(text) <= limit else text[: _cut(text, limit)]


def _sentences(
    snapshot: Snapshot, encoder: Encoder, question: str, passages: Sequence[Passage]
) -> list[_Sentence]:
    """The sentences worth a closer look: those with the question's words in the best passages."""
    asked = dict.fromkeys(words(question))
    rarity = snapshot.rarity(list(asked))
    unknown = max(rarity.values(), default=1.0)
    weights = {word: rarity.get(word, unknown) for word in asked}
    total = sum(weights.values()) or 1.0
    drafts = []
    for passage in passages:
        text = passage.chunk.text
        spans = tuple(sentence_spans(text))
        for index, span in enumerate(spans):
            held = set(words(text[slice(*span)]))
            coverage = sum(weight for word, weight in weights.items() if word in held) / total
            drafts.append(_Sentence(passage, spans, index, 0.0, 0.0, coverage))
    drafts = [draft for draft in drafts if _stands_alone(draft)]
    drafts.sort(key=lambda draft: -(draft.coverage + draft.passage.score))
    del drafts[ENCODED_SENTENCES:]
    if not drafts:
        return []
    vectors = encoder.encode_passages([draft.text for draft in drafts])
    similarities = vectors @ encoder.encode_queries([question])[0]
    return [
        replace(
            draft,
            similarity=float(similarity),
            score=sum(
                weight * part
                for weight, part in zip(
                    WEIGHTS,
                    (max(float(similarity), 0.0), draft.coverage, draft.passage.score),
                    strict=True,
                )
            ),
        )
        for draft, similarity in zip(drafts, similarities, strict=True)
    ]


def _stands_alone(sentence: _Sentence) -> bool:
    text = sentence.text
    is_heading = text.strip() in sentence.passage.chunk.heading_path
    return len(text.split()) >= MIN_WORDS and not is_heading and not text.endswith("?")


def _quote(sentence: _Sentence, sentences: Iterable[_Sentence]) -> Quote:
    text = sentence.passage.chunk.text
    limit = quote_limit(sentence.passage.source)
    scores = {s.index: s.score for s in sentences if s.passage is sentence.passage}
    spans, first, last = sentence.spans, sentence.index, sentence.index

    def fits(low: int, high: int) -> bool:
        return spans[high][1] - spans[low][0] <= limit

    def near(index: int) -> bool:
        return scores.get(index, 0.0) >= NEIGHBOUR_SHARE * sentence.score

    while first > 0 and _LEANS.match(text, spans[first][0]) and fits(first - 1, last):
        first -= 1
    while last + 1 < len(spans) and fits(first, last + 1):
        if not (_LIMITS.search(text[slice(*spans[last + 1])]) or near(last + 1)):
            break
        last += 1
    start, end = spans[first][0], spans[last][1]
    end = start + len(shortened(text[start:end], limit))
    return Quote(
        passage=sentence.passage,
        start=start,
        end=end,
        score=sentence.score,
        similarity=sentence.similarity,
        coverage=sentence.coverage,
    )


def _cut(text: str, limit: int) -> int:
    """Where to end a quote that is too long: after a clause, else after a word."""
    for mark in (";", ",", " "):
        place = text.rfind(mark, limit // 2, limit)
        if place > 0:
            return place
    return limit


def _overlaps(quote: Quote, other: Quote) -> bool:
    if quote.passage.chunk.id == other.passage.chunk.id:
        return quote.start < other.end and other.start < quote.end
    mine, theirs = set(words(quote.text)), set(words(other.text))
    return len(mine & theirs) > SAME_WORDS * min(len(mine), len(theirs))

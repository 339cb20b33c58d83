"""Picks, from passages, the sentences that answer a question; verbatim, without a model's help."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.encoders import Encoder
from knowledge.index import Snapshot
from knowledge.licences import quote_limit
from knowledge.model import Passage
from knowledge.search import weigh_words
from knowledge.sentences import Span, sentence_spans
from knowledge.words import words

READ_PASSAGES = 8
ENCODED_SENTENCES = 40  # a closer look costs about 8 ms each
MAX_QUOTES = 4
MAX_FROM_PASSAGE = 2
LEAST_SHARE = 0.65  # of the best quote's score, for a further quote
FIGURE_BONUS = 0.06  # for a sentence with a figure, when the question asks for one
NEIGHBOUR_SHARE = 0.8  # of a quote's score, for a neighbouring sentence to join it
SAME_WORDS = 0.7  # share of common words above which two quotes say the same
MIN_WORDS = 4
UNPUNCTUATED_WORDS = 10  # a shorter line without an end mark is a heading or a label
WEIGHTS = (0.5, 0.2, 0.3)  # similarity, shared words, passage

# an opening that leans on the sentence before
_LEANS = re.compile(
    r"(This|That|These|Those|It|They|He|She|Such|However|Therefore|Thus|Also|Moreover|"
    r"Furthermore|In addition|But|And|Or|Then|Consequently|Otherwise|Instead)\b",
)
_ENDS = (".", ";", ":", "!", ")", "”", '"')
# a question that a figure or a date answers
_ASKS_FIGURE = re.compile(
    r"\b(how (many|much|high|large|big|long|soon|old|often|fast|far)|when|what (year|date|number)|"
    r"since when|until when|percentage|threshold|deadline)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|billion)\b"
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
        beside = sum(quote.passage is other.passage for other in chosen)
        if beside < MAX_FROM_PASSAGE and not any(_overlaps(quote, other) for other in chosen):
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
    weights = weigh_words(snapshot, question)
    drafts = []
    for passage in passages:
        text = passage.chunk.text
        spans = tuple(sentence_spans(text))
        named = set(words(" ".join((passage.source.title, *passage.chunk.heading_path))))
        for index, span in enumerate(spans):
            held = set(words(text[slice(*span)])) | named
            coverage = sum(weight for word, weight in weights.items() if word in held)
            drafts.append(_Sentence(passage, spans, index, 0.0, 0.0, coverage))
    drafts = [draft for draft in drafts if _stands_alone(draft)]
    drafts.sort(key=lambda draft: -(0.5 * draft.coverage + draft.passage.score))
    del drafts[ENCODED_SENTENCES:]
    if not drafts:
        return []
    vectors = encoder.encode_passages([draft.text for draft in drafts])
    similarities = (vectors @ encoder.encode_queries([question])[0]).tolist()
    asks_figure = _ASKS_FIGURE.search(question) is not None
    return [
        replace(draft, similarity=similarity, score=_score(draft, similarity, asks_figure))
        for draft, similarity in zip(drafts, similarities, strict=True)
    ]


def _score(draft: _Sentence, similarity: float, asks_figure: bool) -> float:  # noqa: FBT001 - one of three signals
    parts = (max(similarity, 0.0), draft.coverage, draft.passage.score)
    bonus = FIGURE_BONUS if asks_figure and _FIGURE.search(draft.text) else 0.0
    return sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True)) + bonus


def _stands_alone(sentence: _Sentence) -> bool:
    text = sentence.text
    length = len(text.split())
    if length < MIN_WORDS or text.endswith("?") or text in sentence.passage.chunk.heading_path:
        return False
    return length >= UNPUNCTUATED_WORDS or text.endswith(_ENDS)


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

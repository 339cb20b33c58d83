"""Ranks the sentences of passages by how well they answer a question; without a model's help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.fitness import fitness
from knowledge.instructions import is_instruction
from knowledge.matching import Matched
from knowledge.model import Passage
from knowledge.policy import is_operational
from knowledge.question import Question
from knowledge.search import Found, is_apparatus
from knowledge.sentences import Span, sentence_spans
from knowledge.words import words

READ_PASSAGES = 40
MIN_WORDS = 4
UNPUNCTUATED_WORDS = 10  # a shorter line without an end mark is a heading or a label
SIMILARITY_WEIGHT = 0.4
MATCH_WEIGHT = 0.4
COVERAGE_WEIGHT = 0.2
PASSAGE_WEIGHT = 0.25

_ENDS = (".", ";", ":", "!", ")", "”", '"')


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Merits:
    """How much the single tokens of a passage bring to a question.

    Attributes:
        met: (question tokens, passage tokens), cosines, each times its question token's weight.
        starts: (passage tokens,), offsets in the passage.
    """

    met: NDArray[np.float32]
    starts: NDArray[np.int32]

    def within(self, start: int, end: int) -> float:
        """How well the question is met by what stands between two offsets, 0 to 1."""
        return float(self.best(start, end).sum())

    def best(self, start: int, end: int) -> NDArray[np.float32]:
        """(question tokens,), how well each is met by what stands between two offsets."""
        inside = (self.starts >= start) & (self.starts < end)
        nearest: NDArray[np.float32] = self.met[:, inside].max(axis=1, initial=0.0)
        return nearest


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sentence:
    """A sentence of a passage, beside the question.

    Attributes:
        spans: of all sentences of the passage.
        index: of this one among them.
        score: how well it answers; comparable within one question only.
        similarity: cosine of the question and the mean of the sentence's tokens.
        met: (question tokens,), how near each comes to some token of the sentence, times its
            weight.
        coverage: share of the question's words, weighted by rarity, that it holds itself.
        merits: what each token of the passage is worth to the question, with its offset.
    """

    passage: Passage
    spans: tuple[Span, ...]
    index: int
    score: float
    similarity: float
    met: NDArray[np.float32]
    coverage: float
    merits: Merits

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.chunk.text[slice(*self.spans[self.index])]

    @property
    def heading_path(self) -> tuple[str, ...]:
        """The headings that enclose it, outermost first."""
        return self.passage.chunk.heading_path_at(self.spans[self.index][0])


def rank_sentences(found: Found | None) -> tuple[Sentence, ...]:
    """Every sentence of the best passages that can stand alone, best first.

    Passages that would do harm by being quoted are passed over.
    """
    if found is None:
        return ()
    sentences = [
        sentence
        for passage in found.passages[:READ_PASSAGES]
        if not is_operational(passage.chunk.text)
        for sentence in _sentences(found, passage)
    ]
    return tuple(sorted(sentences, key=lambda sentence: -sentence.score))


def _sentences(found: Found, passage: Passage) -> Iterator[Sentence]:
    chunk = passage.chunk
    spans = tuple(sentence_spans(chunk.text))
    matched = found.matcher.matched(chunk.source_id, chunk.ordinal)
    weighted = matched.similarities * found.question.token_weights[:, None]
    merits = Merits(met=weighted, starts=matched.starts)
    for index, (start, end) in enumerate(spans):
        text = chunk.text[start:end]
        inside = (matched.starts >= start) & (matched.starts < end)
        headings = chunk.heading_path_at(start)
        if not inside.any() or not _stands_alone(text, headings) or is_apparatus(headings):
            continue
        held = set(words(text))
        coverage = sum(share for word, share in found.question.weights.items() if word in held)
        similarity, met = _nearness(found.question, matched, inside)
        yield Sentence(
            passage=passage,
            spans=spans,
            index=index,
            score=SIMILARITY_WEIGHT * similarity
            + MATCH_WEIGHT * float(met.sum())
            + COVERAGE_WEIGHT * coverage
            + PASSAGE_WEIGHT * passage.score
            + fitness(found.question.text, text),
            similarity=similarity,
            met=met,
            coverage=coverage,
            merits=merits,
        )


def _nearness(
    question: Question, matched: Matched, inside: NDArray[np.bool_]
) -> tuple[float, NDArray[np.float32]]:
    met = matched.similarities[:, inside].max(axis=1) * question.token_weights
    mean = matched.values[inside].mean(axis=0)
    length = float(np.linalg.norm(mean))
    if question.vectors.vector.shape != mean.shape or not length:
        return float(met.sum()), met
    return float(mean @ question.vectors.vector) / length, met


def _stands_alone(text: str, headings: Sequence[str]) -> bool:
    length = len(text.split())
    if length < MIN_WORDS or text.endswith("?") or _is_heading(text, headings):
        return False
    if text.startswith("|"):  # the rest of a row whose beginning is another sentence
        return False
    if is_instruction(text):  # what it asks for would read as Caveat's own words
        return False
    return length >= UNPUNCTUATED_WORDS or text.endswith(_ENDS)


def _is_heading(text: str, headings: Sequence[str]) -> bool:
    bare = text.strip(" .:").casefold()
    return any(bare in heading.casefold() for heading in headings)

"""Puts the first passages of a search into the order of a cross-encoder, by half."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.encoders import Reranker
from knowledge.model import Passage

RERANKED = 20  # passages that the model reads
RERANKER_WEIGHT = 0.5


def reranked(reranker: Reranker, question: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, best first, with the mean of their score and the reranker's.

    The reranker's scores are scaled to 0..1 over the first `RERANKED`. It says nothing for the
    others, so that they stay behind those, in their order.

    Args:
        reranker: reads the question with each of the first passages.
        question: any text.
        passages: best first, with scores from 0 to 1.
    """
    first = passages[:RERANKED]
    if not first:
        return ()
    raw = reranker.scores(question, [_read(passage) for passage in first])
    low, span = min(raw), max(raw) - min(raw)
    said = [(score - low) / span if span else 0.0 for score in raw]
    said += [0.0] * (len(passages) - len(first))
    mixed = [
        replace(passage, score=RERANKER_WEIGHT * score + (1 - RERANKER_WEIGHT) * passage.score)
        for passage, score in zip(passages, said, strict=True)
    ]
    return tuple(sorted(mixed, key=lambda passage: -passage.score))  # equal ones stay in order


def _read(passage: Passage) -> str:
    """What the model reads of a passage: like the encoder, its title and headings too."""
    parts = (passage.source.title, *passage.chunk.heading_path, passage.chunk.text)
    return "\n".join(parts)

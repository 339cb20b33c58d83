"""Decides whether the library answers a question, or only comes near its topic."""

from collections.abc import Sequence

from knowledge.quoting import Sentence
from knowledge.search import Found

LEAST_CONFIDENCE = 0.46
WORDS_WEIGHT = 0.3


def confidence(found: Found | None, ranked: Sequence[Sentence]) -> float:
    """How sure it is that the library answers a question."""
    if found is None or not ranked:
        return 0.0
    near = max(passage.similarity for passage in found.passages)
    return near + WORDS_WEIGHT * ranked[0].coverage

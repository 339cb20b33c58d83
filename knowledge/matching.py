"""Late interaction: how well single words of a question are met by passages and sentences.

Each token of the question looks for its nearest token (Khattab and Zaharia 2020,
doi:10.1145/3397271.3401075, max-sim); the vectors were computed at ingest, so a question costs only
the comparison. Tokens count by the rarity of their words.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Snapshot
from knowledge.model import Chunk
from knowledge.question import Question

NEIGHBOURS = 4  # passages before and after that lend their words to a passage
NEIGHBOUR_SHARE = 0.5

Similarities = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Matched:
    """The tokens of one passage beside those of the question.

    Attributes:
        similarities: cosines, (question tokens, passage tokens).
        starts: (passage tokens,), offsets in the passage; negative for title and headings.
        values: (passage tokens, token dimensions), the passage's token vectors.
    """

    similarities: Similarities
    starts: NDArray[np.int32]
    values: NDArray[np.float32]

    def best(self) -> Similarities:
        """For each token of the question its nearest in the passage, title and headings too."""
        nearest: Similarities = self.similarities.max(axis=1, initial=0.0)
        return nearest


class Matcher:
    """Compares one question with passages; remembers what it compared."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        self._snapshot = snapshot
        self._question = question
        self._matched: dict[tuple[str, int], Matched] = {}

    def matched(self, source_id: str, row: int) -> Matched:
        """The question beside the passage number `row` of a source."""
        key = (source_id, row)
        if key not in self._matched:
            values, scales, starts = self._snapshot.vectors(source_id).tokens(row)
            floats = values * scales[:, None]
            similarities = self._question.vectors.tokens @ floats.T
            self._matched[key] = Matched(similarities=similarities, starts=starts, values=floats)
        return self._matched[key]

    def score(self, chunk: Chunk) -> float:
        """How well a passage, and by half its neighbourhood, meets the question, 0 to 1."""
        count = len(self._snapshot.vectors(chunk.source_id).ids)
        first = max(0, chunk.ordinal - NEIGHBOURS)
        near = range(first, min(count, chunk.ordinal + NEIGHBOURS + 1))
        best = {row: self.matched(chunk.source_id, row).best() for row in near}
        around = np.max(list(best.values()), axis=0)
        met = (1 - NEIGHBOUR_SHARE) * best[chunk.ordinal] + NEIGHBOUR_SHARE * around
        return float(self._question.token_weights @ met)

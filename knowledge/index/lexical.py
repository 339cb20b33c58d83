"""BM25 over words."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np

from knowledge.index.spelling import Spelling
from knowledge.words import stems, words

K1 = 1.5
B = 0.75


class LexicalIndex:
    """Scores every chunk of a build by the words it shares with a question."""

    def __init__(self, directory: Path) -> None:
        self._bm25 = bm25s.BM25.load(directory, mmap=True, load_corpus=False)

    @staticmethod
    def write(directory: Path, texts: Iterable[str]) -> None:
        """Builds and stores the index; the n-th text is row n."""
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        bm25.index([words(text) or [""] for text in texts], show_progress=False)
        bm25.save(directory)

    def best(
        self, question: str, limit: int, *, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Rows that share a word with the question, with their BM25 score, best first.

        Args:
            question: any text.
            limit: most rows.
            among: the rows to look at, or None for all.
        """
        tokens = self._known(words(question))
        if not tokens or (among is not None and not len(among)):
            return []
        scores = self._bm25.get_scores(tokens)
        if among is not None:
            rows = np.asarray(among)
            top = rows[np.argsort(-scores[rows], kind="stable")[:limit]]
            return [(int(row), float(scores[row])) for row in top if scores[row] > 0]
        top = np.argsort(-scores, kind="stable")[:limit]
        return [(int(row), float(scores[row])) for row in top if scores[row] > 0]

    def count(self) -> int:
        """How many chunks are known."""
        return int(self._bm25.scores["num_docs"])

    def rarity(self, tokens: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each token; a token in no chunk is missing."""
        vocabulary: dict[str, int] = self._bm25.vocab_dict
        indptr = self._bm25.scores["indptr"]
        total = int(self._bm25.scores["num_docs"])
        found = {}
        for token in tokens:
            if token in vocabulary:
                column = vocabulary[token]
                holders = int(indptr[column + 1] - indptr[column])
                found[token] = float(np.log(1 + (total - holders + 0.5) / (holders + 0.5)))
        return found

    def meant(self, word: str) -> tuple[str, ...]:
        """What a word that stands in no chunk was meant to be; see `Spelling.meant`."""
        if stems([word])[0] in self._bm25.vocab_dict:
            return ()
        return self._spelling.meant(word)

    @cached_property
    def _spelling(self) -> Spelling:
        holders = np.diff(self._bm25.scores["indptr"]).tolist()
        vocabulary: dict[str, int] = self._bm25.vocab_dict
        # behind the stems of the chunks, bm25s keeps the empty one of texts without words
        return Spelling({stem: holders[at] for stem, at in vocabulary.items() if at < len(holders)})

    def _known(self, tokens: Iterable[str]) -> list[str]:
        return [token for token in tokens if token in self._bm25.vocab_dict]

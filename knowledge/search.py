"""Finds the passages for a question: dense and lexical search, fused into one list."""

import re
from collections.abc import Collection, Iterable, Mapping

from knowledge.encoders import Encoder
from knowledge.index import Snapshot, SnapshotKeeper
from knowledge.model import Chunk, Passage
from knowledge.words import words

CANDIDATES = 50
DENSE_WEIGHT = 0.5
TITLE_WEIGHT = 0.3  # of a question that names the source, against 1 for what the passage says
NUMBER_WEIGHT = 3.0
SAME_WORDS = 0.8  # share of common words above which two passages are copies

_DIGIT = re.compile(r"\d")


class Searcher:
    """Finds passages in the build in service; one thread at a time."""

    def __init__(self, *, encoder: Encoder, snapshots: SnapshotKeeper) -> None:
        self.encoder = encoder
        self.snapshots = snapshots

    def search(
        self, question: str, *, limit: int = 10, hidden: Collection[str] = ()
    ) -> tuple[Passage, ...]:
        """Passages for a question, best first; see `search`.

        Raises:
            CaveatError: when no build can be used.
        """
        return search(self.snapshots.current(), self.encoder, question, limit=limit, hidden=hidden)

    def close(self) -> None:
        """Lets go of the index."""
        self.snapshots.close()


def search(
    snapshot: Snapshot,
    encoder: Encoder,
    question: str,
    *,
    limit: int = 10,
    hidden: Collection[str] = (),
) -> tuple[Passage, ...]:
    """Passages for a question, best first, none from the `hidden` sources.

    The score is the mean of the cosine similarity and the BM25 score, each scaled to 0..1 over
    the candidates of both searches (min-max fusion; it needs no tuning and beats reciprocal
    ranks when one of the two is weak, see Bruch et al. 2023, doi:10.1145/3596512).
    """
    if not snapshot.manifest.chunks or not question.strip():
        return ()
    vector = encoder.encode_queries([question])[0]
    depth = max(CANDIDATES, limit)
    dense = dict(snapshot.nearest(vector, depth, hidden=hidden))
    lexical = dict(snapshot.matching(question, depth, hidden=hidden))
    if not dense:
        return ()
    dense |= snapshot.similarities(vector, [found for found in lexical if found not in dense])
    fused = _fuse(dense, lexical)
    chunks = snapshot.chunks(list(fused))
    named = _named(snapshot, question)
    for chunk_id, chunk in chunks.items():
        fused[chunk_id] = (fused[chunk_id] + TITLE_WEIGHT * named[chunk.source_id]) / (
            1 + TITLE_WEIGHT
        )
    ranked = sorted(fused, key=lambda chunk_id: (-fused[chunk_id], chunk_id))
    return tuple(
        Passage(
            chunk=chunk,
            source=snapshot.sources[chunk.source_id],
            score=fused[chunk.id],
            similarity=dense[chunk.id],
        )
        for chunk in _distinct([chunks[chunk_id] for chunk_id in ranked], limit)
    )


def weigh_words(snapshot: Snapshot, question: str) -> dict[str, float]:
    """What each word of a question counts, adding up to 1: rare words more than common ones.

    A word with a digit counts `NUMBER_WEIGHT` times: "14110", "53" and "3.1" name one thing and
    no other. A word that the library lacks counts like its rarest.
    """
    asked = list(dict.fromkeys(words(question)))
    rarity = snapshot.rarity(asked)
    unknown = max(rarity.values(), default=1.0)
    weights = {
        word: rarity.get(word, unknown) * (NUMBER_WEIGHT if _DIGIT.search(word) else 1.0)
        for word in asked
    }
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()}


def _named(snapshot: Snapshot, question: str) -> dict[str, float]:
    """How far a question names each source: the share of its words that stand in the title."""
    weights = weigh_words(snapshot, question)
    return {
        source_id: sum(weights.get(word, 0.0) for word in title)
        for source_id, title in snapshot.title_words.items()
    }


def _distinct(chunks: Iterable[Chunk], limit: int) -> list[Chunk]:
    """The first chunks that do not repeat one before them, as copies of a law in a library do."""
    kept: list[tuple[Chunk, set[str]]] = []
    for chunk in chunks:
        if len(kept) == limit:
            break
        held = set(words(chunk.text))
        if not any(_same(held, other) for _, other in kept):
            kept.append((chunk, held))
    return [chunk for chunk, _ in kept]


def _same(one: set[str], other: set[str]) -> bool:
    return len(one & other) > SAME_WORDS * max(len(one), len(other))


def _fuse(dense: Mapping[str, float], lexical: Mapping[str, float]) -> dict[str, float]:
    near, shared = _scaled(dense), _scaled({**dict.fromkeys(dense, 0.0), **lexical})
    return {
        chunk_id: DENSE_WEIGHT * near[chunk_id] + (1 - DENSE_WEIGHT) * shared[chunk_id]
        for chunk_id in near
    }


def _scaled(scores: Mapping[str, float]) -> dict[str, float]:
    low, high = min(scores.values()), max(scores.values())
    span = high - low
    return {key: (score - low) / span if span else 0.0 for key, score in scores.items()}

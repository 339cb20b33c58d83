"""Finds the passages for a question: dense and lexical search, fused into one list."""

from collections.abc import Mapping

from knowledge.encoders import Encoder
from knowledge.index import Snapshot, SnapshotKeeper
from knowledge.model import Passage

CANDIDATES = 50
DENSE_WEIGHT = 0.5


class Searcher:
    """Finds passages in the build in service; one thread at a time."""

    def __init__(self, *, encoder: Encoder, snapshots: SnapshotKeeper) -> None:
        self.encoder = encoder
        self.snapshots = snapshots

    def search(self, question: str, *, limit: int = 10) -> tuple[Passage, ...]:
        """Passages for a question, best first.

        Raises:
            CaveatError: when no build can be used.
        """
        return search(self.snapshots.current(), self.encoder, question, limit=limit)

    def close(self) -> None:
        """Lets go of the index."""
        self.snapshots.close()


def search(
    snapshot: Snapshot, encoder: Encoder, question: str, *, limit: int = 10
) -> tuple[Passage, ...]:
    """Passages for a question, best first.

    The score is the mean of the cosine similarity and the BM25 score, each scaled to 0..1 over
    the candidates of both searches (min-max fusion; it needs no tuning and beats reciprocal
    ranks when one of the two is weak, see Bruch et al. 2023, doi:10.1145/3596512).
    """
    if not snapshot.manifest.chunks or not question.strip():
        return ()
    vector = encoder.encode_queries([question])[0]
    dense = dict(snapshot.nearest(vector, CANDIDATES))
    lexical = dict(snapshot.matching(question, CANDIDATES))
    dense |= snapshot.similarities(vector, [found for found in lexical if found not in dense])
    fused = _fuse(dense, lexical)
    best = sorted(fused, key=lambda chunk_id: (-fused[chunk_id], chunk_id))[:limit]
    chunks = snapshot.chunks(best)
    return tuple(
        Passage(
            chunk=chunks[chunk_id],
            source=snapshot.sources[chunks[chunk_id].source_id],
            score=fused[chunk_id],
            similarity=dense[chunk_id],
        )
        for chunk_id in best
    )


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

"""Nearest vectors, by Chroma."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

COLLECTION = "chunks"
BATCH = 1_000

STORE_ERRORS = (ChromaError, sqlite3.Error)

Vector = NDArray[np.float32]


class DenseIndex:
    """The vectors of one build; distances are cosine."""

    def __init__(self, directory: Path, *, create: bool = False) -> None:
        self._client = chromadb.PersistentClient(
            str(directory), settings=Settings(anonymized_telemetry=False)
        )
        try:
            # without embedding_function=None Chroma fetches a model of its own
            if create:
                self._collection = self._client.create_collection(
                    COLLECTION,
                    configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
                    embedding_function=None,
                )
            else:
                self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        except BaseException:
            self.close()  # Chroma would give the same client to whoever opens this folder next
            raise

    def close(self) -> None:
        """Flushes and lets go of the files."""
        self._client.close()  # type: ignore[attr-defined]  # ClientAPI lacks what Client has

    def count(self) -> int:
        """How many vectors are stored."""
        return self._collection.count()

    def put(self, vectors: Mapping[str, Vector]) -> None:
        """Adds or replaces vectors by chunk id."""
        ids = list(vectors)
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            self._collection.upsert(
                ids=batch, embeddings=np.stack([vectors[chunk_id] for chunk_id in batch])
            )

    def drop(self, ids: Sequence[str]) -> None:
        """Removes vectors by chunk id."""
        for start in range(0, len(ids), BATCH):
            self._collection.delete(ids=list(ids[start : start + BATCH]))

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Ids of the nearest chunks with their cosine similarity, nearest first."""
        found = self._collection.query(
            query_embeddings=vector.reshape(1, -1), n_results=limit, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [
            (chunk_id, 1.0 - distance)
            for chunk_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def all(self) -> Iterator[tuple[str, Vector]]:
        """Every chunk id with its vector."""
        for start in range(0, self.count(), BATCH):
            found = self._collection.get(limit=BATCH, offset=start, include=["embeddings"])
            vectors = np.asarray(found["embeddings"], dtype=np.float32)
            yield from zip(found["ids"], vectors, strict=True)

    def similarities(self, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        """Cosine similarity of these chunks to `vector`, by id."""
        if not ids:
            return {}
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        embeddings = np.asarray(found["embeddings"], dtype=np.float32)
        cosines = embeddings @ vector / np.maximum(np.linalg.norm(embeddings, axis=1), 1e-12)
        return dict(zip(found["ids"], cosines.tolist(), strict=True))


def copy_dense(source: Path, target: Path) -> None:
    """Copies a build's vectors, consistently even while a reader has them open."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("chroma.sqlite3*"))
    with (
        sqlite3.connect(
            f"{(source / 'chroma.sqlite3').absolute().as_uri()}?mode=ro", uri=True
        ) as old,
        sqlite3.connect(target / "chroma.sqlite3") as new,
    ):
        old.backup(new)
    old.close()
    new.close()

"""Nearest vectors, by Chroma."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from knowledge.index.sharing import private_copy

COLLECTION = "chunks"
BATCH = 1_000

STORE_ERRORS = (ChromaError, sqlite3.Error)

Vector = NDArray[np.float32]


class DenseIndex:
    """The vectors of one build; distances are cosine."""

    def __init__(
        self, directory: Path, *, create: bool = False, private: Path | None = None
    ) -> None:
        """Opens or makes the index.

        Args:
            directory: where it lies; Chroma writes into it, even when it only reads.
            create: makes a new one.
            private: a folder to remove in the end.
        """
        self._private = private
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

    @classmethod
    def published(cls, directory: Path) -> Self:
        """The vectors of a published build, which stay untouched: a copy is opened."""
        private = private_copy(directory)
        try:
            return cls(private, private=private)
        except BaseException:
            shutil.rmtree(private, ignore_errors=True)
            raise

    def close(self) -> None:
        """Flushes and lets go of the files."""
        self._client.close()  # type: ignore[attr-defined]  # ClientAPI lacks what Client has
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)

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


def copy_dense(source: Path, target: Path) -> None:
    """Copies a published build's vectors for a new one.

    Raises:
        sqlite3.DatabaseError: when they are damaged. Chroma itself must not find that out: it
            would keep the failed client for whoever opens `target` next.
    """
    shutil.copytree(source, target)
    database = sqlite3.connect(target / "chroma.sqlite3")
    try:
        found = database.execute("PRAGMA quick_check").fetchone()
    finally:
        database.close()
    if found != ("ok",):
        raise sqlite3.DatabaseError(f"the database of vectors is damaged ({found[0]})")

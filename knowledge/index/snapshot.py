"""Reads one build, and follows the build in service."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import CaveatError
from knowledge.index.catalogue import Catalogue
from knowledge.index.dense import DenseIndex
from knowledge.index.lexical import LexicalIndex
from knowledge.index.manifest import (
    Manifest,
    current_build,
    index_dir,
    read_build_manifest,
    require_current,
    unreadable,
)
from knowledge.model import Chunk, Source


class Snapshot:
    """One immutable build, open for reading by one thread at a time."""

    def __init__(self, directory: Path) -> None:
        self.manifest: Manifest = read_build_manifest(directory)
        try:
            self._catalogue = Catalogue(directory / "catalogue.db")
            self._lexical = (
                LexicalIndex(directory / "lexical") if (directory / "lexical").is_dir() else None
            )
            self._dense = DenseIndex(directory / "chroma")
        except Exception as error:  # every store raises errors of its own for a damaged file
            raise unreadable(directory, error) from error

    def close(self) -> None:
        """Lets go of the build's files."""
        self._catalogue.close()
        self._dense.close()

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source of the build, by id."""
        return self._catalogue.sources

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Chunks by id; an unknown id is missing from the result."""
        return self._catalogue.chunks(ids)

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Chunk ids with their cosine similarity to `vector`, nearest first."""
        return self._dense.nearest(vector, min(limit, self.manifest.chunks))

    def similarities(self, vector: NDArray[np.float32], ids: Sequence[str]) -> dict[str, float]:
        """Cosine similarity of these chunks to `vector`, by chunk id."""
        return self._dense.similarities(vector, ids)

    def matching(self, question: str, limit: int) -> list[tuple[str, float]]:
        """Chunk ids that share words with the question, with their BM25 score, best first."""
        if self._lexical is None:
            return []
        rows = self._lexical.best(question, limit)
        ids = self._catalogue.ids_at([row for row, _ in rows])
        return [(chunk_id, score) for chunk_id, (_, score) in zip(ids, rows, strict=True)]

    def rarity(self, tokens: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each token; a token in no chunk is missing."""
        return self._lexical.rarity(tokens) if self._lexical else {}


def open_snapshot(data_dir: Path) -> Snapshot:
    """The build in service.

    Raises:
        IndexMissingError: when nothing was published yet.
        IndexUnreadableError: when the build is damaged.
    """
    return Snapshot(index_dir(data_dir) / require_current(data_dir))


class SnapshotKeeper:
    """Always has the build in service open; looks for a new one whenever it is asked."""

    def __init__(self, data_dir: Path, accept: Callable[[Manifest], None]) -> None:
        """Opens nothing yet.

        Args:
            data_dir: the data folder.
            accept: raises when a build cannot be used, for instance because of its encoder.
        """
        self._data_dir = data_dir
        self._accept = accept
        self._open: Snapshot | None = None

    def current(self) -> Snapshot:
        """The build in service; a new one that cannot be opened leaves the old one in use.

        Raises:
            CaveatError: when no build can be used.
        """
        build = require_current(self._data_dir)
        if self._open is None:
            self._open = self._try(build)
        elif self._open.manifest.build != build:
            try:
                fresh = self._try(build)
            except CaveatError:
                return self._open
            self._open.close()
            self._open = fresh
        return self._open

    def moved(self) -> bool:
        """Whether another build is in service than the one that is open."""
        return self._open is not None and current_build(self._data_dir) != self._open.manifest.build

    def close(self) -> None:
        """Lets go of the open build."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _try(self, build: str) -> Snapshot:
        directory = index_dir(self._data_dir) / build
        self._accept(read_build_manifest(directory))
        return Snapshot(directory)

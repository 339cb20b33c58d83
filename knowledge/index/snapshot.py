"""Reads one build, and follows the build in service."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import CaveatError, IndexUnreadableError
from knowledge.index.catalogue import Catalogue
from knowledge.index.chronicle import Chronicle
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
from knowledge.index.naming import FILE as NAMES
from knowledge.index.naming import Naming, read_naming
from knowledge.index.segmenting import has_segments
from knowledge.index.segments import Segments, SourceVectors
from knowledge.model import Chunk, Source


class Snapshot:
    """One immutable build, open for reading by one thread at a time.

    Every method raises IndexUnreadableError when the build turns out to be damaged.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.manifest: Manifest = read_build_manifest(directory)
        self._provisions: dict[str, tuple[str, ...]] | None = None
        chunks = self.manifest.chunks
        if not has_segments(directory):
            raise IndexUnreadableError(
                f"The index build {directory.name} was made by an earlier version of Caveat and "
                "lacks token vectors. Run `python -m ingest rebuild`; nothing is read again."
            )
        with self._reading():
            self._catalogue = Catalogue(directory / "catalogue.db")
            self.naming: Naming = read_naming(directory / NAMES)
            self._segments = Segments(
                directory, self.manifest.encoder_identity().key, self._catalogue.keys_of
            )
            self._lexical = LexicalIndex(directory / "lexical") if chunks else None
            self._dense = DenseIndex.published(directory / "chroma")
            if self._dense.count() != chunks:
                raise ValueError(f"it holds {self._dense.count()} vectors for {chunks} chunks")

    def close(self) -> None:
        """Lets go of the build's files."""
        self._segments.close()
        self._catalogue.close()
        self._dense.close()

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source of the build, by id."""
        return self._catalogue.sources

    def locators(self) -> dict[str, tuple[str, ...]]:
        """The paths and URLs of each source, by source id."""
        with self._reading():
            return self._catalogue.locators()

    def chronicle(self) -> Chronicle:
        """What the build tells of its sources' past."""
        with self._reading():
            return self._catalogue.chronicle()

    def passage_counts(self) -> dict[str, int]:
        """How many chunks each source has, by source id; one without is missing."""
        with self._reading():
            return self._catalogue.passage_counts()

    def chunks_of(self, source_id: str) -> tuple[Chunk, ...]:
        """All chunks of a source, in order; none when the build lacks it."""
        with self._reading():
            return self._catalogue.chunks_of(source_id)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Chunks by id; an unknown id is missing from the result."""
        with self._reading():
            return self._catalogue.chunks(ids)

    def nearest(
        self, vector: NDArray[np.float32], limit: int, *, hidden: Collection[str] = ()
    ) -> list[tuple[str, float]]:
        """Chunk ids with their cosine similarity to `vector`, nearest first.

        Args:
            vector: of the question.
            limit: most chunks.
            hidden: sources to act as if the library lacked them.
        """
        with self._reading():
            without = self._catalogue.ids_of(hidden)
            wanted = min(limit + len(without), self.manifest.chunks)
            found = self._dense.nearest(vector, wanted)
        return [near for near in found if near[0] not in without][:limit]

    def similarities(self, vector: NDArray[np.float32], ids: Sequence[str]) -> dict[str, float]:
        """Cosine similarity of these chunks to `vector`, by chunk id."""
        with self._reading():
            wanted: dict[str, list[tuple[str, int]]] = {}
            for chunk_id, (source_id, row) in self._catalogue.places(ids).items():
                wanted.setdefault(source_id, []).append((chunk_id, row))
            return {
                chunk_id: float(vectors[row] @ vector)
                for source_id, places in wanted.items()
                for vectors in [self._segments.source(source_id).vectors]
                for chunk_id, row in places
            }

    def places(self, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """The source of each of these chunks and its row in `vectors(source)`, by chunk id."""
        with self._reading():
            return self._catalogue.places(ids)

    def vectors(self, source_id: str) -> SourceVectors:
        """The vectors and token vectors of a source of this build."""
        with self._reading():
            return self._segments.source(source_id)

    def nearest_among(
        self, sources: Sequence[str], vector: NDArray[np.float32], limit: int
    ) -> dict[str, float]:
        """The chunks of these sources nearest to `vector`, with their cosine similarity, by id."""
        found: list[tuple[float, str]] = []
        for source_id in sources:
            held = self.vectors(source_id)
            found += zip((held.vectors @ vector).tolist(), held.ids, strict=True)
        return {chunk_id: score for score, chunk_id in sorted(found, reverse=True)[:limit]}

    def matching(
        self,
        question: str,
        limit: int,
        *,
        hidden: Collection[str] = (),
        among: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Chunk ids that share words with the question, with their BM25 score, best first.

        Args:
            question: any text.
            limit: most chunks.
            hidden: sources to act as if the library lacked them.
            among: sources to look at, or None for all.
        """
        if self._lexical is None:
            return []
        with self._reading():
            without = self._catalogue.ids_of(hidden)
            rows = None if among is None else self._catalogue.rows_of(among)
            best = self._lexical.best(question, limit + len(without), among=rows)
            ids = self._catalogue.ids_at([row for row, _ in best])
        scored = zip(ids, (score for _, score in best), strict=True)
        return [match for match in scored if match[0] not in without][:limit]

    def referred(self, provisions: Sequence[str], *, hidden: Collection[str] = ()) -> list[str]:
        """Ids of the chunks under the headings of these provisions, such as "article 53(2)"."""
        if not provisions:
            return []
        with self._reading():
            without = self._catalogue.ids_of(hidden)
            found = [key for name in provisions for key in self._catalogue.under(name)]
        return [chunk_id for chunk_id in dict.fromkeys(found) if chunk_id not in without]

    def provisions(self) -> Mapping[str, tuple[str, ...]]:
        """The provisions that each source holds by its headings or title, by source id."""
        if self._provisions is None:
            with self._reading():
                self._provisions = self._catalogue.provisions()
        return self._provisions

    def vector_keys(self) -> dict[str, str]:
        """The library's key of each chunk's vector, by chunk id."""
        return self._catalogue.vector_keys()

    def count_vectors(self) -> int:
        """How many vectors the build holds."""
        return self._dense.count()

    def count_words(self) -> int:
        """How many chunks word search knows."""
        return self._lexical.count() if self._lexical else 0

    def all_vectors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Every chunk id with its vector."""
        return self._dense.all()

    def rarity(self, tokens: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each token; a token in no chunk is missing."""
        with self._reading():
            return self._lexical.rarity(tokens) if self._lexical else {}

    def meant(self, word: str) -> tuple[str, ...]:
        """Forms of the word that was meant by one that stands in no chunk; none when none is near.

        See `Spelling.meant`.
        """
        with self._reading():
            return self._lexical.meant(word) if self._lexical else ()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # every store raises errors of its own for a damaged file
            raise unreadable(self._directory, error) from error


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
        served = self._open
        try:
            build = require_current(self._data_dir)
            if served is None or served.manifest.build != build:
                fresh = self._try(build)
                self.close()
                self._open = served = fresh
        except CaveatError:
            if served is None:
                raise
        return served

    def moved(self) -> bool:
        """Whether another build is in service than the one that is open."""
        try:
            build = current_build(self._data_dir)
        except CaveatError:
            return False
        return self._open is not None and build != self._open.manifest.build

    def close(self) -> None:
        """Lets go of the open build."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _try(self, build: str) -> Snapshot:
        directory = index_dir(self._data_dir) / build
        self._accept(read_build_manifest(directory))
        return Snapshot(directory)

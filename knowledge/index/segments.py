"""The vectors and token vectors of a build, a file for each source.

A file is named by what it was made of, so a source that did not change shares it with the build
before. Its bytes: a header, then little-endian arrays:

    pointers  int64   (chunks + 1,)        where the tokens of each chunk begin
    vectors   float32 (chunks, dimensions)
    values    int8    (tokens, token dimensions)
    starts    int32   (tokens,)            after up to three bytes of padding
    scales    float32 (tokens,)
"""

import hashlib
import mmap
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SEGMENTS = "segments"
MOST_OPEN = 256  # files mapped at once; the system's usual limit of open files is 1024

Keys = tuple[tuple[str, str], ...]
Tokens = tuple[NDArray[np.int8], NDArray[np.float32], NDArray[np.int32]]

_MAGIC = b"CVTSEG01"
_HEADER = struct.Struct("<8sIIQQ")  # magic, dimensions, token dimensions, chunks, tokens


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Where the arrays of a file begin, in bytes."""

    dimensions: int
    token_dimensions: int
    chunks: int
    tokens: int

    @property
    def pointers(self) -> int:
        """Behind the header."""
        return _HEADER.size

    @property
    def vectors(self) -> int:
        """Behind the pointers."""
        return self.pointers + 8 * (self.chunks + 1)

    @property
    def values(self) -> int:
        """Behind the vectors."""
        return self.vectors + 4 * self.chunks * self.dimensions

    @property
    def starts(self) -> int:
        """Behind the values, at a multiple of four."""
        return -(-(self.values + self.tokens * self.token_dimensions) // 4) * 4

    @property
    def scales(self) -> int:
        """Behind the starts."""
        return self.starts + 4 * self.tokens

    @property
    def size(self) -> int:
        """Of the whole file."""
        return self.scales + 4 * self.tokens

    def header(self) -> bytes:
        """What stands at the beginning of the file."""
        return _HEADER.pack(
            _MAGIC, self.dimensions, self.token_dimensions, self.chunks, self.tokens
        )

    @classmethod
    def read(cls, path: Path) -> "Layout":
        """The layout of a file.

        Raises:
            ValueError: when it is no segment, or not as long as its header says.
            OSError: when it cannot be read.
        """
        with path.open("rb") as file:
            start = file.read(_HEADER.size)
        if len(start) != _HEADER.size or not start.startswith(_MAGIC):
            raise ValueError(f"{path.name} is no file of vectors")
        _, dimensions, token_dimensions, chunks, tokens = _HEADER.unpack(start)
        layout = cls(
            dimensions=dimensions,
            token_dimensions=token_dimensions,
            chunks=chunks,
            tokens=tokens,
        )
        if (found := path.stat().st_size) != layout.size:
            raise ValueError(f"{path.name} has {found} bytes instead of {layout.size}")
        return layout


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SourceVectors:
    """The vectors of one source, mapped from its file; nobody may write into them.

    Attributes:
        ids: of the source's chunks; a chunk's row is its place here, and its ordinal.
        vectors: of length one: float32 (chunks, dimensions).
    """

    ids: tuple[str, ...]
    vectors: NDArray[np.float32]
    _pointers: NDArray[np.int64]
    _values: NDArray[np.int8]
    _scales: NDArray[np.float32]
    _starts: NDArray[np.int32]

    def tokens(self, row: int) -> Tokens:
        """The tokens of the content words of a chunk, as three views.

        Returns:
            values: int8 (tokens, dimensions); times its scale, each is a vector of length one.
            scales: float32 (tokens,).
            starts: int32 (tokens,), the offset of each token in the chunk's text, in characters;
                negative for those of the title and headings in front of it.
        """
        tokens = slice(int(self._pointers[row]), int(self._pointers[row + 1]))
        return self._values[tokens], self._scales[tokens], self._starts[tokens]


class Segments:
    """The files of a build, each opened when it is first asked for."""

    def __init__(self, directory: Path, encoder_key: str, keys: Callable[[str], Keys]) -> None:
        """Opens nothing yet.

        Args:
            directory: of the build.
            encoder_key: of the model behind its vectors.
            keys: gives id and vector key of each of a source's chunks, in order.
        """
        self._directory = directory / SEGMENTS
        self._encoder_key = encoder_key
        self._keys = keys
        self._cached = lru_cache(maxsize=MOST_OPEN)(self._open)

    def source(self, source_id: str) -> SourceVectors:
        """The vectors of a source.

        Raises:
            ValueError: when its file is damaged.
            OSError: when its file is missing or cannot be read.
        """
        return self._cached(source_id)

    def close(self) -> None:
        """Lets go of the files that nobody looks at any more."""
        self._cached.cache_clear()

    def _open(self, source_id: str) -> SourceVectors:
        keys = self._keys(source_id)
        path = self._directory / segment_name(self._encoder_key, keys)
        return map_segment(path, tuple(chunk_id for chunk_id, _ in keys))


def segment_name(encoder_key: str, keys: Iterable[tuple[str, str]]) -> str:
    """The name of the file for these chunks, given by id and vector key, in order."""
    digest = hashlib.sha256(encoder_key.encode())
    for chunk_id, text_hash in keys:
        digest.update(f"\n{chunk_id} {text_hash}".encode())
    return f"{digest.hexdigest()}.seg"


def map_segment(path: Path, ids: tuple[str, ...]) -> SourceVectors:
    """The vectors in a file, whose pages the system reads when they are looked at.

    Raises:
        ValueError: when the file is damaged or holds another number of chunks.
        OSError: when it cannot be read.
    """
    layout = Layout.read(path)
    if layout.chunks != len(ids):
        raise ValueError(f"{path.name} holds {layout.chunks} chunks instead of {len(ids)}")
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    tokens, width = layout.tokens, layout.token_dimensions
    pointers = np.frombuffer(data, "<i8", layout.chunks + 1, layout.pointers)
    if pointers[0] != 0 or pointers[-1] != tokens or (np.diff(pointers) < 0).any():
        raise ValueError(f"{path.name} does not know where its tokens are")
    vectors = np.frombuffer(data, "<f4", layout.chunks * layout.dimensions, layout.vectors)
    values = np.frombuffer(data, "<i1", tokens * width, layout.values)
    return SourceVectors(
        ids=ids,
        vectors=vectors.reshape(layout.chunks, layout.dimensions),
        _pointers=pointers,
        _values=values.reshape(tokens, width),
        _scales=np.frombuffer(data, "<f4", tokens, layout.scales),
        _starts=np.frombuffer(data, "<i4", tokens, layout.starts),
    )

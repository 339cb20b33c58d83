"""Vectors of the single tokens of a text, as late interaction compares them."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.words import is_function_word

Vectors = NDArray[np.float32]

_VERSION = 1
_HEADER = struct.Struct("<HHII")  # version, dimensions, tokens, characters
_LARGEST = 127  # of a signed byte, the same in both directions
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class RawEncoding:
    """What a model says of one text; special tokens and padding are left out.

    Attributes:
        vector: of the whole text: (dimensions,).
        tokens: (tokens, token dimensions); the latter may be others than those of `vector`.
        spans: first character of each token and the one after its last: (tokens, 2).
    """

    vector: Vectors
    tokens: Vectors
    spans: NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TokenVectors:
    """Unit vectors of the content words of a text, a byte a number.

    A vector is `values * scale`; rounding costs less than 0.001 of a cosine.

    Attributes:
        values: int8 (tokens, dimensions).
        scales: float32 (tokens,).
        starts: int32 (tokens,), the offset of each token in the text, in characters.
        length: of the text, in characters.
    """

    values: NDArray[np.int8]
    scales: NDArray[np.float32]
    starts: NDArray[np.int32]
    length: int

    def floats(self) -> Vectors:
        """The vectors, (tokens, dimensions), of length one but for what rounding took."""
        return self.values * self.scales[:, None]

    def to_bytes(self) -> bytes:
        """A blob that `from_bytes` reads: 8 bytes a token and one for each dimension."""
        count, dimensions = self.values.shape
        return b"".join(
            (
                _HEADER.pack(_VERSION, dimensions, count, self.length),
                self.starts.astype("<i4").tobytes(),
                self.scales.astype("<f4").tobytes(),
                self.values.astype("<i1").tobytes(),
            )
        )

    @classmethod
    def from_bytes(cls, blob: bytes) -> Self:
        """What `to_bytes` wrote; the arrays are views of the blob.

        Raises:
            ValueError: when it is damaged or of another version.
        """
        if len(blob) < _HEADER.size:
            raise ValueError(f"token vectors of {len(blob)} bytes are too short")
        version, dimensions, count, length = _HEADER.unpack_from(blob)
        if version != _VERSION:
            raise ValueError(f"token vectors of version {version}, this one reads {_VERSION}")
        expected = _HEADER.size + count * (8 + dimensions)
        if len(blob) != expected:
            raise ValueError(f"token vectors of {len(blob)} bytes instead of {expected}")
        after_starts = _HEADER.size + 4 * count
        starts = np.frombuffer(blob, "<i4", count, _HEADER.size)
        scales = np.frombuffer(blob, "<f4", count, after_starts)
        values = np.frombuffer(blob, "<i1", count * dimensions, after_starts + 4 * count)
        if count and not (starts.min() >= 0 and starts.max() < length):
            raise ValueError("a token lies outside its text")
        if not (np.isfinite(scales).all() and (scales >= 0).all()):
            raise ValueError("a token vector has no usable scale")
        return cls(
            values=values.reshape(count, dimensions), scales=scales, starts=starts, length=length
        )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Encoded:
    """A passage with its tokens.

    Attributes:
        vector: of the whole, of length one: float32 (dimensions,).
        tokens: of its content words.
    """

    vector: Vectors
    tokens: TokenVectors


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class QuestionVectors:
    """A question with its tokens.

    Attributes:
        vector: of the whole, of length one: float32 (dimensions,).
        tokens: of all its tokens, each of length one: float32 (tokens, token dimensions).
        spans: where each token stands in the question: its first character and the one after.
    """

    vector: Vectors
    tokens: Vectors
    spans: tuple[tuple[int, int], ...]


def unit(vectors: Vectors) -> Vectors:
    """The vectors, (number, dimensions), with length one; a vector of zeros stays one."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return scaled


def content_tokens(text: str, raw: RawEncoding, *, prompt: int) -> TokenVectors:
    """The tokens of a passage that stand in a word which is no function word.

    Args:
        text: without the prompt.
        raw: of prompt and text.
        prompt: characters of the prompt.
    """
    inside = np.zeros(len(text), dtype=bool)
    for word in _WORD.finditer(text):
        inside[word.start() : word.end()] = not is_function_word(word.group())
    places = np.append(np.flatnonzero(inside), len(text))
    spans = np.maximum(raw.spans.reshape(-1, 2) - prompt, 0)
    # a token may begin with the space in front of its word
    starts = places[np.searchsorted(places, np.minimum(spans[:, 0], len(text)))]
    kept = starts < spans[:, 1]
    return _quantised(unit(raw.tokens[kept]), starts[kept], len(text))


def question_tokens(raw: RawEncoding, *, prompt: int) -> tuple[Vectors, Sequence[tuple[int, int]]]:
    """All tokens of a question but its prompt's, with their spans in the question."""
    spans = raw.spans.reshape(-1, 2) - prompt
    kept = spans[:, 1] > 0
    places = [(max(0, int(start)), int(end)) for start, end in spans[kept]]
    return unit(raw.tokens[kept]), places


def _quantised(vectors: Vectors, starts: NDArray[np.intp], length: int) -> TokenVectors:
    scales = np.abs(vectors).max(axis=1, initial=0.0) / _LARGEST
    divisors = np.where(scales > 0, scales, 1.0)[:, None]
    return TokenVectors(
        values=np.rint(vectors / divisors).astype(np.int8),
        scales=scales.astype(np.float32),
        starts=starts.astype(np.int32),
        length=length,
    )

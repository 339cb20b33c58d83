"""Writes the vectors and token vectors of each source for a new build."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders import EncoderIdentity, TokenVectors
from knowledge.errors import LibraryError
from knowledge.index.segments import SEGMENTS, Layout, segment_name
from knowledge.index.sharing import link
from knowledge.library import Library
from knowledge.model import Chunk

AT_ONCE = 128  # chunks whose tokens are in memory together, about 4 MB

Found = TypeVar("Found")


def put_segments(
    library: Library,
    encoder: EncoderIdentity,
    sources: Iterable[str],
    directory: Path,
    before: Path | None,
) -> None:
    """Writes a file for each of these sources, or shares the one of the build before.

    Raises:
        LibraryError: when a chunk has no vectors of this encoder.
        OSError: when the disk is full.
    """
    target = directory / SEGMENTS
    target.mkdir()
    for source_id in sources:
        keys = library.chunk_keys(source_id)
        name = segment_name(encoder.key, keys)
        if (target / name).exists():  # sources without a chunk are all alike
            continue
        if before is not None and _is_whole(before / SEGMENTS / name, len(keys)):
            link(before / SEGMENTS / name, target / name)
        else:
            with (target / name).open("xb") as file:
                _write(library, encoder, source_id, file)


def has_segments(build: Path) -> bool:
    """Whether a build has token vectors, which those of earlier versions lack."""
    return (build / SEGMENTS).is_dir()


def chunk_starts(tokens: TokenVectors, chunk: Chunk) -> NDArray[np.int32]:
    """Where tokens begin in a chunk's text; those of what stood in front of it are negative."""
    return tokens.starts - np.int32(tokens.length - len(chunk.text))


def _is_whole(path: Path, chunks: int) -> bool:
    try:
        return Layout.read(path).chunks == chunks
    except (OSError, ValueError):
        return False


def _write(library: Library, encoder: EncoderIdentity, source_id: str, file: BinaryIO) -> None:
    chunks = library.chunks(source_id)
    vectors = library.vectors.get(encoder, [text_hash for _, text_hash in chunks])
    layout = Layout(dimensions=encoder.dimensions, token_dimensions=0, chunks=len(chunks), tokens=0)
    file.seek(layout.vectors)
    file.writelines(
        _held(vectors.get(text_hash), source_id, encoder).astype("<f4").tobytes()
        for _, text_hash in chunks
    )
    counts = [0]
    starts, scales = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.float32)]
    for first in range(0, len(chunks), AT_ONCE):
        batch = chunks[first : first + AT_ONCE]
        found = library.vectors.get_tokens(encoder, [text_hash for _, text_hash in batch])
        for chunk, text_hash in batch:
            tokens = _held(found.get(text_hash), source_id, encoder)
            file.write(tokens.values.tobytes())
            layout = replace(layout, token_dimensions=tokens.values.shape[1])
            counts.append(len(tokens.starts))
            starts.append(chunk_starts(tokens, chunk))
            scales.append(tokens.scales)
    layout = replace(layout, tokens=sum(counts))
    file.write(bytes(layout.starts - file.tell()))
    file.write(np.concatenate(starts).astype("<i4").tobytes())
    file.write(np.concatenate(scales).astype("<f4").tobytes())
    file.seek(0)
    file.write(layout.header())
    file.write(np.cumsum(counts).astype("<i8").tobytes())


def _held(found: Found | None, source_id: str, encoder: EncoderIdentity) -> Found:
    if found is None:
        raise LibraryError(
            f"A chunk of {source_id} has no vectors of {encoder.id}. Run "
            "`python -m ingest rebuild`."
        )
    return found

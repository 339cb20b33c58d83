"""Holds the library and the published index against each other."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from knowledge.encoders import EncoderIdentity
from knowledge.errors import CaveatError, IndexUnreadableError, LibraryError
from knowledge.fingerprint import content_hash
from knowledge.index import Snapshot, current_build, index_dir, read_build_manifest
from knowledge.index.publish import PARTIAL
from knowledge.index.segmenting import AT_ONCE, chunk_starts
from knowledge.library import Holding, Library

NORM_TOLERANCE = 1e-3
SAME_COSINE = 0.9999
SHOWN = 5  # ids named in one problem


def find_problems(library: Library, data_dir: Path) -> list[str]:
    """A sentence for each thing that is not as it should be; none when all is well.

    Looks at documents (hash, spans), vectors (present, dimensions, length, used by a chunk), the
    build in service (counts, chunks, vectors, words, tokens) and what else lies in the
    index folder.
    """
    problems = list(library.damage())
    if problems:
        return problems
    build = current_build(data_dir)
    holdings = library.holdings()
    snapshot = None
    try:
        snapshot = Snapshot(index_dir(data_dir) / build) if build else None
    except CaveatError as error:
        problems.append(str(error))
    encoder = snapshot.manifest.encoder_identity() if snapshot else library.vectors.any_encoder()
    for holding in holdings:
        problems.extend(_document_problems(library, holding))
    if encoder is not None:
        problems.extend(_vector_problems(library, holdings, encoder))
    if build is None and holdings:
        problems.append("Nothing is published. Run `python -m ingest rebuild`.")
    if snapshot is not None:
        problems.extend(_build_problems(library, holdings, snapshot))
        snapshot.close()
    problems.extend(_folder_problems(index_dir(data_dir), build))
    return problems


def _document_problems(library: Library, holding: Holding) -> Iterator[str]:
    name = f"{holding.source.title} ({holding.source.id})"
    found = library.document(holding.source.id)
    if found is None:
        yield f"{name} has no document. Remove it and add it again."
        return
    document, _ = found
    if content_hash(document.text, document.links) != document.content_hash:
        yield f"The text of {name} is not the text that was read. Remove it and add it again."
    if not holding.locators:
        yield f"{name} has no path or address. Remove it and add it again."
    reached = 0
    for chunk, _ in library.chunks(holding.source.id):
        if not reached <= chunk.start < chunk.end <= len(document.text):
            yield f"Chunk {chunk.id} of {name} lies outside its document. Run `ingest rebuild`."
            return
        reached = chunk.end


def _vector_problems(
    library: Library, holdings: tuple[Holding, ...], encoder: EncoderIdentity
) -> Iterator[str]:
    used: set[str] = set()
    for holding in holdings:
        keys = [key for _, key in library.chunk_keys(holding.source.id)]
        used.update(keys)
        vectors = library.vectors.get(encoder, keys)
        missing = len(set(keys) - library.vectors.known(encoder, keys))
        if missing:
            yield (
                f"{missing} chunks of {holding.source.id} have no vector of {encoder.id}. Run "
                "`python -m ingest rebuild`."
            )
        for vector in vectors.values():
            if vector.shape != (encoder.dimensions,):
                yield f"A vector of {holding.source.id} has {vector.size} dimensions. Run rebuild."
                break
            if abs(float(np.linalg.norm(vector)) - 1) > NORM_TOLERANCE:
                yield f"A vector of {holding.source.id} is damaged. Remove it and add it again."
                break
        yield from _token_problems(library, holding, encoder)
    orphans = library.vectors.count_unused(encoder)
    if orphans:
        yield f"{orphans} vectors belong to no chunk. The next ingest drops them."


def _token_problems(library: Library, holding: Holding, encoder: EncoderIdentity) -> Iterator[str]:
    keys = [key for _, key in library.chunk_keys(holding.source.id)]
    for first in range(0, len(keys), AT_ONCE):
        try:
            library.vectors.get_tokens(encoder, keys[first : first + AT_ONCE])
        except CaveatError:
            yield f"Token vectors of {holding.source.id} are damaged. Remove it and add it again."
            return


def _build_problems(
    library: Library, holdings: tuple[Holding, ...], snapshot: Snapshot
) -> Iterator[str]:
    manifest = snapshot.manifest
    held = dict(key for holding in holdings for key in library.chunk_keys(holding.source.id))
    shown = snapshot.vector_keys()
    cure = "Run `python -m ingest rebuild`."
    counts = {"manifest": manifest.chunks, "vectors": snapshot.count_vectors()}
    counts |= {"words": snapshot.count_words(), "catalogue": len(shown)}
    if len(set(counts.values())) > 1:
        listed = ", ".join(f"{name} {number}" for name, number in counts.items())
        yield f"Build {manifest.build} does not agree with itself ({listed}). {cure}"
        return
    if held != shown:
        apart = sorted(held.items() ^ shown.items())
        names = ", ".join(chunk_id for chunk_id, _ in apart[:SHOWN])
        yield f"Build {manifest.build} is not what the library holds (such as {names}). {cure}"
        return
    wrong = _wrong_vectors(library, snapshot)
    if wrong:
        yield (
            f"Build {manifest.build} has other vectors than the library for {len(wrong)} chunks "
            f"(such as {', '.join(wrong[:SHOWN])}). {cure}"
        )
    for holding in holdings:
        try:
            same = _same_segment(library, holding.source.id, snapshot)
        except LibraryError:
            continue  # a problem of the library's own, which is told above
        except CaveatError as error:
            yield str(error)
            return
        if not same:
            name = holding.source.id
            yield f"Build {manifest.build} has damaged token vectors for {name}. {cure}"


def _wrong_vectors(library: Library, snapshot: Snapshot) -> list[str]:
    keys = snapshot.vector_keys()
    cached = library.vectors.get(snapshot.manifest.encoder_identity(), list(keys.values()))
    wrong = []
    for chunk_id, vector in snapshot.all_vectors():
        expected = cached.get(keys.get(chunk_id, ""))
        if expected is None or float(vector @ expected) < SAME_COSINE:
            wrong.append(chunk_id)
    return wrong


def _same_segment(library: Library, source_id: str, snapshot: Snapshot) -> bool:
    """Whether a build has the vectors and tokens of a source that the library has."""
    encoder, held = snapshot.manifest.encoder_identity(), snapshot.vectors(source_id)
    chunks = library.chunks(source_id)
    for first in range(0, len(chunks), AT_ONCE):
        batch = chunks[first : first + AT_ONCE]
        keys = [key for _, key in batch]
        vectors = library.vectors.get(encoder, keys)
        tokens = library.vectors.get_tokens(encoder, keys)
        for row, (chunk, key) in enumerate(batch, start=first):
            if key not in vectors or key not in tokens:
                continue  # told above
            values, scales, starts = held.tokens(row)
            same = (
                np.array_equal(held.vectors[row], vectors[key])
                and np.array_equal(values, tokens[key].values)
                and np.array_equal(scales, tokens[key].scales)
                and np.array_equal(starts, chunk_starts(tokens[key], chunk))
            )
            if not same:
                return False
    return True


def _folder_problems(root: Path, build: str | None) -> Iterator[str]:
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if path.name.startswith(PARTIAL):
            yield f"{path.name} was left by an ingest that was killed. The next one removes it."
        elif path.is_dir() and path.name != build:
            try:
                read_build_manifest(path)
            except IndexUnreadableError:
                yield f"Build {path.name} cannot be read. Remove its folder."

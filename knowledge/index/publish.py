"""Builds an index from the library and puts it in service, all or nothing."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.encoders import EncoderIdentity
from knowledge.errors import IndexUnreadableError, LibraryError
from knowledge.index.catalogue import Catalogue, CatalogueWriter, Entry
from knowledge.index.chronicle import Chronicle, chronicle_of
from knowledge.index.dense import STORE_ERRORS, DenseIndex, copy_dense
from knowledge.index.lexical import LexicalIndex
from knowledge.index.manifest import (
    Manifest,
    current_build,
    flush_directory,
    index_dir,
    read_build_manifest,
    write_durably,
)
from knowledge.index.naming import FILE as NAMES
from knowledge.index.naming import NamingWriter
from knowledge.index.segmenting import has_segments, put_segments
from knowledge.index.sharing import share_tree
from knowledge.library import Holding, Library

MOST_CHANGED = 0.2  # above this share a fresh vector index is cheaper and searches better
PARTIAL = ".building-"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    library: Library
    encoder: EncoderIdentity
    holdings: tuple[Holding, ...]
    chronicle: Chronicle
    directory: Path


def publish(
    library: Library,
    encoder: EncoderIdentity,
    data_dir: Path,
    *,
    fresh: bool = False,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Manifest:
    """The manifest of the build in service after everything in the library was published.

    When the build in service already shows just that, nothing is written.

    Args:
        library: what is published.
        encoder: whose vectors are published.
        data_dir: where builds lie.
        fresh: ignore the build in service, even when it seems up to date.
        progress: told the name of each stage.

    Raises:
        LibraryError: when a chunk has no vector of this encoder, or the index cannot be written;
            the build in service is left as it was.
        OSError: when the disk is full or read-only; the build in service is left as it was.
    """
    root = index_dir(data_dir)
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    holdings = library.holdings()
    before = None if fresh else _in_service(data_dir)
    chronicle = chronicle_of(library, holdings)
    digest = _digest(library, holdings, chronicle, encoder)
    if before and before.digest == digest and has_segments(root / before.build):
        earlier = [path.name for path in root.iterdir() if path.name < before.build]
        _prune(root, keep={before.build, max(earlier, default=None)})  # a kill may have left more
        return before
    now = datetime.now(UTC)
    build = f"{now:%Y%m%dT%H%M%S}-{now:%f}-{digest[:8]}"
    partial = root / f"{PARTIAL}{build}"
    partial.mkdir()
    try:
        plan = _Plan(
            library=library,
            encoder=encoder,
            holdings=holdings,
            chronicle=chronicle,
            directory=partial,
        )
        chunks, lexical = _fill(plan, root / before.build if before else None, progress)
        manifest = Manifest(
            build=build,
            created=now.isoformat(timespec="seconds"),
            encoder=encoder.as_dict(),
            sources=len(holdings),
            chunks=chunks,
            digest=digest,
            lexical=lexical,
        )
        manifest.write(partial)
        _flush_tree(partial)
        partial.rename(root / build)
    except STORE_ERRORS as error:
        raise LibraryError(
            f"The new index in {root} cannot be written ({error}). Free some space or mend its "
            "permissions; the build before it is still in service."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)  # it has moved away when all went well
    flush_directory(root)
    previous = _served(data_dir)
    write_durably(root / "CURRENT", f"{build}\n")
    _prune(root, keep={build, previous})
    return manifest


def _fill(plan: _Plan, before: Path | None, progress: Callable[[str], None]) -> tuple[int, str]:
    progress("catalogue")
    writer = CatalogueWriter(plan.directory / "catalogue.db")
    naming = NamingWriter()
    texts: list[str] = []
    keys: dict[str, str] = {}
    for holding in plan.holdings:
        entries = [
            Entry(chunk=chunk, text_hash=text_hash)
            for chunk, text_hash in plan.library.chunks(holding.source.id)
        ]
        writer.add(holding.source, holding.locators, entries)
        said = [entry.chunk.text for entry in entries]
        naming.add(holding.source, holding.locators, said)
        keys.update((entry.chunk.id, entry.text_hash) for entry in entries)
        texts.extend(
            "\n".join((holding.source.title, *entry.chunk.heading_path, entry.chunk.text))
            for entry in entries
        )
    writer.tell(plan.chronicle)
    writer.close()
    naming.write(plan.directory / NAMES)
    progress("words")
    lexical = _write_words(plan, texts, before)
    progress("vectors")
    _write_vectors(plan, keys, before)
    progress("tokens")
    sources = (holding.source.id for holding in plan.holdings)
    put_segments(plan.library, plan.encoder, sources, plan.directory, before)
    return len(keys), lexical


def _write_words(plan: _Plan, texts: list[str], before: Path | None) -> str:
    """Writes the word index, or shares the one before; the digest of what it is made of."""
    target, digest = plan.directory / "lexical", hashlib.sha256("\0".join(texts).encode())
    try:
        same = before is not None and read_build_manifest(before).lexical == digest.hexdigest()
    except IndexUnreadableError:
        same = False
    if texts and same and before is not None and (before / "lexical").is_dir():
        share_tree(before / "lexical", target)
    elif texts:
        LexicalIndex.write(target, texts)
    return digest.hexdigest()


def _write_vectors(plan: _Plan, keys: dict[str, str], before: Path | None) -> None:
    target = plan.directory / "chroma"
    old_keys = _reusable_keys(plan, before)
    wanted = [chunk_id for chunk_id, key in keys.items() if old_keys.get(chunk_id) != key]
    gone = sorted(old_keys.keys() - keys.keys())
    if before is not None and len(wanted) + len(gone) <= MOST_CHANGED * len(old_keys):
        try:
            if wanted or gone:
                copy_dense(before / "chroma", target)
                _put_vectors(plan, keys, wanted, gone)
            else:
                share_tree(before / "chroma", target)
        except LibraryError:
            raise
        except Exception:  # noqa: BLE001 - the build before is damaged, whatever its store raises
            shutil.rmtree(target, ignore_errors=True)
        else:
            return
    _put_vectors(plan, keys, list(keys), None)


def _put_vectors(
    plan: _Plan, keys: dict[str, str], wanted: Sequence[str], gone: Sequence[str] | None
) -> None:
    """Stores the wanted vectors and drops those gone; None makes the store first."""
    dense = DenseIndex(plan.directory / "chroma", create=gone is None)
    try:
        dense.drop(gone or [])
        vectors = plan.library.vectors.get(plan.encoder, [keys[chunk_id] for chunk_id in wanted])
        missing = sum(keys[chunk_id] not in vectors for chunk_id in wanted)
        if missing:
            raise LibraryError(
                f"{missing} chunks have no vector of {plan.encoder.id}. Run "
                "`python -m ingest rebuild`."
            )
        dense.put({chunk_id: vectors[keys[chunk_id]] for chunk_id in wanted})
        if dense.count() != len(keys):
            raise ValueError(f"{dense.count()} vectors were stored for {len(keys)} chunks")
    finally:
        dense.close()


def _reusable_keys(plan: _Plan, before: Path | None) -> dict[str, str]:
    if before is None:
        return {}
    try:
        if read_build_manifest(before).encoder_identity().key != plan.encoder.key:
            return {}
        catalogue = Catalogue(before / "catalogue.db")
        try:
            return catalogue.vector_keys()
        finally:
            catalogue.close()
    except (IndexUnreadableError, sqlite3.Error):
        return {}


def _digest(
    library: Library,
    holdings: tuple[Holding, ...],
    chronicle: Chronicle,
    encoder: EncoderIdentity,
) -> str:
    digest = hashlib.sha256(encoder.key.encode())
    digest.update(json.dumps(chronicle.record(), sort_keys=True).encode())
    for holding in holdings:
        keys = library.chunk_keys(holding.source.id)
        record = [asdict(holding.source), holding.locators, holding.content_hash, keys]
        digest.update(json.dumps(record, sort_keys=True).encode())
    return digest.hexdigest()


def _in_service(data_dir: Path) -> Manifest | None:
    build = _served(data_dir)
    try:
        return read_build_manifest(index_dir(data_dir) / build) if build else None
    except IndexUnreadableError:
        return None


def _served(data_dir: Path) -> str | None:
    try:
        return current_build(data_dir)
    except IndexUnreadableError:
        return None


def _sweep(root: Path) -> None:
    """Removes what a killed run left behind."""
    for partial in root.glob(f"{PARTIAL}*"):
        shutil.rmtree(partial, ignore_errors=True)
    for name in root.glob(".CURRENT.*"):
        name.unlink()


def _prune(root: Path, *, keep: Collection[str | None]) -> None:
    """Removes all builds but the one in service and the one before, kept for a rollback."""
    for path in root.iterdir():
        if path.name not in keep and (path / "manifest.json").is_file():
            # renamed first: what a kill leaves of it is then swept by the next ingest
            doomed = path.rename(root / f"{PARTIAL}{path.name}")
            shutil.rmtree(doomed, ignore_errors=True)


def _flush_tree(directory: Path) -> None:
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            if path.stat().st_nlink > 1:
                continue  # of the build before, and on disk since then
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            flush_directory(path)
    flush_directory(directory)

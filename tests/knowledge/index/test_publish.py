from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import LibraryError
from knowledge.index import current_build, open_snapshot, publish, read_manifest
from knowledge.library import Library, connect_library
from knowledge.model import Source
from tests.fakes import WordEncoder, encoded, shelve
from tests.knowledge.index.publishing import TOPICS, builds, everything_found, fill, found


def test_what_is_published_can_be_read(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    manifest = publish(library, words.identity, tmp_path)
    assert manifest == read_manifest(tmp_path)
    assert manifest.encoder_identity() == words.identity
    snapshot = open_snapshot(tmp_path)
    chunks = [chunk for number in range(len(TOPICS)) for chunk, _ in library.chunks(f"s{number}")]
    assert snapshot.manifest == manifest
    assert (manifest.sources, manifest.chunks) == (len(TOPICS), len(chunks))
    assert list(snapshot.sources.values()) == [each.source for each in library.holdings()]
    assert snapshot.chunks([chunk.id for chunk in chunks]) == {chunk.id: chunk for chunk in chunks}
    for number, topic in enumerate(TOPICS):
        assert snapshot.chunks(found(snapshot, words, topic)[:1]).popitem()[1].source_id == (
            f"s{number}"
        )
    vector = words.encode_queries([TOPICS[0]])[0]
    near = dict(snapshot.nearest(vector, 500))
    assert len(near) == len(chunks)
    assert snapshot.similarities(vector, list(near)) == pytest.approx(near, abs=1e-5)
    snapshot.close()


def test_publishing_the_same_again_writes_nothing(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    first = publish(library, words.identity, tmp_path)
    states = {path: path.stat().st_mtime_ns for path in (tmp_path / "index").rglob("*")}
    assert publish(library, words.identity, tmp_path) == first
    assert states == {path: path.stat().st_mtime_ns for path in (tmp_path / "index").rglob("*")}


def test_a_change_gives_a_new_build_and_keeps_only_the_one_before(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    names = []
    for number in range(4):
        shelve(library, words, Source(id=f"s{number}", title="S"), f"Text number {number}.")
        names.append(publish(library, words.identity, tmp_path).build)
        assert current_build(tmp_path) == names[-1]
        assert builds(tmp_path) == set(names[-2:])


def test_a_change_of_the_record_alone_is_published(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    publish(library, words.identity, tmp_path)
    source = replace(library.holdings()[0].source, status="revoked", title="Renamed")
    library.describe(source, {}, now="2026-02-02T00:00:00+00:00")
    publish(library, words.identity, tmp_path)
    snapshot = open_snapshot(tmp_path)
    assert snapshot.sources["s0"] == source
    snapshot.close()


def test_what_a_killed_publish_left_is_swept(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    leftover = tmp_path / "index" / ".building-20260101T000000-aaaaaaaa-bbbb"
    (leftover / "chroma").mkdir(parents=True)
    (leftover / "catalogue.db").write_bytes(b"half")
    (tmp_path / "index" / ".CURRENT.4711").write_text("half", "utf-8")
    fill(library, words)
    manifest = publish(library, words.identity, tmp_path)
    assert builds(tmp_path) == {manifest.build}


def test_a_build_that_was_never_put_in_service_does_not_crowd_out_the_one_before(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    first = publish(library, words.identity, tmp_path).build
    library.remove("s0", now="2026-02-02T00:00:00+00:00")
    second = publish(library, words.identity, tmp_path).build
    # killed between the rename of the new build and the swap of CURRENT
    (tmp_path / "index" / "CURRENT").write_text(first, "utf-8")
    library.remove("s1", now="2026-02-02T00:00:00+00:00")
    third = publish(library, words.identity, tmp_path).build
    assert second != third
    assert builds(tmp_path) == {first, third}


@pytest.mark.parametrize("change", ["add", "remove", "replace", "all"])
def test_a_build_that_was_brought_up_to_date_finds_what_a_fresh_one_finds(
    library: Library, words: WordEncoder, tmp_path: Path, change: str
) -> None:
    fill(library, words)
    publish(library, words.identity, tmp_path)
    if change in ("add", "all"):
        shelve(library, words, Source(id="new", title="New"), f"A word on {TOPICS[2]}.")
    if change in ("remove", "all"):
        library.remove("s1", now="2026-02-02T00:00:00+00:00")
    if change in ("replace", "all"):
        text = f"A word on {TOPICS[5]}."
        shelve(library, words, Source(id="s3", title="Topic 3"), text)
    publish(library, words.identity, tmp_path)
    updated = everything_found(tmp_path, words)
    publish(library, words.identity, tmp_path, fresh=True)
    assert everything_found(tmp_path, words) == updated


def test_a_removed_source_is_never_found_again(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    publish(library, words.identity, tmp_path)
    gone = {chunk.id for chunk, _ in library.chunks("s4")}
    library.remove("s4", now="2026-02-02T00:00:00+00:00")
    publish(library, words.identity, tmp_path)
    assert not gone & {each for ids in everything_found(tmp_path, words) for each in ids}
    snapshot = open_snapshot(tmp_path)
    assert "s4" not in snapshot.sources
    assert snapshot.chunks(sorted(gone)) == {}
    assert not gone & dict(snapshot.nearest(words.encode_queries([TOPICS[4]])[0], 500)).keys()
    snapshot.close()


def test_an_empty_library_publishes_an_index_that_finds_nothing(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    manifest = publish(library, words.identity, tmp_path)
    assert (manifest.sources, manifest.chunks) == (0, 0)
    snapshot = open_snapshot(tmp_path)
    assert found(snapshot, words, "weights") == []
    snapshot.close()
    fill(library, words)
    publish(library, words.identity, tmp_path)
    assert all(everything_found(tmp_path, words))
    for number in range(len(TOPICS)):
        library.remove(f"s{number}", now="2026-02-02T00:00:00+00:00")
    assert publish(library, words.identity, tmp_path).chunks == 0
    assert not any(everything_found(tmp_path, words))


def test_texts_of_stop_words_and_symbols_alone_can_be_published(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    for number, text in enumerate(("The and of it.", "!!! ???", "🜁 🜂")):
        shelve(library, words, Source(id=f"s{number}", title="…"), text)
    publish(library, words.identity, tmp_path)
    snapshot = open_snapshot(tmp_path)
    found(snapshot, words, "the weights 🜁")
    snapshot.close()


def test_a_chunk_without_a_vector_stops_the_build_and_leaves_the_old_one_in_service(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    before = publish(library, words.identity, tmp_path)
    other = WordEncoder("others").identity
    with pytest.raises(LibraryError, match=r"34 chunks have no vector of others.*ingest rebuild"):
        publish(library, other, tmp_path)
    assert builds(tmp_path) == {before.build}
    assert read_manifest(tmp_path) == before


def test_a_vector_that_changed_is_replaced(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    publish(library, words.identity, tmp_path)
    other = WordEncoder("others")
    keys = [key for number in range(8) for _, key in library.chunk_keys(f"s{number}")]
    rows = [encoded(row) for row in np.eye(64, dtype=np.float32)[: len(keys)]]
    library.vectors.keep(other.identity, dict(zip(keys, rows, strict=True)))
    publish(library, other.identity, tmp_path)
    snapshot = open_snapshot(tmp_path)
    first = library.chunk_keys("s0")[0][0]
    assert dict(snapshot.nearest(np.eye(64, dtype=np.float32)[0], 1)) == {first: pytest.approx(1)}
    snapshot.close()


def test_two_libraries_share_nothing(words: WordEncoder, tmp_path: Path) -> None:
    for name in ("a", "b"):
        library = Library(connect_library(tmp_path / name))
        shelve(library, words, Source(id=name, title=name), f"Text of {name}.")
        publish(library, words.identity, tmp_path / name)
        library.close()
    for name in ("a", "b"):
        snapshot = open_snapshot(tmp_path / name)
        assert list(snapshot.sources) == [name]
        snapshot.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_reading_a_build_changes_nothing_in_it(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    build = publish(library, words.identity, tmp_path).build
    before = contents(tmp_path / "index" / build)
    snapshot = open_snapshot(tmp_path)
    assert found(snapshot, words, TOPICS[0])
    snapshot.close()
    assert contents(tmp_path / "index" / build) == before


def test_a_change_of_the_record_alone_shares_the_vectors_on_disk(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    fill(library, words)
    first = publish(library, words.identity, tmp_path).build
    holding = library.holdings()[0]
    library.describe(replace(holding.source, status="revoked"), {}, now="2026-01-01")
    second = publish(library, words.identity, tmp_path).build
    assert second != first
    index = tmp_path / "index"
    for path in (index / first).rglob("*"):
        if path.is_file() and {"chroma", "lexical", "segments"} & set(path.parts):
            assert path.samefile(index / second / path.relative_to(index / first))

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import IndexUnreadableError
from knowledge.index import Manifest, open_snapshot, publish, roll_back
from knowledge.index.segments import segment_name
from knowledge.library import Library
from knowledge.model import Source
from knowledge.verification import find_problems
from tests.fakes import WordEncoder, shelve
from tests.knowledge.index.publishing import TOPICS, everything_found, fill


@pytest.fixture
def published(library: Library, words: WordEncoder, tmp_path: Path) -> Manifest:
    fill(library, words)
    return publish(library, words.identity, tmp_path)


def segment(library: Library, words: WordEncoder, build: Path, source_id: str) -> Path:
    name = segment_name(words.identity.key, library.chunk_keys(source_id))
    return build / "segments" / name


@pytest.mark.usefixtures("published")
def test_a_build_holds_the_librarys_vectors_and_tokens(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    snapshot = open_snapshot(tmp_path)
    for source_id in snapshot.sources:
        keys = dict(library.chunk_keys(source_id))
        held = snapshot.vectors(source_id)
        vectors = library.vectors.get(words.identity, list(keys.values()))
        tokens = library.vectors.get_tokens(words.identity, list(keys.values()))
        assert held.ids == tuple(keys)
        for row, chunk_id in enumerate(held.ids):
            assert snapshot.places([chunk_id]) == {chunk_id: (source_id, row)}
            assert np.array_equal(held.vectors[row], vectors[keys[chunk_id]])
            values, scales, starts = held.tokens(row)
            expected = tokens[keys[chunk_id]]
            assert np.array_equal(values, expected.values)
            assert np.array_equal(scales, expected.scales)
            assert len(starts) == len(expected.starts)
    snapshot.close()


@pytest.mark.usefixtures("published")
def test_tokens_know_their_place_in_the_chunk_and_those_before_it_are_negative(
    words: WordEncoder, tmp_path: Path
) -> None:
    snapshot = open_snapshot(tmp_path)
    held = snapshot.vectors("s3")
    chunk = snapshot.chunks(held.ids[1:2])[held.ids[1]]
    values, scales, starts = held.tokens(1)
    ahead = [f"{snapshot.sources['s3'].title}\n"[start:] for start in starts if start < 0]
    assert ahead == ["Topic 3\n", "3\n"]
    within = [chunk.text[start:].split()[0].strip(".") for start in starts if start >= 0]
    assert within[:5] == ["Sentence", within[1], "topic", "3", "provider"]
    row = list(starts).index(chunk.text.index("provider"))
    (vector,) = words.encode_question("provider").tokens
    assert values[row] * scales[row] @ vector == pytest.approx(1, abs=1e-3)
    snapshot.close()


@pytest.mark.usefixtures("published")
def test_what_was_looked_at_outlives_the_snapshot(tmp_path: Path) -> None:
    snapshot = open_snapshot(tmp_path)
    held = snapshot.vectors("s0")
    before = held.vectors.copy()
    snapshot.close()
    shutil.rmtree(tmp_path / "index")
    assert np.array_equal(held.vectors, before)


def test_only_what_changed_is_written_anew(
    library: Library, words: WordEncoder, tmp_path: Path, published: Manifest
) -> None:
    first = tmp_path / "index" / published.build
    shelve(library, words, Source(id="s3", title="Topic 3"), "A new text.")
    second = tmp_path / "index" / publish(library, words.identity, tmp_path).build
    for source_id in ("s0", "s7"):
        shared = segment(library, words, second, source_id)
        assert shared.samefile(segment(library, words, first, source_id))
    assert not segment(library, words, first, "s3").exists()
    assert len(list((second / "segments").iterdir())) == len(TOPICS)
    library.vectors.forget_unused(words.identity)
    assert find_problems(library, tmp_path) == []


def drop(path: Path) -> None:
    path.unlink()


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scribble(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"x" * 40 + data[40:])


def mix_up(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:40] + b"\xff" * 8 + data[48:])


@pytest.mark.parametrize("damage", [drop, cut_off, empty, scribble, mix_up])
def test_a_damaged_file_is_a_sentence_until_a_fresh_build(
    library: Library,
    words: WordEncoder,
    tmp_path: Path,
    published: Manifest,
    damage: Callable[[Path], None],
) -> None:
    ids = [chunk_id for chunk_id, _ in library.chunk_keys("s2")]
    damage(segment(library, words, tmp_path / "index" / published.build, "s2"))
    snapshot = open_snapshot(tmp_path)
    with pytest.raises(IndexUnreadableError, match="ingest rebuild"):
        snapshot.vectors("s2")
    with pytest.raises(IndexUnreadableError, match="ingest rebuild"):
        snapshot.similarities(words.encode_queries(["word"])[0], ids)
    assert snapshot.vectors("s1").ids
    snapshot.close()
    (problem,) = find_problems(library, tmp_path)
    assert "cannot be read" in problem
    words.runtime.encoded.clear()
    publish(library, words.identity, tmp_path, fresh=True)
    assert find_problems(library, tmp_path) == []
    assert words.runtime.encoded == []


@pytest.mark.parametrize("place", [0.2, 0.6, 0.99])
def test_verification_sees_a_single_wrong_byte(
    library: Library, words: WordEncoder, tmp_path: Path, published: Manifest, place: float
) -> None:
    path = segment(library, words, tmp_path / "index" / published.build, "s2")
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 0x11
    path.write_bytes(data)
    (problem,) = find_problems(library, tmp_path)
    assert "damaged token vectors for s2" in problem
    assert "ingest rebuild" in problem


def test_a_cut_off_file_is_not_handed_on_to_the_next_build(
    library: Library, words: WordEncoder, tmp_path: Path, published: Manifest
) -> None:
    cut_off(segment(library, words, tmp_path / "index" / published.build, "s2"))
    shelve(library, words, Source(id="new", title="New"), "A new text.")
    publish(library, words.identity, tmp_path)
    assert find_problems(library, tmp_path) == []


def test_a_build_of_an_earlier_version_names_the_cure_and_is_replaced_by_the_next_publish(
    library: Library, words: WordEncoder, tmp_path: Path, published: Manifest
) -> None:
    expected = everything_found(tmp_path, words)
    shutil.rmtree(tmp_path / "index" / published.build / "segments")
    with pytest.raises(IndexUnreadableError, match=r"earlier version .* ingest rebuild"):
        open_snapshot(tmp_path)
    newer = publish(library, words.identity, tmp_path)
    assert newer.build != published.build
    assert everything_found(tmp_path, words) == expected
    with pytest.raises(Exception, match="no earlier build"):
        roll_back(tmp_path)

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.encoders import require_same_encoder
from knowledge.errors import EncoderMismatchError, IndexMissingError, IndexUnreadableError
from knowledge.index import (
    Manifest,
    SnapshotKeeper,
    current_build,
    open_snapshot,
    publish,
    read_manifest,
)
from knowledge.library import Library
from knowledge.model import Source
from tests.fakes import WordEncoder, shelve
from tests.knowledge.index.publishing import TOPICS, builds, everything_found, fill, found


@pytest.fixture
def published(library: Library, words: WordEncoder, tmp_path: Path) -> Manifest:
    fill(library, words)
    return publish(library, words.identity, tmp_path)


@pytest.fixture
def keeper(tmp_path: Path, words: WordEncoder) -> Iterator[SnapshotKeeper]:
    def accept(manifest: Manifest) -> None:
        require_same_encoder(manifest.encoder_identity(), words.identity)

    opened = SnapshotKeeper(tmp_path, accept)
    yield opened
    opened.close()


def publish_more(library: Library, encoder: WordEncoder, data_dir: Path) -> Manifest:
    number = len(library.holdings())
    shelve(library, encoder, Source(id=f"s{number}", title="More"), f"More of number {number}.")
    return publish(library, encoder.identity, data_dir)


def test_nothing_published_names_the_command_that_does(
    tmp_path: Path, keeper: SnapshotKeeper
) -> None:
    with pytest.raises(IndexMissingError, match="python -m ingest sync"):
        open_snapshot(tmp_path)
    with pytest.raises(IndexMissingError, match="python -m ingest sync"):
        keeper.current()
    assert read_manifest(tmp_path) is None


@pytest.mark.usefixtures("published")
def test_a_reader_of_the_old_build_goes_on_while_a_new_one_is_published(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    reader = open_snapshot(tmp_path)
    before = found(reader, words, TOPICS[0])
    publish_more(library, words, tmp_path)
    assert found(reader, words, TOPICS[0]) == before
    assert "s8" not in reader.sources
    reader.close()


@pytest.mark.usefixtures("published")
def test_two_readers_of_one_build_do_not_close_each_other(
    words: WordEncoder, tmp_path: Path
) -> None:
    first, second = open_snapshot(tmp_path), open_snapshot(tmp_path)
    expected = found(first, words, TOPICS[1])
    first.close()
    assert found(second, words, TOPICS[1]) == expected
    second.close()


def test_reading_changes_nothing_that_later_builds_copy(
    published: Manifest, words: WordEncoder, tmp_path: Path
) -> None:
    before = everything_found(tmp_path, words)
    for _ in range(3):
        assert everything_found(tmp_path, words) == before
    assert read_manifest(tmp_path) == published


@pytest.mark.usefixtures("published")
def test_the_keeper_picks_up_a_new_build(
    library: Library, words: WordEncoder, tmp_path: Path, keeper: SnapshotKeeper
) -> None:
    old = keeper.current()
    assert keeper.current() is old
    assert not keeper.moved()
    newer = publish_more(library, words, tmp_path)
    assert keeper.moved()
    assert keeper.current().manifest == newer
    assert "s8" in keeper.current().sources
    assert not keeper.moved()


def damage_manifest(build: Path) -> None:
    (build / "manifest.json").write_text('{"build": ', "utf-8")


def drop_manifest_key(build: Path) -> None:
    (build / "manifest.json").write_text("{}", "utf-8")


def blank_encoder(build: Path) -> None:
    path = build / "manifest.json"
    path.write_text(
        path.read_text("utf-8").replace('"dimensions": 64', '"dimensions": null'), "utf-8"
    )


def later_format(build: Path) -> None:
    path = build / "manifest.json"
    text = path.read_text("utf-8").replace('"format": 1', '"format": 2, "novelty": true')
    path.write_text(text, "utf-8")


def drop_manifest(build: Path) -> None:
    (build / "manifest.json").unlink()


def drop_catalogue(build: Path) -> None:
    (build / "catalogue.db").unlink()


def damage_catalogue(build: Path) -> None:
    (build / "catalogue.db").write_bytes(b"no database" * 1000)


def halve_catalogue(build: Path) -> None:
    data = (build / "catalogue.db").read_bytes()
    (build / "catalogue.db").write_bytes(data[: len(data) // 2])


def drop_words(build: Path) -> None:
    shutil.rmtree(build / "lexical")


def damage_words(build: Path) -> None:
    for path in (build / "lexical").iterdir():
        path.write_bytes(b"")


def drop_vectors(build: Path) -> None:
    shutil.rmtree(build / "chroma")


def damage_vector_database(build: Path) -> None:
    (build / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 1000)


def halve_vector_database(build: Path) -> None:
    data = (build / "chroma" / "chroma.sqlite3").read_bytes()
    (build / "chroma" / "chroma.sqlite3").write_bytes(data[: len(data) // 2])


def drop_build(build: Path) -> None:
    shutil.rmtree(build)


DAMAGES = [
    damage_manifest,
    drop_manifest_key,
    blank_encoder,
    later_format,
    drop_manifest,
    drop_catalogue,
    damage_catalogue,
    halve_catalogue,
    drop_words,
    damage_words,
    drop_vectors,
    damage_vector_database,
    halve_vector_database,
    drop_build,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_build_is_named_with_its_cure_and_the_next_one_is_whole(
    library: Library,
    published: Manifest,
    words: WordEncoder,
    tmp_path: Path,
    damage: Callable[[Path], None],
) -> None:
    damage(tmp_path / "index" / published.build)
    with pytest.raises(IndexUnreadableError, match=rf"{published.build} .*ingest rebuild"):
        everything_found(tmp_path, words)
    publish_more(library, words, tmp_path)
    mended = everything_found(tmp_path, words)
    words.runtime.encoded.clear()
    publish(library, words.identity, tmp_path, fresh=True)
    assert words.runtime.encoded == []
    assert everything_found(tmp_path, words) == mended


@pytest.mark.parametrize("damage", [damage_manifest, drop_catalogue, drop_vectors, drop_build])
def test_the_keeper_stays_with_the_old_build_when_the_new_one_is_damaged(
    library: Library,
    words: WordEncoder,
    tmp_path: Path,
    keeper: SnapshotKeeper,
    damage: Callable[[Path], None],
) -> None:
    fill(library, words)
    published = publish(library, words.identity, tmp_path)
    old = keeper.current()
    expected = found(old, words, TOPICS[0])
    damage(tmp_path / "index" / publish_more(library, words, tmp_path).build)
    assert keeper.current() is old
    assert found(old, words, TOPICS[0]) == expected
    assert published.build in builds(tmp_path)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("content", [None, "", "\n", "nowhere", "\udcff"])
def test_the_keeper_stays_with_the_old_build_when_current_names_nothing_usable(
    tmp_path: Path, keeper: SnapshotKeeper, content: str | None
) -> None:
    old = keeper.current()
    current = tmp_path / "index" / "CURRENT"
    if content is None:
        current.unlink()
    else:
        current.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert keeper.current() is old


@pytest.mark.usefixtures("published")
def test_a_current_that_is_no_text_is_a_sentence(tmp_path: Path, keeper: SnapshotKeeper) -> None:
    (tmp_path / "index" / "CURRENT").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(IndexUnreadableError, match="ingest rebuild"):
        keeper.current()


def test_the_keeper_never_serves_a_build_of_another_encoder(
    library: Library, words: WordEncoder, tmp_path: Path, keeper: SnapshotKeeper
) -> None:
    other = WordEncoder("others")
    shelve(library, other, Source(id="a", title="A"), "Some text.")
    publish(library, other.identity, tmp_path)
    with pytest.raises(EncoderMismatchError, match=r"others.*words.*ingest rebuild"):
        keeper.current()
    shelve(library, words, Source(id="a", title="A"), "Some text.")
    publish(library, words.identity, tmp_path)
    served = keeper.current()
    publish(library, other.identity, tmp_path)
    assert keeper.current() is served
    assert current_build(tmp_path) != served.manifest.build

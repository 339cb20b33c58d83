"""What readers are told of the library, and of what became of a quote."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answer import Answerer
from knowledge.gaps import CountingAnswerer, GapRecorder
from knowledge.index import SnapshotKeeper, current_build, open_snapshot, publish
from knowledge.library import Library
from knowledge.model import Source
from knowledge.search import Searcher
from knowledge.standing import Standing, standing
from knowledge.view import Change, Entry, Retraction, library_view
from tests.fakes import WordEncoder, shelve

ACT = Source(id="act", title="The Act", status="in-force")
NOTE = Source(id="note", title="A note")
DAY = "2026-01-01T00:00:00+00:00"  # when `shelve` stores
NOW = "2026-11-23T12:00:00+00:00"
LINES = [f"Sentence {line} is about the duty of providers to keep records." for line in range(60)]
LONG = "\n\n".join(LINES)


@pytest.fixture
def published(library: Library, words: WordEncoder, tmp_path: Path) -> Library:
    shelve(library, words, ACT, LONG)
    shelve(library, words, NOTE, "A licence cannot prevent what it forbids.")
    publish(library, words.identity, tmp_path)
    return library


@pytest.fixture
def answerer(published: Library, words: WordEncoder, tmp_path: Path) -> Iterator[CountingAnswerer]:
    assert published.holdings()
    keeper = SnapshotKeeper(tmp_path, lambda _manifest: None)
    opened = CountingAnswerer(
        Answerer(Searcher(encoder=words, snapshots=keeper)),
        GapRecorder(tmp_path, keep_questions=False),
    )
    yield opened
    opened.close()


def test_the_view_tells_sources_passages_times_and_changes(
    published: Library, answerer: CountingAnswerer, words: WordEncoder, tmp_path: Path
) -> None:
    published.describe(replace(ACT, status="revoked"), {}, now=NOW)
    published.retract("note", why="It was withdrawn.", now=NOW)
    manifest = publish(published, words.identity, tmp_path)
    view = answerer.library()
    assert (view.build, view.created) == (manifest.build, manifest.created)
    chunks = len(published.chunk_keys("act"))
    assert chunks > 1
    assert view.entries == (
        Entry(source=replace(ACT, status="revoked"), passages=chunks, added=DAY, changed=NOW),
    )
    assert view.changes == (
        Change(at=NOW, what="retracted", source_id="note", title="A note"),
        Change(
            at=NOW,
            what="status",
            source_id="act",
            title="The Act",
            before="in-force",
            after="revoked",
        ),
        Change(at=DAY, what="added", source_id="note", title="A note"),
        Change(at=DAY, what="added", source_id="act", title="The Act"),
    )
    assert view.retractions == (
        Retraction(source_id="note", title="A note", at=NOW, why="It was withdrawn."),
    )


def test_the_view_is_of_the_build_and_not_of_a_library_that_is_written(
    published: Library, answerer: CountingAnswerer
) -> None:
    before = answerer.library()
    published.remove("note", now=NOW)
    assert answerer.library() == before


def test_a_build_of_an_earlier_version_opens_and_tells_no_changes(
    published: Library, answerer: CountingAnswerer, tmp_path: Path
) -> None:
    assert published.holdings()
    catalogue = tmp_path / "index" / str(current_build(tmp_path)) / "catalogue.db"
    with sqlite3.connect(catalogue) as connection:
        for table in ("times", "changes", "retractions"):
            connection.execute(f"DROP TABLE {table}")
    connection.close()
    view = answerer.library()
    assert [entry.source.id for entry in view.entries] == ["act", "note"]
    assert all(entry.passages for entry in view.entries)
    assert {(entry.added, entry.changed) for entry in view.entries} == {("", "")}
    assert (view.changes, view.retractions) == ((), ())
    assert answerer.standing([("nobody", "x", "y")]) == ("vanished",)


def test_what_is_told_is_published_though_no_text_changed(
    published: Library, words: WordEncoder, tmp_path: Path
) -> None:
    published.retract("note", why="It was withdrawn.", now=NOW)
    first = publish(published, words.identity, tmp_path)
    assert publish(published, words.identity, tmp_path) == first
    published.history.restore("note")
    second = publish(published, words.identity, tmp_path)
    assert second.build != first.build
    snapshot = open_snapshot(tmp_path)
    assert library_view(snapshot).retractions == ()
    snapshot.close()


def test_a_damaged_build_is_a_sentence_for_the_view_too(published: Library, tmp_path: Path) -> None:
    assert published.holdings()
    build = tmp_path / "index" / str(current_build(tmp_path))
    copy = tmp_path / "copy"
    shutil.copytree(build, copy)
    with sqlite3.connect(build / "catalogue.db") as connection:
        connection.execute("UPDATE changes SET record = '{'")
    connection.close()
    snapshot = open_snapshot(tmp_path)
    with pytest.raises(Exception, match="ingest rebuild"):
        library_view(snapshot)
    snapshot.close()


def test_a_quote_in_its_passage_is_held(published: Library, tmp_path: Path) -> None:
    (chunk, _), *_ = published.chunks("act")
    assert stand(tmp_path, ("act", chunk.id, LINES[0])) == ("held",)


def test_a_quote_that_moved_to_another_passage_of_its_source_is_held(
    published: Library, words: WordEncoder, tmp_path: Path
) -> None:
    earlier = {chunk.id for chunk, _ in published.chunks("act")}
    quote = "\n\n".join(LINES[2:4])
    chunk_id = next(chunk.id for chunk, _ in published.chunks("act") if quote in chunk.text)
    shelve(published, words, ACT, "\n\n".join(("An introduction " * 60, *LINES[1:])))
    publish(published, words.identity, tmp_path)
    assert chunk_id not in {chunk.id for chunk, _ in published.chunks("act")}
    assert earlier
    assert stand(tmp_path, ("act", chunk_id, quote)) == ("held",)


def test_a_quote_that_a_new_cut_divides_between_two_passages_is_held(
    published: Library, tmp_path: Path
) -> None:
    (first, _), (second, _), *_ = published.chunks("act")
    quote = f"{first.text[-30:]}\n\n{second.text[:30]}"
    assert stand(tmp_path, ("act", "of another cut", quote)) == ("held",)


def test_a_quote_that_its_source_says_no_more_has_changed(
    published: Library, words: WordEncoder, tmp_path: Path
) -> None:
    (chunk, _), *_ = published.chunks("act")
    shelve(published, words, ACT, LONG.replace("Sentence 0 is", "Sentence 0 was"))
    publish(published, words.identity, tmp_path)
    assert stand(tmp_path, ("act", chunk.id, LINES[0]), ("act", chunk.id, LINES[1])) == (
        "changed",
        "held",
    )


def test_a_source_that_was_removed_has_vanished_and_a_retracted_one_was_retracted(
    published: Library, words: WordEncoder, tmp_path: Path
) -> None:
    published.remove("act", now=NOW)
    published.retract("note", why="It was withdrawn.", now=NOW)
    publish(published, words.identity, tmp_path)
    cited = ("act", "a", "Sentence"), ("note", "b", "A licence"), ("never", "c", "held")
    assert stand(tmp_path, *cited) == ("vanished", "retracted", "vanished")


def test_a_source_that_was_restored_and_taken_in_again_is_held(
    published: Library, words: WordEncoder, tmp_path: Path
) -> None:
    ((chunk, _),) = published.chunks("note")
    published.retract("note", why="It was withdrawn.", now=NOW)
    published.history.restore("note")
    shelve(published, words, NOTE, "A licence cannot prevent what it forbids.")
    publish(published, words.identity, tmp_path)
    assert stand(tmp_path, ("note", chunk.id, "A licence")) == ("held",)


def test_any_number_of_quotes_is_looked_up(published: Library, tmp_path: Path) -> None:
    assert published.holdings()
    cited = [("act", f"chunk {number}", LINES[number % 60]) for number in range(40_000)]
    assert set(stand(tmp_path, *cited)) == {"held"}
    assert stand(tmp_path) == ()


def stand(data_dir: Path, *cited: tuple[str, str, str]) -> tuple[Standing, ...]:
    snapshot = open_snapshot(data_dir)
    try:
        return standing(snapshot, cited)
    finally:
        snapshot.close()

"""What a library remembers of its own changes, and of what was retracted."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.errors import LibraryError
from knowledge.library import MOST_CHANGES, Change, Library, Place, Retraction, connect_library
from knowledge.model import Source
from tests.fakes import WordEncoder, shelve
from tests.knowledge.library.conftest import in_a_file

ACT = Source(id="act", title="The Act", url="https://Example.org:443/act?utm_source=x#top")
NOW = "2026-11-23T12:00:00+00:00"
HISTORY = ("suggestions", "retracted_places", "retractions", "changes")


def told(library: Library) -> list[tuple[str, str]]:
    return [(change.what, change.source_id) for change in library.history.changes()]


def test_a_new_source_a_new_text_and_a_removal_are_told_newest_first(
    library: Library, words: WordEncoder
) -> None:
    shelve(library, words, ACT, "One duty.")
    shelve(library, words, ACT, "Two duties.")
    library.remove("act", now=NOW)
    assert told(library) == [("removed", "act"), ("changed", "act"), ("added", "act")]
    assert library.history.changes()[0] == Change(
        at=NOW, what="removed", source_id="act", title="The Act"
    )


def test_the_same_text_again_and_another_title_are_no_change(
    library: Library, words: WordEncoder
) -> None:
    shelve(library, words, ACT, "One duty.")
    shelve(library, words, ACT, "One duty.")
    library.describe(replace(ACT, title="Renamed"), {}, now=NOW)
    assert told(library) == [("added", "act")]


def test_another_legal_status_is_told_with_what_it_was(
    library: Library, words: WordEncoder
) -> None:
    shelve(library, words, replace(ACT, status="in-force"), "One duty.")
    library.describe(
        replace(ACT, status="superseded", superseded_by="act-2", title="Renamed"), {}, now=NOW
    )
    library.describe(replace(ACT, status="superseded", superseded_by="act-3"), {}, now=NOW)
    later, change, _ = library.history.changes()
    assert change == Change(
        at=NOW,
        what="status",
        source_id="act",
        title="Renamed",
        before="in-force",
        after="superseded",
        superseded_by="act-2",
    )
    assert (later.before, later.after, later.superseded_by) == (
        "superseded",
        "superseded",
        "act-3",
    )


def test_a_new_text_that_says_another_status_is_both(library: Library, words: WordEncoder) -> None:
    shelve(library, words, replace(ACT, status="draft"), "One duty.")
    shelve(library, words, replace(ACT, status="final"), "Two duties.")
    assert told(library) == [("changed", "act"), ("status", "act"), ("added", "act")]


def test_a_source_that_loses_its_last_path_is_told_as_removed(
    library: Library, words: WordEncoder
) -> None:
    shelve(library, words, ACT, "One duty.", "/act.md")
    library.forget_locator("/act.md", now=NOW)
    assert told(library) == [("removed", "act"), ("added", "act")]


def test_only_the_newest_changes_are_kept(library: Library, words: WordEncoder) -> None:
    shelve(library, words, ACT, "One duty.")
    for number in range(MOST_CHANGES + 3):
        library.describe(replace(ACT, superseded_by=f"act-{number}"), {}, now=NOW)
    changes = library.history.changes()
    assert len(changes) == MOST_CHANGES
    assert changes[0].superseded_by == f"act-{MOST_CHANGES + 2}"
    assert changes[-1].superseded_by == "act-3"


@in_a_file
def test_a_change_that_cannot_be_stored_is_not_told(library: Library, words: WordEncoder) -> None:
    shelve(library, words, ACT, "One duty.", "/a.md")
    shelve(library, words, Source(id="other", title="Other"), "Text.", "/b.md")
    before = told(library)
    engine = library._engine  # noqa: SLF001 - a statement that fails in the same transaction
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER stays BEFORE DELETE ON sources "
            "BEGIN SELECT RAISE(ABORT, 'it stays'); END"
        )
    with pytest.raises(Exception, match="it stays"):
        library.retract("act", why="withdrawn", now=NOW)
    assert told(library) == before
    assert library.history.retractions() == ()
    assert library.holding("act") is not None


def test_a_retraction_is_found_by_id_path_address_and_text(
    library: Library, words: WordEncoder
) -> None:
    shelve(library, words, ACT, "One duty.", "/act.md", "/copy.md")
    (holding,) = library.holdings()
    assert library.retract("act", why="withdrawn by its publisher", now=NOW)
    expected = Retraction(
        source_id="act", title="The Act", at=NOW, why="withdrawn by its publisher"
    )
    history = library.history
    assert history.retractions() == (expected,)
    assert history.retraction(source_id="act") == expected
    for place in ("/act.md", "/copy.md", "https://example.org/act"):
        assert history.retraction(places=["elsewhere", place]) == expected
    assert history.retraction(content_hash=holding.content_hash) == expected
    assert history.retraction(places=["/other.md"], content_hash="other") is None
    assert library.holdings() == ()
    assert told(library)[0] == ("retracted", "act")


def test_the_main_source_of_a_retracted_brief_is_not_retracted(
    library: Library, words: WordEncoder
) -> None:
    shelve(library, words, replace(ACT, kind="brief"), "One duty.")
    library.retract("act", why="mistaken", now=NOW)
    assert library.history.retraction(places=["https://example.org/act"]) is None


def test_a_source_can_be_retracted_once_and_restored_once(
    library: Library, words: WordEncoder
) -> None:
    shelve(library, words, ACT, "One duty.", "/act.md")
    assert library.retract("act", why="withdrawn", now=NOW)
    assert not library.retract("act", why="again", now=NOW)
    assert library.history.restore("act") == ("/act.md", "https://example.org/act")
    assert library.history.restore("act") is None
    assert library.history.retraction(places=["/act.md"]) is None
    shelve(library, words, ACT, "One duty.", "/act.md")
    assert library.retract("act", why="again", now=NOW)
    assert [each.why for each in library.history.retractions()] == ["again"]


def test_an_earlier_library_tells_what_it_knows_of_its_past(place: Place) -> None:
    library = Library(connect_library(place))
    encoder = WordEncoder()
    shelve(library, encoder, ACT, "One duty.")
    shelve(library, encoder, ACT, "Two duties.")
    shelve(library, encoder, Source(id="other", title="Other"), "Text.", "/other.md")
    with library._engine.begin() as connection:  # noqa: SLF001 - goes back to the schema before
        for table in HISTORY:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for table in ("documents", "chunks"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN links")
        version = "alembic_version" if isinstance(place, Path) else "alembic_version_library"
        connection.exec_driver_sql(f"UPDATE {version} SET version_num = '0004'")  # noqa: S608
        connection.exec_driver_sql("""UPDATE versions SET "until" = '2026-05-05T00:00:00+00:00'""")
    library.close()
    library = Library(connect_library(place))
    assert told(library) == [("changed", "act"), ("added", "other"), ("added", "act")]
    assert len(library.holdings()) == 2
    library.close()


@in_a_file
def test_a_damaged_history_is_a_sentence(library: Library) -> None:
    with library._engine.begin() as connection:  # noqa: SLF001 - what no command can do
        connection.exec_driver_sql("DROP TABLE changes")
    with pytest.raises(LibraryError, match=r"library\.db cannot be read"):
        library.history.changes()

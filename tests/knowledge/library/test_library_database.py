import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from knowledge.errors import LibraryError
from knowledge.library import Library, Place, connect_library
from knowledge.library.schema import SCHEMA_VERSION, metadata
from knowledge.model import Source
from tests.fakes import WordEncoder, shelve
from tests.knowledge.library.conftest import in_a_file, in_every_place


@in_every_place
def test_the_migrations_make_exactly_the_tables_of_the_schema(place: Place) -> None:
    engine = connect_library(place)
    table = "alembic_version" if isinstance(place, Path) else "alembic_version_library"
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": table}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        version = connection.execute(text(f"SELECT version_num FROM {table}")).scalar_one()  # noqa: S608
        assert version == SCHEMA_VERSION
    engine.dispose()


def test_the_folder_is_made(tmp_path: Path) -> None:
    connect_library(tmp_path / "deep" / "data").dispose()
    assert (tmp_path / "deep" / "data" / "library.db").is_file()


@in_every_place
def test_a_second_opening_finds_what_the_first_one_wrote(
    library: Library, words: WordEncoder, place: Place
) -> None:
    shelve(library, words, Source(id="a", title="A"), "Some text.")
    again = Library(connect_library(place))
    assert again.holdings() == library.holdings()
    again.close()


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    database = tmp_path / "library.db"
    database.write_text("These are my notes. " * 100, "utf-8")
    with pytest.raises(LibraryError, match=r"library\.db cannot be used .*not a database"):
        connect_library(tmp_path)
    assert database.read_text("utf-8").startswith("These are my notes.")


def test_a_folder_in_place_of_the_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "library.db").mkdir()
    with pytest.raises(LibraryError, match=r"library\.db cannot be used"):
        connect_library(tmp_path)


def test_a_file_in_place_of_the_data_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", "utf-8")
    with pytest.raises(LibraryError, match=r"data.* cannot be used"):
        connect_library(tmp_path / "data")


def test_a_library_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    connect_library(tmp_path).dispose()
    with sqlite3.connect(tmp_path / "library.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(LibraryError, match=r"newer version of Caveat \(schema 9999\)"):
        connect_library(tmp_path)


@in_a_file
def test_damage_found_later_is_a_sentence_too(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    for number in range(20):
        shelve(library, words, Source(id=f"s{number}", title="S"), f"Text {number}. " * 50)
    library.close()
    database = tmp_path / "library.db"
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with pytest.raises(LibraryError, match=r"library\.db cannot be read or written"):
        [library.document(f"s{number}") for number in range(20)]

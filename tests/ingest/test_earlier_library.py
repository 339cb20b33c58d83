"""A library of an earlier version, which has vectors of chunks and none of their tokens."""

import shutil
import sqlite3

import pytest

from knowledge.library import Library, connect_library
from knowledge.verification import find_problems
from tests.ingest.conftest import Curator

HISTORY = ("suggestions", "retracted_places", "retractions", "changes")
DROPPED = {
    "0003": (*HISTORY, "token_vectors"),
    "0002": (*HISTORY, "token_vectors", "gaps", "gap_questions"),
}


@pytest.fixture
def earlier(curator: Curator, request: pytest.FixtureRequest) -> Curator:
    for number in range(3):
        curator.write(f"docs/{number}.md", f"# Text {number}\n\nWeights number {number} stay.")
    curator.report("add", str(curator.folder / "docs"))
    with sqlite3.connect(curator.data / "library.db") as connection:
        for table in DROPPED[request.param]:
            connection.execute(f"DROP TABLE {table}")
        for table in ("documents", "chunks"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN links")
        connection.execute("UPDATE alembic_version SET version_num = ?", (request.param,))
    connection.close()
    for build in (curator.data / "index").glob("2*"):
        shutil.rmtree(build / "segments")
    return curator


@pytest.mark.parametrize("earlier", DROPPED, indirect=True)
@pytest.mark.parametrize("command", ["rebuild", "add", "add again", "remove", "sync"])
def test_the_next_ingest_makes_the_tokens_and_publishes(earlier: Curator, command: str) -> None:
    if command == "sync":
        manifest = earlier.write("list.toml", '[[source]]\npath = "docs/0.md"\n')
        report = earlier.report("sync", str(manifest))
    elif command == "add":
        report = earlier.report("add", str(earlier.write("new.md", "A new text.")))
    elif command == "add again":
        report = earlier.report("add", str(earlier.folder / "docs"))
        assert len(report["unchanged"]) == 3
    elif command == "remove":
        report = earlier.report("remove", earlier.sources()["Text 1"]["source_id"])
    else:
        report = earlier.report("rebuild")
    assert report["embedded"] == {"add": 4, "remove": 2}.get(command, 3)
    assert set(earlier.served()) >= {"Text 0", "Text 2"}
    library = Library(connect_library(earlier.data))
    assert find_problems(library, earlier.data) == []
    library.close()
    assert earlier.report("rebuild")["embedded"] == 0

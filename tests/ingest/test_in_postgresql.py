"""A library in PostgreSQL: every command does there what it does in a file."""

import json
import uuid
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.settings import BotSettings
from bot.state import open_state
from knowledge.compose import open_suggestions, require_library
from knowledge.database import database_url
from knowledge.errors import LibraryLockedError
from knowledge.gaps import GapRecorder
from knowledge.library import Library, connect_library
from knowledge.model import Answer
from knowledge.settings import KnowledgeSettings, read_settings
from tests.ingest.conftest import PAGE, Curator, Site
from tests.postgres import fresh_database

ACT = "# The Act\n\nProviders keep records.\n\nWeights stay open.\n"
NOTE = "# A note\n\nA licence cannot prevent what it forbids.\n"


@pytest.fixture
def address(postgres: str, monkeypatch: pytest.MonkeyPatch) -> str:
    found = fresh_database(postgres, f"test_{uuid.uuid4().hex[:12]}")
    monkeypatch.setenv("DATABASE_URL", found)
    return found


@pytest.fixture
def filled(curator: Curator, address: str) -> Curator:
    assert address
    curator.write("act.md", ACT)
    curator.write("note.md", NOTE)
    assert len(curator.report("add", "act.md", "note.md")["added"]) == 2
    return curator


def test_a_second_run_embeds_nothing_and_publishes_nothing(filled: Curator) -> None:
    first = filled.report("add", "act.md", "note.md")
    assert len(first["unchanged"]) == 2
    assert first["embedded"] == 0
    assert filled.report("add", "act.md")["build"] == first["build"]
    assert not (filled.data / "library.db").exists()
    assert filled.report("verify") == {"ok": True, "problems": []}


def test_changing_retracting_and_restoring_do_what_they_do_in_a_file(filled: Curator) -> None:
    filled.write("act.md", ACT.replace("stay open", "are closed"))
    (updated,) = filled.report("add", "act.md")["updated"]
    filled.report("set", updated["source_id"], "--status", "revoked")
    note = str(filled.sources()["A note"]["source_id"])
    assert filled.report("retract", note, "--why", "Withdrawn.")["removed"]
    assert filled.report("add", "note.md")["rejected"]
    status = json.loads(filled.output("status", "--json")[1])
    assert [each["source_id"] for each in status["retractions"]] == [note]
    assert len(status["sources"][0]["versions"]) == 1
    filled.report("restore", note)
    assert filled.report("add", "note.md")["added"]
    assert filled.report("verify") == {"ok": True, "problems": []}
    library = require_library(read_settings(KnowledgeSettings))
    assert [change.what for change in library.history.changes()] == [
        *("added", "retracted", "status", "changed", "added", "added"),
    ]
    library.close()


def test_what_was_suggested_and_approved_is_taken_in(filled: Curator, site: Site) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    queue = open_suggestions(read_settings(KnowledgeSettings))
    made = queue.suggest(site.url("/a.html"), note=None, contact="7", guild=None)
    filled.report("suggestions", "approve", str(made.id))
    assert filled.report("sync", "--approved")["added"]
    (untold,) = queue.untold()
    assert untold.status == "taken"
    queue.mark_told(untold.id)
    assert queue.listed()[0].contact is None
    queue.close()


def test_an_ingest_from_another_data_folder_waits_for_its_turn(
    filled: Curator, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = require_library(read_settings(KnowledgeSettings))
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(filled.folder / "elsewhere"))
    with library.only_writer():
        assert filled.output("add", "act.md", "--json") == (1, "")
        assert "Another ingest is writing to the library in PostgreSQL" in filled.errors
        with pytest.raises(LibraryLockedError), library.only_writer():
            pytest.fail("two writers at once")
    assert filled.report("add", "act.md")["unchanged"]
    library.close()


def test_the_state_of_the_bot_lies_beside_it(filled: Curator, address: str) -> None:
    settings = BotSettings.model_validate(
        {"CAVEAT_DATA_DIR": filled.data, "DATABASE_URL": address, "DISCORD_TOKEN": None}
    )
    state = open_state(settings)
    tables = set(inspect(state.engine).get_table_names())
    assert tables >= {"answers", "sources", "alembic_version_bot", "alembic_version_library"}
    state.close()
    assert filled.report("add", "act.md")["unchanged"]


def test_gaps_are_counted_there(filled: Curator, address: str) -> None:
    assert filled.data.exists()
    place = database_url(address)
    recorder = GapRecorder(place, keep_questions=False)
    for _ in range(2):
        recorder.note(
            Answer(id="1", question="What?", outcome="abstained", mode="quoted", text="No.")
        )
    recorder.close()
    library = Library(connect_library(place))
    (gap,) = library.gaps.counted(date(2026, 1, 1), questions_since=None)
    assert gap.count == 2
    library.close()


def test_a_server_that_does_not_run_is_a_sentence_without_the_password(
    curator: Curator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    curator.write("act.md", ACT)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ann:hush@/library?host={tmp_path}")
    assert curator.output("add", "act.md", "--json") == (1, "")
    assert "cannot be used" in curator.errors
    assert "hush" not in curator.errors
    assert "Traceback" not in curator.errors
    monkeypatch.setenv("DATABASE_URL", "mysql://ann:hush@host/library")
    assert curator.output("list") == (2, "")
    assert "hush" not in curator.errors

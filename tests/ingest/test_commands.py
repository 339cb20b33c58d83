"""Every ingest command but `add`."""

import json
import shutil

import pytest

import ingest.inputs
from knowledge.errors import IndexMissingError
from knowledge.index import open_snapshot
from tests.fakes import WordEncoder
from tests.ingest.conftest import Curator
from tests.knowledge.test_locking import hold

ACT = "# The Act\n\nProviders keep records.\n\nWeights stay open.\n"
NOTE = "# A note\n\nA licence cannot prevent what it forbids.\n"


@pytest.fixture
def filled(curator: Curator) -> Curator:
    curator.write("act.md", ACT)
    curator.write("note.md", NOTE)
    assert curator.run("add", "act.md", "note.md") == 0
    curator.encoder.runtime.encoded.clear()
    return curator


def source_id(curator: Curator, title: str) -> str:
    return str(curator.sources()[title]["source_id"])


def test_set_changes_the_record_and_embeds_nothing(filled: Curator) -> None:
    act = source_id(filled, "The Act")
    report = filled.report("set", act, "--kind", "law", "--title", "The Law", "--authors", "A; B")
    assert [source["title"] for source in report["updated"]] == ["The Law"]
    assert (report["embedded"], filled.encoder.runtime.encoded) == (0, [])
    assert filled.sources()["The Law"]["kind"] == "law"
    assert filled.sources()["The Law"]["authors"] == ["A", "B"]
    snapshot = open_snapshot(filled.data)
    assert snapshot.sources[act].kind == "law"
    assert snapshot.sources[act].authors == ("A", "B")
    snapshot.close()


def test_what_was_set_outlives_a_new_version_of_the_file_and_a_rebuild(filled: Curator) -> None:
    filled.run("set", source_id(filled, "The Act"), "--kind", "law", "--title", "The Law")
    filled.write("act.md", f"{ACT}\n\nA third line.\n")
    filled.run("add", "act.md")
    filled.run("rebuild")
    source = filled.sources()["The Law"]
    assert source["kind"] == "law"
    assert any("A third line." in text for text in filled.served()["The Law"])


def test_set_of_an_unknown_source_names_it_and_does_the_rest(filled: Curator) -> None:
    code, report = filled.try_report(
        "set", "nobody", source_id(filled, "A note"), "--stance", "mixed"
    )
    assert code == 1
    assert [problem["source"] for problem in report["failed"]] == ["nobody"]
    assert filled.sources()["A note"]["stance"] == "mixed"


def test_set_without_a_field_is_wrong_usage(filled: Curator) -> None:
    assert filled.output("set", "any") == (2, "")
    assert "name at least one field" in filled.errors


def test_remove_takes_sources_out_of_library_and_index(filled: Curator) -> None:
    note = source_id(filled, "A note")
    report = filled.report("remove", note, note)
    assert [source["source_id"] for source in report["removed"]] == [note]
    assert report["chunks"] == 1
    assert filled.served().keys() == filled.sources().keys() == {"The Act"}
    code, report = filled.try_report("remove", note)
    assert (code, report["failed"][0]["source"]) == (1, note)
    assert filled.report("add", "note.md")["added"]


def test_a_rebuild_embeds_nothing_and_mends_a_lost_index(filled: Curator) -> None:
    before = filled.served()
    shutil.rmtree(filled.data / "index")
    report = filled.report("rebuild")
    assert (report["embedded"], report["chunks"]) == (0, 2)
    assert filled.served() == before


def test_a_rebuild_of_nothing_is_no_failure(curator: Curator) -> None:
    assert curator.report("rebuild")["chunks"] == 0
    assert curator.served() == {}


def test_another_encoder_is_refused_until_a_rebuild(filled: Curator) -> None:
    before = filled.served()
    filled.encoder = WordEncoder("others")
    for command in (["add", "act.md"], ["remove", "x"], ["sync"]):
        assert filled.output(*command) == (2, "")
        assert "words" in filled.errors
        assert "ENCODER back to words" in filled.errors
        assert "ingest rebuild" in filled.errors
    assert filled.served() == before
    report = filled.report("rebuild")
    assert report["embedded"] == report["chunks"] == 2
    assert filled.served() == before
    assert len(filled.report("add", "act.md", "note.md")["unchanged"]) == 2
    snapshot = open_snapshot(filled.data)
    assert snapshot.manifest.encoder_identity() == filled.encoder.identity
    snapshot.close()


def test_list_gives_the_full_records(filled: Curator) -> None:
    (record,) = [s for s in filled.report("list")["sources"] if s["title"] == "The Act"]
    assert record.keys() >= {
        *("source_id", "title", "url", "publisher", "authors", "kind", "stance", "jurisdiction"),
        *("published", "retrieved", "status", "status_date", "superseded_by", "licence"),
        *("sources", "chunks"),
    }
    assert (record["url"], record["chunks"]) == (None, 1)
    code, out = filled.output("list")
    assert code == 0
    assert "The Act" in out


def test_list_of_an_empty_library_says_so(curator: Curator) -> None:
    assert curator.report("list") == {"sources": []}
    assert "library is empty" in curator.output("list")[1]


def test_a_second_ingest_is_told_who_writes_and_reading_goes_on(filled: Curator) -> None:
    with hold(filled.data) as process:
        for command in (
            ["add", "act.md"],
            ["remove", "x"],
            ["rebuild"],
            ["set", "x", "--title", "T"],
        ):
            assert filled.output(*command, "--json") == (1, "")
            assert f"process {process.pid} since" in filled.errors
        assert filled.sources().keys() == {"The Act", "A note"}
        assert filled.served().keys() == {"The Act", "A note"}


def test_sync_takes_in_the_starter_corpus_once(curator: Curator) -> None:
    first = curator.report("sync")
    assert len(first["added"]) == len(ingest.inputs.corpus_inputs()) > 0
    assert all(
        place.startswith("knowledge/corpus/") for s in first["added"] for place in s["sources"]
    )
    second = curator.report("sync")
    assert len(second["unchanged"]) == len(first["added"])
    assert (second["embedded"], second["build"]) == (0, first["build"])


def test_sync_if_missing_does_nothing_where_there_is_an_index(filled: Curator) -> None:
    assert filled.output("sync", "--if-missing") == (0, "")
    assert filled.sources().keys() == {"The Act", "A note"}
    report = filled.report("sync", "--if-missing")
    assert (report["added"], report["chunks"]) == ([], 2)


def test_sync_if_missing_takes_in_the_corpus_where_there_is_none(curator: Curator) -> None:
    assert curator.report("sync", "--if-missing")["added"]


def test_add_does_not_bring_the_starter_corpus_along(filled: Curator) -> None:
    assert filled.served().keys() == {"The Act", "A note"}


def test_an_empty_library_has_no_index_to_open(curator: Curator) -> None:
    curator.run("list")
    with pytest.raises(IndexMissingError):
        open_snapshot(curator.data)


def test_quiet_says_nothing_but_the_report(filled: Curator) -> None:
    code, out = filled.output("add", "act.md", "--quiet", "--json")
    assert (code, filled.errors) == (0, "")
    assert json.loads(out)["unchanged"]


@pytest.mark.parametrize("command", [["add", "act.md"], ["list"], ["rebuild"]])
def test_a_library_that_is_no_database_is_a_sentence(curator: Curator, command: list[str]) -> None:
    curator.write("act.md", ACT)
    curator.write("data/library.db", "my notes " * 100)
    assert curator.output(*command) == (1, "")
    assert "library.db cannot be used" in curator.errors
    assert "Traceback" not in curator.errors


def test_a_damaged_index_is_a_sentence_until_a_rebuild(filled: Curator) -> None:
    before = filled.served()
    for path in (filled.data / "index").glob("*/manifest.json"):
        path.write_text("{", "utf-8")
    assert filled.output("add", "act.md") == (1, "")
    assert "ingest rebuild" in filled.errors
    assert filled.report("rebuild")["embedded"] == 0
    assert filled.served() == before


def test_a_current_that_is_no_text_is_mended_by_a_rebuild(filled: Curator) -> None:
    (filled.data / "index" / "CURRENT").write_bytes(b"\xff\xfe")
    assert filled.output("add", "act.md") == (1, "")
    assert filled.report("rebuild")["chunks"] == 2
    assert len(filled.served()) == 2


def test_the_report_says_how_many_chunks_of_a_source_came_or_went(curator: Curator) -> None:
    sections = [f"# Part {n}\n\nThis is what part {n} says about weights." for n in range(4)]
    curator.write("parts.md", "\n\n".join(sections))
    curator.report("add", "parts.md")
    sections[2] = "# Part 2\n\nThis is what part two says by now."
    curator.write("parts.md", "\n\n".join(sections))
    report = curator.report("add", "parts.md")
    assert [each["changed"] for each in report["updated"]] == [2]
    assert report["embedded"] == 1

"""Sources that are taken out for a reason, and do not come back by themselves."""

import json
import shutil
from collections.abc import Callable

import pytest

from knowledge.index import SnapshotKeeper, open_snapshot
from tests.ingest.conftest import PAGE, Curator, Site
from tests.knowledge.test_locking import hold

ACT = "# The Act\n\nProviders keep records.\n\nWeights stay open.\n"
NOTE = "# A note\n\nA licence cannot prevent what it forbids.\n"
WHY = "Withdrawn by its author."


@pytest.fixture
def filled(curator: Curator) -> Curator:
    curator.write("act.md", ACT)
    curator.write("note.md", NOTE)
    assert curator.run("add", "act.md", "note.md") == 0
    return curator


def source_id(curator: Curator, title: str) -> str:
    return str(curator.sources()[title]["source_id"])


def retractions(curator: Curator) -> list[tuple[str, str]]:
    found = json.loads(curator.output("status", "--json")[1])["retractions"]
    return [(each["source_id"], each["why"]) for each in found]


def test_a_retracted_source_leaves_library_and_index_and_is_remembered(filled: Curator) -> None:
    note = source_id(filled, "A note")
    report = filled.report("retract", note, "--why", f"  {WHY}\n")
    assert [source["source_id"] for source in report["removed"]] == [note]
    assert (report["failed"], report["chunks"]) == ([], 1)
    assert filled.served().keys() == filled.sources().keys() == {"The Act"}
    assert retractions(filled) == [(note, WHY)]
    assert "retracted on 20" in filled.output("status")[1]
    snapshot = open_snapshot(filled.data)
    (retraction,) = snapshot.chronicle().retractions
    assert (retraction.source_id, retraction.title, retraction.why) == (note, "A note", WHY)
    assert snapshot.chronicle().changes[0].what == "retracted"
    snapshot.close()
    assert filled.report("verify") == {"ok": True, "problems": []}


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda curator: ["add", "note.md"], id="add"),  # noqa: ARG005
        pytest.param(
            lambda curator: [
                "sync",
                str(curator.write("list.toml", '[[source]]\npath = "note.md"\n')),
            ],
            id="sync",
        ),
        pytest.param(
            lambda curator: ["add", str(shutil.copy("note.md", curator.folder / "copy.md"))],
            id="a copy",
        ),
    ],
)
def test_what_was_retracted_is_rejected_with_the_reason_until_it_is_restored(
    filled: Curator, again: Callable[[Curator], list[str]]
) -> None:
    note = source_id(filled, "A note")
    filled.run("retract", note, "--why", WHY)
    command = again(filled)
    report = filled.report(*command)
    (problem,) = report["rejected"]
    assert problem["reason"].startswith("retracted on 20")
    assert problem["reason"].endswith(f": {WHY}; `python -m ingest restore {note}` allows it again")
    assert report["added"] == []
    assert filled.served().keys() == {"The Act"}
    restored = filled.report("restore", note)
    assert [each["source"] for each in restored["warnings"]] == [note]
    assert "may be taken in again" in restored["warnings"][0]["reason"]
    assert retractions(filled) == []
    snapshot = open_snapshot(filled.data)
    assert snapshot.chronicle().retractions == ()
    snapshot.close()
    assert filled.report(*command)["added"]
    assert filled.served().keys() == {"The Act", "A note"}


def test_a_retracted_file_does_not_come_back_with_another_text(filled: Curator) -> None:
    filled.run("retract", source_id(filled, "A note"), "--why", WHY)
    filled.write("note.md", "# A note\n\nIt says something else by now.\n")
    assert filled.report("add", "note.md")["rejected"]


def test_a_retracted_page_is_not_asked_for_again(curator: Curator, site: Site) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.report("add", site.url("/a.html"))
    curator.run("retract", source_id(curator, "Notes on weights"), "--why", WHY)
    asked = len(site.asked)
    report = curator.report("add", site.url("/a.html") + "?utm_source=x#part")
    assert WHY in report["rejected"][0]["reason"]
    assert len(site.asked) == asked


def test_a_page_that_leads_to_a_retracted_one_is_rejected(curator: Curator, site: Site) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.report("add", site.url("/a.html"))
    curator.run("retract", source_id(curator, "Notes on weights"), "--why", WHY)
    site.pages["/a.html"] = PAGE.format("The text has changed since.")
    site.moved["/b.html"] = "/a.html"
    assert WHY in curator.report("add", site.url("/b.html"))["rejected"][0]["reason"]


def test_a_file_whose_public_address_is_known_keeps_that_page_out(
    curator: Curator, site: Site
) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.write("note.md", NOTE)
    curator.report("add", "note.md", "--url", site.url("/a.html"))
    curator.run("retract", source_id(curator, "A note"), "--why", WHY)
    assert curator.report("add", site.url("/a.html"))["rejected"]


def test_a_second_retraction_is_a_note_and_an_unknown_id_a_failure(filled: Curator) -> None:
    note, act = source_id(filled, "A note"), source_id(filled, "The Act")
    filled.run("retract", note, "--why", WHY)
    report = filled.report("retract", note, "--why", "Another reason.")
    assert (report["removed"], [each["source"] for each in report["warnings"]]) == ([], [note])
    assert WHY in report["warnings"][0]["reason"]
    code, report = filled.try_report("retract", "nobody", act, "--why", WHY)
    assert code == 1
    assert [each["source"] for each in report["failed"]] == ["nobody"]
    assert [each["source_id"] for each in report["removed"]] == [act]
    code, report = filled.try_report("restore", "nobody")
    assert (code, report["failed"][0]["source"]) == (1, "nobody")


@pytest.mark.parametrize(
    ("why", "said"), [("  ", "must not be empty"), ("x" * 501, "501 characters, the limit is 500")]
)
def test_a_reason_must_be_given_and_short(filled: Curator, why: str, said: str) -> None:
    note = source_id(filled, "A note")
    assert filled.output("retract", note, "--why", why) == (2, "")
    assert said in filled.errors
    with pytest.raises(SystemExit) as stopped:
        filled.run("retract", note)
    assert stopped.value.code == 2
    assert filled.sources().keys() == {"The Act", "A note"}


def test_a_reader_that_is_open_reads_on_and_then_finds_the_source_gone(filled: Curator) -> None:
    note = source_id(filled, "A note")
    keeper = SnapshotKeeper(filled.data, lambda _manifest: None)
    open_before = keeper.current()
    filled.run("retract", note, "--why", WHY)
    texts = [chunk.text for chunk in open_before.chunks_of(note)]
    assert "A licence cannot prevent" in "".join(texts)
    vector = filled.encoder.encode_queries(["licence"])[0]
    assert len(open_before.nearest(vector, 10)) == 2
    after = keeper.current()
    assert set(after.sources) == {source_id(filled, "The Act")}
    assert [each.source_id for each in after.chronicle().retractions] == [note]
    keeper.close()


def test_a_retraction_waits_for_no_other_ingest(filled: Curator) -> None:
    note = source_id(filled, "A note")
    with hold(filled.data) as process:
        assert filled.output("retract", note, "--why", WHY, "--json") == (1, "")
        assert f"process {process.pid} since" in filled.errors
    assert retractions(filled) == []
    assert filled.report("retract", note, "--why", WHY)["removed"]


def test_a_rollback_does_not_bring_a_retracted_source_back(filled: Curator) -> None:
    note = source_id(filled, "A note")
    filled.run("retract", note, "--why", WHY)
    assert filled.output("rollback") == (2, "")
    assert note in filled.errors
    assert "ingest restore" in filled.errors
    assert filled.served().keys() == {"The Act"}

"""What `python -m ingest add` does with files that are new, the same, changed or unusable."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.encoders.encoder import Vectors
from tests.fakes import WordEncoder, WordRuntime
from tests.ingest.conftest import Curator

SECTION = "\n\n".join(
    f"The {word} duty applies to every provider of models." for word in "abcdefgh"
)
ACT = f"# The Act\n\n## Article 1\n\n{SECTION * 3}\n\n## Article 2\n\nWeights stay open.\n"
PAGE = (
    "<html><head><title>A page on safeguards</title></head><body><article><h1>A page on "
    "safeguards</h1><p>Anyone with the weights can remove the safeguards in an afternoon, and the "
    "people who published them will not notice it.</p><p>A copy cannot be recalled.</p></article>"
    "</body></html>"
)
NOTE = "A note on licences\n\nA licence forbids, but it cannot prevent. Nobody enforces it.\n"

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(8)


@pytest.fixture
def folder(curator: Curator) -> Path:
    curator.write("docs/act.md", ACT)
    curator.write("docs/deep/page.html", PAGE)
    curator.write("docs/deep/note.txt", NOTE)
    return curator.folder / "docs"


def titles(report: Sequence[dict[str, str]]) -> set[str]:
    return {source["title"] for source in report}


def test_a_folder_is_taken_in_and_what_is_unusable_gets_a_line(
    curator: Curator, folder: Path
) -> None:
    curator.write("docs/table.png", PICTURE)
    curator.write("docs/.hidden.md", "# Hidden\n\nNobody sees this.")
    curator.write("docs/.git/config.md", "# Git\n\nNobody sees this.")
    missing = str(curator.folder / "missing.md")
    code, report = curator.try_report("add", str(folder), missing)
    assert code == 1
    assert titles(report["added"]) == {"The Act", "A page on safeguards", "A note on licences"}
    assert [problem["source"] for problem in report["rejected"]] == [str(folder / "table.png")]
    assert [problem["source"] for problem in report["failed"]] == [missing]
    assert "no such file" in report["failed"][0]["reason"]
    assert report["chunks"] == report["embedded"] == sum(s["chunks"] for s in report["added"])
    assert report["build"] in {path.name for path in (curator.data / "index").iterdir()}
    for source in report["added"]:
        assert source.keys() == {"source_id", "title", "sources", "chunks"}
    assert curator.served().keys() == titles(report["added"])


def test_the_report_has_the_keys_of_the_contract(curator: Curator, folder: Path) -> None:
    code, out = curator.output("add", str(folder), "--json")
    assert code == 0
    assert out.count("\n") == 1
    assert set(json.loads(out)) >= {
        *("added", "updated", "unchanged", "removed", "rejected", "failed"),
        *("chunks", "embedded", "build", "seconds"),
    }


def test_a_second_run_embeds_nothing(curator: Curator, folder: Path) -> None:
    first = curator.report("add", str(folder))
    curator.encoder.runtime.encoded.clear()
    second = curator.report("add", str(folder))
    assert titles(second["unchanged"]) == titles(first["added"])
    assert (second["added"], second["updated"], second["removed"]) == ([], [], [])
    assert (second["embedded"], second["build"]) == (0, first["build"])
    assert curator.encoder.runtime.encoded == []


def test_a_file_touched_but_not_changed_is_unchanged(curator: Curator, folder: Path) -> None:
    first = curator.report("add", str(folder))
    os.utime(folder / "act.md", (1, 1))
    curator.write("docs/act.md", f"\n\n{ACT}\n")
    second = curator.report("add", str(folder))
    assert len(second["unchanged"]) == 3
    assert second["build"] == first["build"]


def test_only_the_changed_part_of_a_file_is_embedded(curator: Curator, folder: Path) -> None:
    before = curator.report("add", str(folder))
    curator.encoder.runtime.encoded.clear()
    curator.write("docs/act.md", ACT.replace("Weights stay open.", "Weights were closed."))
    after = curator.report("add", str(folder))
    assert titles(after["updated"]) == {"The Act"}
    assert len(after["unchanged"]) == 2
    assert after["chunks"] == before["chunks"]
    (embedded,) = curator.encoder.runtime.encoded
    assert "Weights were closed." in embedded
    texts = " ".join(curator.served()["The Act"])
    assert "were closed" in texts
    assert "stay open" not in texts


def test_a_change_in_the_front_matter_alone_is_an_update(curator: Curator) -> None:
    text = (
        "---\ntitle: The Order\nstatus: in-force\n---\n\nModels above a threshold are reported.\n"
    )
    curator.write("order.md", text)
    curator.run("add", "order.md")
    curator.write("order.md", text.replace("in-force", "revoked"))
    report = curator.report("add", "order.md")
    assert titles(report["updated"]) == {"The Order"}
    assert report["embedded"] == 0
    assert curator.sources()["The Order"]["status"] == "revoked"
    assert titles(curator.report("add", "order.md")["unchanged"]) == {"The Order"}


def test_a_file_that_became_unusable_keeps_its_last_good_version(
    curator: Curator, folder: Path
) -> None:
    curator.run("add", str(folder))
    curator.write("docs/act.md", b"")
    (folder / "deep" / "note.txt").unlink()
    code, report = curator.try_report("add", str(folder))
    assert code == 1
    assert [problem["reason"] for problem in report["failed"]] == ["it is empty"]
    assert curator.served().keys() == {"The Act", "A page on safeguards", "A note on licences"}


def test_files_that_were_only_rejected_are_no_failure(curator: Curator) -> None:
    curator.write("table.png", PICTURE)
    code, report = curator.try_report("add", "table.png")
    assert (code, len(report["rejected"]), report["chunks"]) == (0, 1, 0)


def test_one_damaged_file_does_not_stop_the_others(curator: Curator, folder: Path) -> None:
    curator.write("docs/damaged.pdf", b"%PDF-1.7\nnothing that a reader would want")
    curator.write("docs/bad.md", "---\nkind: [\n---\n\nText.\n")
    curator.write("docs/binary.txt", bytes(range(256)) * 40)
    code, report = curator.try_report("add", str(folder))
    assert code == 1
    assert len(report["added"]) == 3
    assert {Path(each["source"]).name for each in report["failed"] + report["rejected"]} == {
        *("damaged.pdf", "bad.md", "binary.txt"),
    }


def test_the_same_text_under_two_paths_is_one_source(curator: Curator) -> None:
    paths = [str(curator.write(name, ACT)) for name in ("a.md", "b.md")]
    (source,) = curator.report("add", *paths)["added"]
    assert source["sources"] == paths
    copy = str(curator.write("c.md", ACT))
    (source,) = curator.report("add", copy)["updated"]
    assert source["sources"] == [*paths, copy]
    assert len(curator.sources()) == 1


def test_a_copy_that_changes_becomes_a_source_of_its_own(curator: Curator) -> None:
    paths = [str(curator.write(name, ACT)) for name in ("a.md", "b.md")]
    first = curator.report("add", *paths)["added"][0]["source_id"]
    curator.write("b.md", ACT.replace("# The Act", "# Another Act"))
    report = curator.report("add", *paths)
    (added,) = report["added"]
    assert (added["title"], added["sources"]) == ("Another Act", paths[1:])
    assert curator.sources()["The Act"]["source_id"] == first
    assert curator.sources()["The Act"]["sources"] == paths[:1]
    assert curator.served().keys() == {"The Act", "Another Act"}


@pytest.mark.parametrize("alike", [True, False])
def test_copies_that_change_together_leave_no_ghost_behind(
    curator: Curator, *, alike: bool
) -> None:
    paths = [str(curator.write(name, ACT)) for name in ("a.md", "b.md")]
    curator.run("add", *paths)
    for name in ("a.md", "b.md"):
        title = "New Act" if alike else f"New Act {name}"
        curator.write(name, ACT.replace("The Act", title))
    report = curator.report("add", *paths)
    assert "The Act" not in curator.served()
    assert all(source["sources"] for source in curator.sources().values())
    listed = {path for source in curator.sources().values() for path in source["sources"]}
    assert listed == set(paths)
    assert len(curator.sources()) == (1 if alike else 2)
    assert len(report["removed"]) + len(report["added"]) + len(report["updated"]) >= 2


def test_files_that_swap_their_texts_keep_both(curator: Curator) -> None:
    paths = [str(curator.write("a.md", ACT)), str(curator.write("b.txt", NOTE))]
    curator.run("add", *paths)
    curator.write("a.md", NOTE)
    curator.write("b.txt", ACT.replace("# ", "").replace("#", ""))
    curator.run("add", *paths)
    texts = " ".join(text for texts in curator.served().values() for text in texts)
    assert "Weights stay open." in texts
    assert "A licence forbids" in texts


def test_a_text_that_moves_to_another_file_is_kept(curator: Curator) -> None:
    paths = [str(curator.write(name, f"# {name}\n\nText of {name}.")) for name in ("a.md", "b.md")]
    curator.run("add", *paths)
    curator.write("b.md", "# a.md\n\nText of a.md.")  # what a.md held until now
    curator.write("a.md", "# new\n\nText that is new.")
    curator.run("add", *paths)
    assert {text for texts in curator.served().values() for text in texts} == {
        *("new\n\nText that is new.", "a.md\n\nText of a.md."),
    }
    assert all(source["sources"] for source in curator.sources().values())


def test_a_path_added_again_does_not_take_over_the_source_of_its_copy(curator: Curator) -> None:
    paths = [str(curator.write(name, ACT)) for name in ("a.md", "b.md")]
    curator.run("add", *paths)
    curator.write("a.md", NOTE)
    (split,) = curator.report("add", *paths)["added"]
    curator.run("remove", split["source_id"])
    curator.run("add", paths[0])
    assert len(curator.served()) == 2
    assert sorted(source["sources"] for source in curator.sources().values()) == [
        paths[:1],
        paths[1:],
    ]


def test_the_words_of_the_command_go_before_those_of_the_document(curator: Curator) -> None:
    curator.write("act.md", ACT)
    details = (
        "--title The_Law --kind law --status in-force --status-date 2024-08 --url https://a.eu"
    )
    curator.run("add", "act.md", *details.split(), "--authors", "A. One; B. Two")
    source = curator.sources()["The_Law"]
    assert (source["kind"], source["status"], source["status_date"]) == (
        "law",
        "in-force",
        "2024-08",
    )
    assert (source["authors"], source["url"]) == (["A. One", "B. Two"], "https://a.eu")


@pytest.mark.parametrize("again", ["act.md", "copy.md"])
def test_details_of_a_text_that_is_already_held_are_taken_on(curator: Curator, again: str) -> None:
    curator.write("act.md", ACT)
    curator.write("copy.md", ACT)
    curator.run("add", "act.md")
    report = curator.report("add", again, "--kind", "law")
    assert titles(report["updated"]) == {"The Act"}
    assert report["embedded"] == 0
    assert curator.sources()["The Act"]["kind"] == "law"


def test_one_title_for_two_files_is_refused(curator: Curator) -> None:
    curator.write("a.md", ACT)
    curator.write("b.txt", NOTE)
    code, out = curator.output("add", "a.md", "b.txt", "--title", "T", "--json")
    assert (code, out) == (2, "")
    assert "--title describes one document, but 2 were named" in curator.errors
    assert not (curator.data / "library.db").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--published", "July 2024"),
        ("--published", "2024-13"),
        ("--url", "file:///etc/passwd"),
        ("--url", "https://a.example/a b"),
        ("--title", " "),
    ],
)
def test_an_unusable_detail_is_named(curator: Curator, option: str, value: str) -> None:
    curator.write("a.md", ACT)
    assert curator.output("add", "a.md", option, value) == (2, "")
    assert curator.errors.startswith(f"Unusable option. {option}: must")


def test_a_setting_without_a_usable_value_is_named(
    curator: Curator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEVICE", "toaster")
    assert curator.output("list") == (2, "")
    assert "DEVICE" in curator.errors
    assert "toaster" not in curator.errors


def test_wrong_usage_exits_with_2(curator: Curator) -> None:
    for arguments in ([], ["add"], ["fly"], ["add", "a.md", "--kind", "rumour"]):
        with pytest.raises(SystemExit, match="2"):
            curator.output(*arguments)


def test_a_data_folder_that_is_a_file_is_a_sentence(curator: Curator) -> None:
    curator.write("data", "a file")
    curator.write("a.md", ACT)
    for command in (["add", "a.md"], ["list"], ["rebuild"]):
        assert curator.output(*command) == (1, "")
        assert "Traceback" not in curator.errors
        assert str(curator.data) in curator.errors


def test_names_that_look_like_markup_are_shown_as_they_are(curator: Curator) -> None:
    curator.write(
        "[red]a[/x].md", "# [bold]Open[/nope] [link=https://evil.example]x\n\nSome words."
    )
    curator.write("[b].png", PICTURE)
    code, out = curator.output("add", ".")
    assert code == 0
    assert "[bold]Open[/nope]" in out
    assert "[b].png" in out


def test_a_file_name_that_is_no_unicode_is_taken_in(curator: Curator) -> None:
    folder = curator.folder / "docs"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/caf\xe9.md", "wb") as file:  # noqa: PTH123 - bytes
        file.write(b"Words without a heading, and more of them than a title has.\n\nMore words.")
    with open(os.fsencode(folder) + b"/caf\xe9.png", "wb") as file:  # noqa: PTH123 - bytes
        file.write(PICTURE)
    for arguments in (["--json"], []):
        code, out = curator.output("add", str(folder), *arguments)
        assert code == 0
        assert out.encode()
    assert len(curator.sources()) == 1


def test_links_that_lead_in_circles_are_a_line_in_the_report(
    curator: Curator, folder: Path
) -> None:
    (folder / "circle.md").symlink_to(folder / "circle.md")
    (folder / "broken.md").symlink_to(folder / "nowhere.md")
    (folder / "same.md").symlink_to(folder / "act.md")
    (folder / "loop").symlink_to(folder)
    code, report = curator.try_report("add", str(folder))
    assert code == 1
    assert len(report["added"]) == 3
    assert len(report["failed"]) == 2


def test_a_link_that_leads_out_of_a_folder_is_not_followed(curator: Curator, folder: Path) -> None:
    outside = curator.write("outside.md", "# Outside\n\nWhat nobody meant to take in.")
    (folder / "innocent.md").symlink_to(outside)
    code, report = curator.try_report("add", str(folder))
    assert (code, len(report["rejected"])) == (0, 1)
    assert "leads out of the folder" in json.dumps(report["rejected"])
    assert "Outside" not in json.dumps(curator.sources())


def test_a_home_that_does_not_exist_is_a_line_in_the_report(curator: Curator) -> None:
    code, report = curator.try_report("add", "~nobody-of-that-name/a.md", "ftp://a.example/b.md")
    assert (code, len(report["failed"]), len(report["rejected"])) == (1, 1, 1)


def test_control_characters_in_a_name_do_not_reach_the_terminal(curator: Curator) -> None:
    curator.write("a\x1b[2Jb.png", PICTURE)
    curator.write("c\x1b]0;owned\x07.md", "A line that is too long for a title, and ends so: " * 9)
    curator.write("d.md", "# D\n\nSome words.")
    for arguments in (["add", "."], ["add", "d.md", "--title", "D\x1b[2J"], ["list"]):
        _, out = curator.output(*arguments)
        assert "\x1b" not in out + curator.errors


def test_stopping_keeps_what_was_done(
    curator: Curator, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StoppedRuntime(WordRuntime):
        def encode(self, texts: Sequence[str]) -> Vectors:
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode(texts)

    with monkeypatch.context() as patch:
        patch.setattr(curator, "encoder", WordEncoder(runtime=StoppedRuntime()))
        assert curator.run("add", str(folder)) == 1
    assert len(curator.sources()) == 1
    report = curator.report("add", str(folder))
    assert (len(report["unchanged"]), len(report["added"])) == (1, 2)
    assert len(curator.served()) == 3


def test_nothing_taken_in_makes_no_index_that_would_pass_for_one(curator: Curator) -> None:
    code, report = curator.try_report("add", "nowhere.md")
    assert (code, report["build"], report["chunks"]) == (1, None, 0)
    assert curator.report("sync", "--approved")["build"] is None
    assert not (curator.data / "index" / "CURRENT").exists()
    assert len(curator.report("sync", "--if-missing")["added"]) > 1


def test_a_link_that_leads_nowhere_is_told_as_one(curator: Curator, folder: Path) -> None:
    (folder / "loop.md").symlink_to("loop.md")
    code, report = curator.try_report("add", str(folder))
    assert code == 1
    assert [problem["source"] for problem in report["failed"]] == [str(folder / "loop.md")]
    assert "leads nowhere" in report["failed"][0]["reason"]
    assert len(report["added"]) == 3


def test_files_whose_names_are_no_unicode_are_kept_apart(curator: Curator) -> None:
    try:
        for name, text in ((b"na\xfe.txt", "One weight."), (b"na\xff.txt", "Two weights.")):
            (curator.folder / "docs").mkdir(exist_ok=True)
            (curator.folder / "docs" / os.fsdecode(name)).write_text(text, "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such names")
    assert len(curator.report("add", "docs")["added"]) == 2
    assert len(curator.report("add", "docs")["unchanged"]) == 2
    places = [place for source in curator.sources().values() for place in source["sources"]]
    assert sorted(Path(place).name for place in places) == ["na\\udcfe.txt", "na\\udcff.txt"]

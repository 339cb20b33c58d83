"""The starter corpus with the documents that complete it."""

from pathlib import Path

import pytest

import ingest.inputs
from knowledge.curation.source_list import source_list_problems
from tests.ingest.conftest import PAGE, Curator, Site

LISTED = Path(__file__).parents[1] / "fixtures" / "corpus" / "sources.toml"
BRIEF = "---\ntitle: A brief\nkind: brief\n---\n\nA brief says what weights are.\n"


@pytest.fixture
def corpus(curator: Curator, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of one brief and three pages, of which one is gone."""
    text = LISTED.read_text("utf-8").replace("https://library.example", site.address)
    curator.write("corpus/sources.toml", text)
    folder = curator.write("corpus/brief.md", BRIEF).parent
    monkeypatch.setattr(ingest.inputs, "CORPUS", folder)
    site.pages["/act.html"] = PAGE.format("Providers of open models publish a summary.")
    site.pages["/terms.html"] = PAGE.format("Weights may be used under these terms.")
    return folder


def test_the_fixture_is_a_sound_list() -> None:
    assert list(source_list_problems(LISTED.read_text("utf-8"))) == []


@pytest.mark.usefixtures("corpus")
def test_in_full_the_corpus_comes_with_its_documents_and_one_that_is_gone_is_a_line(
    curator: Curator, site: Site
) -> None:
    code, report = curator.try_report("sync", "--full")
    assert code == 1
    titles = {source["title"] for source in report["added"]}
    assert titles == {"A brief", "Example Act", "Terms of an open-weight model"}
    assert [each["source"] for each in report["failed"]] == [site.url("/gone.html")]
    assert "(404)" in report["failed"][0]["reason"]
    act = curator.sources()["Example Act"]
    assert (act["kind"], act["status"], act["status_date"]) == ("law", "in-force", "2024-08-01")
    assert act["url"] == site.url("/act.html")
    assert not {"why", "checked", "language"} & act.keys()


@pytest.mark.usefixtures("corpus", "site")
def test_without_full_only_the_briefs_come_and_the_documents_stay(curator: Curator) -> None:
    assert len(curator.report("sync")["added"]) == 1
    curator.try_report("sync", "--full")
    report = curator.report("sync", "--prune")
    assert (len(report["unchanged"]), report["removed"]) == (1, [])
    assert len(curator.sources()) == 3


@pytest.mark.usefixtures("site")
def test_what_the_list_names_no_more_goes_with_prune(curator: Curator, corpus: Path) -> None:
    curator.try_report("sync", "--full")
    listed = corpus / "sources.toml"
    kept = "".join(listed.read_text("utf-8").partition("[[source]]")[1:]).split("\n\n")
    listed.write_text("\n\n".join(kept[:1]), "utf-8")
    report = curator.report("sync", "--full", "--prune")
    assert [each["title"] for each in report["removed"]] == ["Terms of an open-weight model"]


@pytest.mark.usefixtures("corpus", "site")
def test_manifests_are_taken_in_beside_the_full_corpus(curator: Curator) -> None:
    curator.write("own.md", "# My own\n\nA note of my own on weights.\n")
    curator.write("own.toml", '[[source]]\npath = "own.md"\n')
    assert len(curator.try_report("sync", "own.toml", "--full")[1]["added"]) == 4


def test_a_list_that_is_missing_is_named(curator: Curator, monkeypatch: pytest.MonkeyPatch) -> None:
    curator.write("corpus/brief.md", BRIEF)
    monkeypatch.setattr(ingest.inputs, "CORPUS", curator.folder / "corpus")
    assert curator.output("sync", "--full") == (2, "")
    assert "sources.toml cannot be read" in curator.errors

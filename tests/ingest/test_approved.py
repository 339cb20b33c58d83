"""What readers suggested: shown, decided and taken in by a curator."""

import json

import pytest

from ingest.pipeline import Ingest
from knowledge.compose import open_suggestions
from knowledge.errors import LibraryError
from knowledge.library import Suggestions, connect_library
from knowledge.settings import KnowledgeSettings, read_settings
from tests.ingest.conftest import PAGE, Curator, Site

TEXT = "Copies of weights cannot be called back."


def suggest(*urls: str, contact: str | None = "4711") -> list[int]:
    queue = open_suggestions(read_settings(KnowledgeSettings))
    made = [queue.suggest(url, note="Read it.", contact=contact, guild="1").id for url in urls]
    queue.close()
    return made


def listed(curator: Curator) -> dict[str, dict[str, object]]:
    found = curator.report("suggestions")
    assert found["failed"] == []
    return {each["url"]: each for each in found["suggestions"]}


def test_an_approved_page_is_taken_in_and_noted_as_taken(curator: Curator, site: Site) -> None:
    site.pages["/a.html"] = PAGE.format(TEXT)
    (number,) = suggest(site.url("/a.html"))
    assert curator.report("sync", "--approved")["added"] == []
    assert site.asked == []
    curator.report("suggestions", "approve", str(number))
    report = curator.report("sync", "--approved")
    (source,) = report["added"]
    assert source["sources"] == [site.url("/a.html")]
    assert TEXT in "".join(*curator.served().values())
    taken = listed(curator)[site.url("/a.html")]
    assert (taken["status"], taken["source_id"]) == ("taken", source["source_id"])
    queue = Suggestions(connect_library(curator.data))
    (untold,) = queue.untold()
    assert (untold.status, untold.contact) == ("taken", "4711")
    queue.close()
    again = curator.report("sync", "--approved")
    assert (again["added"], again["unchanged"], again["build"]) == ([], [], report["build"])


def test_what_cannot_be_taken_in_is_noted_as_failed_and_the_rest_is_done(
    curator: Curator, site: Site
) -> None:
    site.pages["/good.html"] = PAGE.format(TEXT)
    site.pages["/binary"] = "\x00\x01\x02" * 50
    site.pages["/feed"] = (
        '<?xml version="1.0"?><rss version="2.0"><channel><item>'
        f"<link>{site.url('/good.html')}</link></item></channel></rss>"
    )
    urls = [site.url(path) for path in ("/gone.html", "/binary", "/feed", "/good.html")]
    numbers = suggest(*urls)
    curator.report("suggestions", "approve", *map(str, numbers))
    code, report = curator.try_report("sync", "--approved")
    assert code == 1
    assert [each["source"] for each in report["failed"]] == [urls[0]]
    assert [each["source"] for each in report["rejected"]] == urls[1:3]
    assert len(report["added"]) == 1
    found = listed(curator)
    assert [found[url]["status"] for url in urls] == ["failed", "failed", "failed", "taken"]
    assert "404" in str(found[urls[0]]["reason"])
    assert "feed" in str(found[urls[2]]["reason"])
    site.pages["/gone.html"] = PAGE.format("It is back.").replace("Notes", "More notes")
    curator.report("suggestions", "approve", str(numbers[0]))
    assert curator.report("sync", "--approved")["added"]
    assert listed(curator)[urls[0]]["status"] == "taken"


def test_a_run_with_only_unsupported_ones_ends_well(curator: Curator, site: Site) -> None:
    site.pages["/binary"] = "\x00\x01\x02" * 50
    curator.report("suggestions", "approve", *map(str, suggest(site.url("/binary"))))
    assert curator.output("sync", "--approved")[0] == 0


def test_a_page_that_robots_or_a_private_address_forbids_fails(
    curator: Curator, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (number,) = suggest(site.url("/a.html"))
    curator.report("suggestions", "approve", str(number))
    monkeypatch.setenv("INGEST_ALLOW_PRIVATE", "")
    assert curator.report("sync", "--approved")["rejected"]
    assert "only public addresses" in str(listed(curator)[site.url("/a.html")]["reason"])
    assert site.asked == []


def test_a_page_with_a_text_that_is_known_becomes_that_source(curator: Curator, site: Site) -> None:
    site.pages["/a.html"] = site.pages["/b.html"] = PAGE.format(TEXT)
    (source,) = curator.report("add", site.url("/a.html"))["added"]
    curator.report("suggestions", "approve", *map(str, suggest(site.url("/b.html"))))
    curator.report("sync", "--approved")
    assert listed(curator)[site.url("/b.html")]["source_id"] == source["source_id"]


def test_a_manifest_and_what_was_approved_come_in_one_run(curator: Curator, site: Site) -> None:
    site.pages["/a.html"] = PAGE.format(TEXT)
    curator.write("note.md", "# A note\n\nWeights are numbers that a model learned.\n")
    curator.write("sources.toml", '[[source]]\npath = "note.md"\n')
    curator.report("suggestions", "approve", *map(str, suggest(site.url("/a.html"))))
    report = curator.report("sync", "sources.toml", "--approved", "--prune")
    assert {each["title"] for each in report["added"]} == {"A note", "Notes on weights"}
    assert curator.report("sync", "sources.toml", "--prune")["removed"] == []


def test_a_run_that_stopped_before_it_published_is_made_good_by_the_next(
    curator: Curator, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object, **_more: object) -> None:
        raise LibraryError("The disk is full.")

    site.pages["/a.html"] = PAGE.format(TEXT)
    curator.report("suggestions", "approve", *map(str, suggest(site.url("/a.html"))))
    with monkeypatch.context() as patch:
        patch.setattr("ingest.pipeline.publish", stop)
        assert curator.output("sync", "--approved", "--json") == (1, "")
    assert listed(curator)[site.url("/a.html")]["status"] == "approved"
    assert len(curator.report("sync", "--approved")["unchanged"]) == 1
    assert listed(curator)[site.url("/a.html")]["status"] == "taken"
    assert curator.served()


def test_one_that_was_rejected_while_it_was_read_stays_rejected(
    curator: Curator, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/a.html"] = PAGE.format(TEXT)
    (number,) = suggest(site.url("/a.html"))
    curator.report("suggestions", "approve", str(number))
    publish = Ingest.publish

    def reject_first(ingest: Ingest, *, fresh: bool = False) -> object:
        ingest.library.suggestions.reject(number, "Not now.")
        return publish(ingest, fresh=fresh)

    monkeypatch.setattr(Ingest, "publish", reject_first)
    report = curator.report("sync", "--approved")
    assert "is rejected already" in report["warnings"][0]["reason"]
    assert listed(curator)[site.url("/a.html")]["status"] == "rejected"


def test_suggestions_are_shown_without_who_made_them(curator: Curator) -> None:
    assert "Nobody has suggested" in curator.output("suggestions")[1]
    first, second = suggest("https://example.org/[bold]a", "https://example.org/b")
    shown = curator.report("suggestions", "reject", str(first), "--why", "It is\na copy.")
    assert shown["suggestions"][0].keys() == {
        *("id", "url", "note", "guild", "status", "reason", "source_id", "suggested", "decided"),
    }
    assert shown["suggestions"][0]["reason"] == "It is a copy."
    code, out = curator.output("suggestions")
    assert code == 0
    assert "4711" not in out
    assert out.index("https://example.org/b") < out.index("https://example.org/%5Bbold%5Da")
    assert "note: Read it." in out
    assert second


def test_wrong_usage_of_suggestions_is_a_sentence(curator: Curator) -> None:
    for arguments, said in (
        (("approve",), "Name what to approve"),
        (("reject", "1"), "Say --why"),
        (("reject", "1", "--why", " "), "must not be empty"),
        (("approve", "1", "--why", "x"), "--why belongs to"),
    ):
        assert curator.output("suggestions", *arguments) == (2, "")
        assert said in curator.errors


def test_an_unknown_or_decided_suggestion_is_a_line_and_the_rest_is_done(
    curator: Curator,
) -> None:
    first, second = suggest("https://example.org/a", "https://example.org/b")
    curator.report("suggestions", "reject", str(first), "--why", "A copy.")
    code, out = curator.output("suggestions", "approve", str(first), "99", str(second), "--json")
    found = json.loads(out)
    assert code == 1
    assert [each["source"] for each in found["failed"]] == [str(first), "99"]
    assert [each["id"] for each in found["suggestions"]] == [second]
    assert "There is no suggestion 99." in curator.output("suggestions", "approve", "99")[1]

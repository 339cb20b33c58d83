"""Pages, feeds and manifests on a real server on loopback."""

import json

import pytest

from tests.ingest.conftest import PAGE, Curator, Site


def test_a_page_is_taken_in_under_its_address_and_not_that_of_another_host(
    curator: Curator, site: Site
) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.report("add", site.url("/a.html"))
    (source,) = curator.report("list")["sources"]
    assert source["url"] == site.url("/a.html")
    assert source["sources"] == [site.url("/a.html")]
    assert source["title"] == "Notes on weights"


def test_a_page_that_has_not_changed_is_asked_for_and_not_sent_again(
    curator: Curator, site: Site
) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.report("add", site.url("/a.html"))
    report = curator.report("add", site.url("/a.html"))
    assert len(report["unchanged"]) == 1
    assert report["embedded"] == 0
    assert site.asked.count("/a.html") == 2


def test_a_page_that_changed_replaces_its_text_and_leaves_a_version(
    curator: Curator, site: Site
) -> None:
    site.pages["/a.html"] = PAGE.format("The first text of the page.")
    curator.report("add", site.url("/a.html"))
    site.pages["/a.html"] = PAGE.format("The second text of the page.")
    report = curator.report("add", site.url("/a.html"))
    assert len(report["updated"]) == 1
    (source,) = json.loads(curator.output("status", "--json")[1])["sources"]
    assert len(source["versions"]) == 1
    assert source["versions"][0]["content_hash"] != source["content_hash"]
    assert "second" in "".join(*curator.served().values())


def test_a_page_that_vanishes_keeps_answering_and_is_marked_dead_after_three_failures(
    curator: Curator, site: Site
) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.report("add", site.url("/a.html"))
    del site.pages["/a.html"]
    for _ in range(3):
        code, report = curator.try_report("add", site.url("/a.html"))
        assert code == 1
        assert "404" in report["failed"][0]["reason"]
    (source,) = json.loads(curator.output("status", "--json")[1])["sources"]
    assert source["places"][0]["dead"]
    assert "dead since" in curator.output("status")[1]
    assert curator.served()
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.report("add", site.url("/a.html"))
    (source,) = json.loads(curator.output("status", "--json")[1])["sources"]
    assert (source["places"][0]["failures"], source["places"][0]["dead"]) == (0, False)


def test_a_feed_brings_the_documents_it_announces(curator: Curator, site: Site) -> None:
    site.pages["/a.html"] = PAGE.format("The first announced page.")
    site.pages["/b.html"] = PAGE.format("The second announced page.").replace("Notes", "More")
    items = "".join(f"<item><link>{site.url(path)}</link></item>" for path in list(site.pages))
    site.pages["/feed"] = (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    )
    report = curator.report("add", site.url("/feed"), "--kind", "news")
    assert len(report["added"]) == 2
    assert {s["kind"] for s in curator.report("list")["sources"]} == {"news"}


def test_a_manifest_says_what_its_documents_are_and_prune_follows_it(
    curator: Curator, site: Site
) -> None:
    site.pages["/a.html"] = PAGE.format("Copies of weights cannot be called back.")
    curator.write("note.md", "# A note\n\nWeights are numbers that a model learned.\n")
    page = f'[[source]]\nurl = "{site.url("/a.html")}"\nkind = "advocacy"\ntitle = "Copies"\n'
    note = '[[source]]\npath = "note.md"\nstatus = "draft"\nwhy = "defines weights"\n'
    curator.write("sources.toml", page + note)
    assert len(curator.report("sync", "sources.toml")["added"]) == 2
    assert curator.sources()["Copies"]["kind"] == "advocacy"
    assert curator.sources()["A note"]["status"] == "draft"
    curator.write("sources.toml", page)
    assert not curator.report("sync", "sources.toml")["removed"]
    removed = curator.report("sync", "sources.toml", "--prune")["removed"]
    assert [each["title"] for each in removed] == ["A note"]
    assert curator.sources().keys() == {"Copies"}


def test_prune_leaves_what_was_added_by_hand(curator: Curator) -> None:
    curator.write("note.md", "# A note\n\nWeights are numbers that a model learned.\n")
    curator.write("sources.toml", "")
    curator.report("add", "note.md")
    assert not curator.report("sync", "sources.toml", "--prune")["removed"]


def test_folders_are_filtered_by_patterns(curator: Curator) -> None:
    for name in ("a.md", "b.txt", "drafts/c.md"):
        curator.write(f"docs/{name}", f"# {name}\n\nThis is the text of {name} here.\n")
    options = ("--include", "*.md", "--exclude", "drafts/*")
    report = curator.report("add", "docs", *options)
    assert [source["title"] for source in report["added"]] == ["a.md"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[source]]\nurl = "x"\n', "line 2: url: must begin with http"),
        ('[[source]]\nurl = "https://a.example/"\n\n[[source]]\nkind = "law"\n', "line 4: "),
        ('[[source]]\npath = "a"\nkind = "lore"\n', "line 3: kind: "),
        ('[[source]]\npath = "a"\ncolour = "red"\n', "line 3: colour: "),
        ('[[source]\npath = "a"\n', "line 1"),
        ('[[sources]]\npath = "a"\n', "sources is not known"),
    ],
)
def test_a_manifest_that_cannot_be_used_names_the_line(
    curator: Curator, text: str, place: str
) -> None:
    curator.write("sources.toml", text)
    assert curator.output("sync", "sources.toml") == (2, "")
    assert place in curator.errors
    assert "sources.toml" in curator.errors


def test_an_address_with_a_password_is_refused_and_the_password_not_repeated(
    curator: Curator,
) -> None:
    code, out = curator.output("add", "https://ann:hush@a.example/x.html", "--json")
    assert code == 0
    assert "hush" not in out + curator.errors
    assert json.loads(out)["rejected"]

"""Whether web sources can still be opened, on a real server on loopback."""

import json
import time
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

import ingest.checking
import ingest.inspection
from ingest.checking import Target, look_at, targets_of
from ingest.fetch import Fetcher, Limits
from tests.ingest.conftest import Curator
from tests.ingest.fetch.web import Page, Web, serving

HTML = Page(body=b"<html><body><p>Weights are numbers.</p></body></html>",
            headers={"Content-Type": "text/html"})  # fmt: skip


def hangs(_headers: Message) -> Page:
    time.sleep(1.0)
    return HTML


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("INGEST_ALLOW_PRIVATE", "1")
    hurried = Limits(read_seconds=0.4, total_seconds=3.0, retries=0, delay_seconds=0)
    monkeypatch.setattr(ingest.inspection, "LIMITS", hurried)
    with serving() as served:
        yield served


def listing(curator: Curator, *urls: str) -> str:
    tables = [f'[[source]]\nurl = "{url}"\ntitle = "Page {url[-4:]}"\n' for url in urls]
    curator.write("list.toml", "\n".join(tables))
    return "list.toml"


def looked(curator: Curator, *urls: str) -> dict[str, dict[str, Any]]:
    code, out = curator.output("check", listing(curator, *urls), "--json")
    record = json.loads(out)
    assert record["ok"] is (code == 0)
    return {look["url"]: look for look in record["sources"]}


def test_every_kind_of_trouble_is_told(curator: Curator, web: Web) -> None:
    fine = web.page("/fine", HTML)
    urls = {
        "moved": web.redirect("/old", "/fine", 301),
        "404": web.url("/nothing"),
        "410": web.page("/gone", Page(status=410)),
        "500": web.page("/broken", Page(status=500)),
        "hangs": web.page("/slow", hangs),
        "type": web.page("/report.pdf", HTML),
        "name": "http://nowhere.invalid/",
        "login": "http://ann:hush@a.example/",
    }
    found = looked(curator, fine, *urls.values())
    assert found[fine]["state"] == "ok"
    moved = found[urls["moved"]]
    assert (moved["state"], moved["moved_to"]) == ("moved", fine)
    assert "it moved for good to" in moved["why"]
    for name, said in (("404", "(404)"), ("410", "(410)"), ("500", "(500)"), ("hangs", "seconds")):
        assert found[urls[name]]["state"] == "dead"
        assert said in found[urls[name]]["why"]
    assert found[urls["type"]]["state"] == "type"
    assert "it was application/pdf and is text/html now" in found[urls["type"]]["why"]
    assert "cannot be looked up" in found[urls["name"]]["why"]
    refused = [look for look in found.values() if look["state"] == "refused"]
    assert len(refused) == 1
    assert "hush" not in json.dumps(found)


def test_a_server_that_refuses_head_is_fine(curator: Curator, web: Web) -> None:
    web.head_status = 405
    url = web.page("/a", HTML)
    assert looked(curator, url)[url]["state"] == "ok"
    assert web.methods == ["HEAD", "GET"]


def test_what_answers_late_is_called_slow(
    curator: Curator, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.checking, "SLOW_SECONDS", 0.0)
    url = web.page("/a", HTML)
    slow = looked(curator, url)[url]
    assert slow["state"] == "slow"
    assert slow["seconds"] > 0


def test_private_addresses_are_refused_unless_they_are_allowed(
    curator: Curator, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INGEST_ALLOW_PRIVATE")
    url = web.page("/a", HTML)
    assert looked(curator, url)[url]["state"] == "refused"
    assert web.methods == []


def test_the_librarys_own_sources_are_looked_at_and_nothing_is_written(
    curator: Curator, web: Web
) -> None:
    url = web.page("/a.html", HTML)
    curator.write("note.md", "# A note\n\nWeights are numbers that a model learned.\n")
    assert curator.run("add", url, "note.md") == 0
    assert curator.run("add", "note.md", "--url", web.url("/note")) == 0
    held = {path: path.read_bytes() for path in curator.data.rglob("*") if path.is_file()}
    web.page("/a.html", Page(body=b"%PDF-1.7", headers={"Content-Type": "application/pdf"}))
    found = looked(curator, url)
    assert found[url]["state"] == "type"
    assert found[url]["source_id"]
    assert found[web.url("/note")]["state"] == "dead"
    kept = {path: path.read_bytes() for path in curator.data.rglob("*") if path.is_file()}
    assert {path.name for path in kept} - {path.name for path in held} <= {
        "library.db-shm",
        "library.db-wal",
    }
    assert all(kept[path] == held[path] for path in held if not path.name.startswith("library.db"))
    (source,) = [each for each in curator.sources().values() if each["url"] == url]
    assert source["title"]


def test_without_a_library_only_the_list_is_looked_at_and_no_library_is_made(
    curator: Curator, web: Web
) -> None:
    code, out = curator.output("check", listing(curator, web.page("/a", HTML), web.url("/b")))
    assert code == 1
    assert "dead" in out
    assert web.url("/b") in out
    assert "2 web sources were looked at; something is wrong with 1." in out
    assert not (curator.data / "library.db").exists()


def test_many_hosts_are_asked_at_once_and_one_host_in_turn(web: Web) -> None:
    waits = 0.3

    def slowly(_headers: Message) -> Page:
        time.sleep(waits)
        return HTML

    targets = [Target(url=web.page(f"/{number}", slowly)) for number in range(2)]
    here = web.url("/0").replace("127.0.0.1", "localhost")
    targets += [Target(url=here)]

    def opening() -> Fetcher:
        return Fetcher(allow_private=True, limits=Limits(delay_seconds=0))

    begun = time.monotonic()
    looks = look_at(targets, opening)
    spent = time.monotonic() - begun
    assert [look.target for look in looks] == targets
    assert all(look.state == "ok" for look in looks)
    assert 2 * waits <= spent < 3 * waits


def test_an_address_that_is_named_twice_is_looked_at_once(tmp_path: Path) -> None:
    one = ingest.inputs.page_input("https://a.example/x")
    other = ingest.inputs.page_input("https://A.example/x#part")
    (tmp_path / "f").touch()
    file = ingest.inputs.Input(locator=str(tmp_path / "f"), path=tmp_path / "f")
    assert [each.url for each in targets_of(None, [one, other, file])] == ["https://a.example/x"]

"""The ingest commands in a temporary folder, with an encoder that needs no weights; a web site."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ingest.__main__ import main
from ingest.fetch import Fetcher, Limits
from knowledge.index import open_snapshot
from knowledge.library import Library, connect_library
from knowledge.settings import KnowledgeSettings
from tests.fakes import WordEncoder

PAGE = (
    "<!doctype html><html><head><title>Notes on weights</title>"
    '<link rel="canonical" href="https://elsewhere.example/x"></head><body><main>'
    "<h1>Notes on weights</h1><p>{}</p></main></body></html>"
)


@dataclass
class Curator:
    """Runs commands as a curator would, and looks at what they left."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    encoder: WordEncoder = field(default_factory=WordEncoder)
    errors: str = ""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, *arguments: str) -> int:
        return main(arguments)

    def output(self, *arguments: str) -> tuple[int, str]:
        self.capsys.readouterr()
        code = main(arguments)
        captured = self.capsys.readouterr()
        self.errors = captured.err
        return code, captured.out

    def report(self, *arguments: str) -> dict[str, Any]:
        """The JSON of a command that leaves nothing undone."""
        code, report = self.try_report(*arguments)
        assert code == 0, report["failed"]
        return report

    def try_report(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        code, out = self.output(*arguments, "--json")
        report = json.loads(out)
        assert isinstance(report, dict)
        return code, report

    def sources(self) -> dict[str, dict[str, Any]]:
        """The library's records, by title."""
        return {source["title"]: source for source in self.report("list")["sources"]}

    def served(self) -> dict[str, set[str]]:
        """The text of every source in service, by title, in chunks."""
        snapshot = open_snapshot(self.data)
        library = Library(connect_library(self.data))
        ids = [chunk for source in snapshot.sources for chunk, _ in library.chunk_keys(source)]
        chunks = snapshot.chunks(ids).values()
        assert len(chunks) == snapshot.manifest.chunks
        texts = {
            source.title: {chunk.text for chunk in chunks if chunk.source_id == source.id}
            for source in snapshot.sources.values()
        }
        library.close()
        snapshot.close()
        return texts


@dataclass
class Site:
    """A web server whose pages a test may change.

    Attributes:
        pages: bodies by path; a path that is missing is a 404.
        asked: the paths asked for, in order.
        moved: where a path is redirected to.
    """

    address: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"


@pytest.fixture
def curator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Curator:
    found = Curator(folder=tmp_path, capsys=capsys)

    def open_encoder(_settings: KnowledgeSettings) -> WordEncoder:
        return found.encoder

    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("CAVEAT_", "DATABASE_", "ENCODER", "DEVICE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("ingest.commands.open_encoder", open_encoder)
    return found


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            body = served.pages.get(self.path)
            tag = f'"{hash(body)}"'
            if self.path in served.moved:
                self.send_response(302)
                self.send_header("Location", served.moved[self.path])
            elif body is None:
                self.send_response(404)
            elif self.headers.get("If-None-Match") == tag:
                self.send_response(304)
            else:
                self.send_response(200)
                self.send_header("ETag", tag)
            data = body.encode() if body is not None else b""
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if body is not None and self.headers.get("If-None-Match") != tag:
                self.wfile.write(data)

        def log_message(self, *_arguments: object) -> None:
            """Tests read what was asked, not a log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("INGEST_ALLOW_PRIVATE", "1")
    hurried = partial(Fetcher, limits=Limits(delay_seconds=0))
    monkeypatch.setattr("ingest.commands.Fetcher", hurried)
    yield served
    server.shutdown()
    server.server_close()
    thread.join()

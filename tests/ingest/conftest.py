"""The ingest commands in a temporary folder, with an encoder that needs no weights."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ingest.__main__ import main
from knowledge.index import open_snapshot
from knowledge.library import Library, connect_library
from knowledge.settings import KnowledgeSettings
from tests.fakes import WordEncoder


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


@pytest.fixture
def curator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Curator:
    found = Curator(folder=tmp_path, capsys=capsys)

    def open_encoder(_settings: KnowledgeSettings) -> WordEncoder:
        return found.encoder

    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("CAVEAT_", "ENCODER", "DEVICE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("ingest.commands.open_encoder", open_encoder)
    return found

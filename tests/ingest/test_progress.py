import io

import pytest
from rich.console import Console

from ingest.progress import STAGES, BarProgress, LineProgress, NoProgress, Progress

NAME = "/docs/[red]a[link=x]\x1b[2J {task}.md"


def tell(progress: Progress) -> None:
    progress.documents(2)
    progress.reading(NAME)
    progress.found_chunks(3)
    progress.embedding("[/b] title " * 20)
    progress.chunks_done(3)
    progress.document_done()
    for stage in STAGES:
        progress.publishing(stage)


def test_bars_show_names_as_they_are() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=120, record=True)
    with BarProgress(console) as progress:
        tell(progress)
        progress.reading(NAME)
        progress.embedding("[/b] title")
        progress.reading(NAME)
    shown = console.export_text()
    assert "Reading [red]a[link=x]�[2J {task}.md" in shown
    assert "Embedding [/b] title" in shown
    assert "2/2" not in shown
    assert "1/2" in shown
    assert "3/3" in shown


def test_lines_are_told_now_and_then() -> None:
    console = Console(file=io.StringIO(), record=True)
    tell(LineProgress(console))
    assert console.export_text().splitlines() == [
        *("2 documents to look at", "listing passages", "indexing words", "indexing vectors"),
        "indexing tokens",
    ]


def test_long_work_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.progress.LINE_EVERY_SECONDS", 0)
    console = Console(file=io.StringIO(), record=True, width=200)
    tell(LineProgress(console))
    shown = console.export_text()
    assert "reading [red]a[link=x]�[2J {task}.md" in shown
    assert "embedding [/b] title" in shown
    assert "0 of 2 documents, 3 of 3 chunks: embedding," in shown
    assert "\x1b" not in shown


def test_nothing_is_told_when_nothing_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    tell(NoProgress())
    assert capsys.readouterr() == ("", "")

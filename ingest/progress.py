"""Tells a curator how far an ingest is."""

import time
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars

LABEL_WIDTH = 36
LINE_EVERY_SECONDS = 5
STAGES = {
    "catalogue": "Listing passages",
    "words": "Indexing words",
    "vectors": "Indexing vectors",
    "tokens": "Indexing tokens",
}


class Progress(Protocol):
    """What an ingest tells while it goes on."""

    def documents(self, total: int) -> None:
        """This many documents are to be looked at."""

    def reading(self, name: str) -> None:
        """This one is being read."""

    def document_done(self) -> None:
        """One more document is dealt with."""

    def found_chunks(self, number: int) -> None:
        """So many more chunks are to be embedded."""

    def embedding(self, title: str) -> None:
        """The chunks of this source are being embedded."""

    def chunks_done(self, number: int) -> None:
        """So many more chunks have their vectors."""

    def publishing(self, stage: str) -> None:
        """The index is being built; `stage` is one of `STAGES`."""


class NoProgress:
    """Tells nothing."""

    def documents(self, total: int) -> None:
        """Nothing is told."""

    def reading(self, name: str) -> None:
        """Nothing is told."""

    def document_done(self) -> None:
        """Nothing is told."""

    def found_chunks(self, number: int) -> None:
        """Nothing is told."""

    def embedding(self, title: str) -> None:
        """Nothing is told."""

    def chunks_done(self, number: int) -> None:
        """Nothing is told."""

    def publishing(self, stage: str) -> None:
        """Nothing is told."""


class LineProgress:
    """A plain line now and then, for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._documents = self._documents_done = self._chunks = self._chunks_done = 0
        self._started = self._told = time.monotonic()

    def documents(self, total: int) -> None:
        """Tells how much there is to do."""
        self._documents = total
        self._say(f"{total} {'document' if total == 1 else 'documents'} to look at")

    def reading(self, name: str) -> None:
        """Tells the file, when the last line is old enough."""
        self._now_and_then(f"reading {_tail(name)}")

    def document_done(self) -> None:
        """Counts."""
        self._documents_done += 1

    def found_chunks(self, number: int) -> None:
        """Counts."""
        self._chunks += number

    def embedding(self, title: str) -> None:
        """Tells the source, when the last line is old enough."""
        self._now_and_then(f"embedding {title}")

    def chunks_done(self, number: int) -> None:
        """Counts, and tells the rate when the last line is old enough."""
        self._chunks_done += number
        rate = self._chunks_done / max(time.monotonic() - self._started, 0.001)
        self._now_and_then(f"embedding, {rate:.0f} chunks/s")

    def publishing(self, stage: str) -> None:
        """Tells the stage."""
        self._say(STAGES[stage].lower())

    def _now_and_then(self, what: str) -> None:
        if time.monotonic() - self._told >= LINE_EVERY_SECONDS:
            self._say(
                f"{self._documents_done} of {self._documents} documents, "
                f"{self._chunks_done} of {self._chunks} chunks: {what}"
            )

    def _say(self, line: str) -> None:
        self._told = time.monotonic()
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)


class BarProgress:
    """Two bars on standard error: documents, and chunks with the time they still take."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Bars(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            speed_estimate_period=120,
        )
        self._documents = self._bars.add_task("Documents", total=None)
        self._chunks = self._bars.add_task("Chunks", total=0, visible=False)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def documents(self, total: int) -> None:
        """Sets the length of the first bar."""
        self._bars.update(self._documents, total=total)

    def reading(self, name: str) -> None:
        """Shows which file is being read."""
        self._label(self._documents, f"Reading {_tail(name)}")

    def document_done(self) -> None:
        """Moves the first bar."""
        self._bars.advance(self._documents)

    def found_chunks(self, number: int) -> None:
        """Lengthens the second bar."""
        total = (self._bars.tasks[self._chunks].total or 0) + number
        self._bars.update(self._chunks, total=total, visible=True)

    def embedding(self, title: str) -> None:
        """Shows which source is being embedded."""
        self._label(self._documents, "Documents")
        self._label(self._chunks, f"Embedding {title}")

    def chunks_done(self, number: int) -> None:
        """Moves the second bar."""
        self._bars.advance(self._chunks, number)

    def publishing(self, stage: str) -> None:
        """Shows what of the index is being built."""
        self._label(self._documents, "Documents")
        self._label(self._chunks, STAGES[stage])

    def _label(self, task: int, text: str) -> None:
        cut = text if len(text) <= LABEL_WIDTH else f"{text[: LABEL_WIDTH - 1]}…"
        self._bars.update(task, description=cut.ljust(LABEL_WIDTH))  # type: ignore[arg-type]


def _tail(name: str) -> str:
    tail = name.rsplit("/", 1)[-1]
    return "".join(character if character.isprintable() else "�" for character in tail)

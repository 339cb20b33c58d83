"""Tells another process at which stage an ingest is, in a file that outlives a kill."""

import mmap
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from ingest.inputs import Input
from ingest.pipeline import Ingest
from ingest.reading import Reader, Reading
from knowledge.encoders import Encoded, Encoder
from knowledge.encoders.encoder import Vectors
from knowledge.library import Locator
from tests.fakes import WordRuntime

STAGES = (
    "start",
    "fetch",
    "read and extract",
    "embed",
    "library write",
    "index build",
    "swap",
    "report",
)
BUILDING = ".building-"
FILE_EVENTS = ("open", "sqlite3.connect", "os.mkdir")
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE")


class StageFile:
    """One byte, shared with whoever opens the same file."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(1))
        descriptor = os.open(path, os.O_RDWR)
        self._byte = mmap.mmap(descriptor, 1)
        os.close(descriptor)

    def enter(self, stage: str) -> None:
        """Another stage begins."""
        self._byte[0] = STAGES.index(stage)

    def stage(self) -> str:
        """The stage that was entered last."""
        return STAGES[self._byte[0]]


class TellingRuntime(WordRuntime):
    """Tells when it embeds, and takes its time over it."""

    def __init__(self, stages: StageFile, seconds: float) -> None:
        super().__init__()
        self._stages, self._seconds = stages, seconds

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector for each text."""
        self._stages.enter("embed")
        time.sleep(self._seconds)
        return super().encode(texts)


def tell_embedding(encoder: Encoder, stages: StageFile) -> Encoder:
    """The same encoder, which now tells when it embeds passages."""
    plain = encoder.encode_with_tokens

    def encode(*arguments: Any, **more: Any) -> list[Encoded]:
        stages.enter("embed")
        return plain(*arguments, **more)

    setattr(encoder, "encode_with_tokens", encode)  # noqa: B010 - a method, to mypy
    return encoder


def watch_stages(stages: StageFile, data: Path) -> None:
    """Notes each stage of the ingest that this process is about to run."""
    index = str(data / "index")

    def audit(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "os.rename" and os.path.dirname(str(arguments[0])) == index:  # noqa: PTH120
            stages.enter("swap")
        elif name in FILE_EVENTS and str(arguments[0]).startswith(f"{index}/{BUILDING}"):
            stages.enter("index build")

    def before_statement(_c: object, _u: object, statement: str, *_more: object) -> None:
        if statement.lstrip().startswith(WRITES):
            stages.enter("library write")

    stages.enter("start")
    sys.addaudithook(audit)
    event.listen(Engine, "before_cursor_execute", before_statement)
    _wrap_reading(stages)
    _wrap_publishing(stages)


def _wrap_reading(stages: StageFile) -> None:
    plain = Reader.read

    def read(self: Reader, item: Input, known: Locator | None) -> Reading:
        stages.enter("read and extract" if item.path else "fetch")
        reading = plain(self, item, known)
        stages.enter("read and extract")
        return reading

    setattr(Reader, "read", read)  # noqa: B010 - a method, to mypy


def _wrap_publishing(stages: StageFile) -> None:
    plain = Ingest.publish

    def publish(self: Ingest, *, fresh: bool = False) -> object:
        report = plain(self, fresh=fresh)
        stages.enter("report")
        return report

    setattr(Ingest, "publish", publish)  # noqa: B010 - a method, to mypy

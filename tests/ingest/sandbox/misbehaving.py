"""Readers that do what a hostile document might make a parser do; the worker is told to use them.

The name of the document says what happens.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from ingest.extract import Extracted, Metadata, extract
from knowledge.model import Document


def read(data: bytes, *, name: str) -> Extracted:
    """What `extract` gives, unless the name says otherwise."""
    if name in _ENDINGS:
        _ENDINGS[name]()
    if name == "writes":
        path = Path(data.decode().removeprefix("<!doctype html>"))
        path.write_bytes(b"what a hostile file would leave behind")
    if name == "tells":
        return _document(" ".join([*os.environ, str(os.getpid()), str(Path.cwd()), *sys.path]))
    return extract(data, name=name)


def _loop() -> None:
    while True:
        pass


def _wait_stopped() -> None:
    """Stops, as if others had the processor, until it is told to go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def _hoard() -> None:
    held = []
    while True:
        held.append(bytearray(100_000_000))


def _print() -> None:
    print("words from a parser" * 100)  # noqa: T201
    os.write(1, b"and from its C code" * 100)


def _break() -> None:
    raise KeyError("no such font")


_ENDINGS: dict[str, Callable[[], object]] = {
    "loops": _loop,
    "waits": _wait_stopped,
    "hoards": _hoard,
    "crashes": lambda: ctypes.string_at(0),
    "leaves": lambda: os._exit(3),
    "prints": _print,
    "breaks": _break,
}


def _document(text: str) -> Extracted:
    document = Document(text=text, media_type="text/plain", content_hash="")
    return Extracted(document=document, metadata=Metadata())

"""Readers that do what a hostile document might make a parser do; the worker is told to use them.

The name of the document says what happens.
"""

import ctypes
import os
import sys
from pathlib import Path

from ingest.extract import Extracted, Metadata, extract
from knowledge.model import Document


def read(data: bytes, *, name: str) -> Extracted:
    match name:
        case "loops":
            while True:
                pass
        case "hoards":
            held = []
            while True:
                held.append(bytearray(100_000_000))
        case "crashes":
            ctypes.string_at(0)
        case "leaves":
            os._exit(3)
        case "prints":
            print("words from a parser" * 100)  # noqa: T201
            os.write(1, b"and from its C code" * 100)
        case "breaks":
            raise KeyError("no such font")
        case "writes":
            path = Path(data.decode().removeprefix("<!doctype html>"))
            path.write_bytes(b"what a hostile file would leave behind")
        case "tells":
            return _document(" ".join([*os.environ, str(os.getpid()), os.getcwd(), *sys.path]))
    return extract(data, name=name)


def _document(text: str) -> Extracted:
    document = Document(text=text, media_type="text/plain", content_hash="")
    return Extracted(document=document, metadata=Metadata())

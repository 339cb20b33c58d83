"""Reads documents that come as JSON: one object, a list of them, or one a line (JSONL)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.extract.encodings import decode
from ingest.extract.entries import (
    SUMMARIES,
    TEXTS,
    blocks_of_entry,
    blocks_of_value,
    find,
    is_long,
    metadata_of,
)
from ingest.extract.records import Parsed
from ingest.extract.text import normalised_line_ends
from knowledge.errors import FailedSourceError, RejectedSourceError

_LINES = (".jsonl", ".ndjson")
_LISTS = ("documents", "docs", "items", "articles", "entries", "records", "results", "data")
_DEEP = "The JSON is nested too deeply to be read."


def read(data: bytes, name: str) -> Parsed:
    """The texts of a file's documents; several become sections under their titles.

    Raises:
        FailedSourceError: it is malformed; the message names the line.
        RejectedSourceError: its objects hold no text.
    """
    text = normalised_line_ends(decode(data))
    try:
        objects = list(_lines(text) if name.lower().endswith(_LINES) else _whole(text))
    except RecursionError as error:
        raise FailedSourceError(_DEEP) from error
    entries = [_fields(item) for item in objects if isinstance(item, Mapping)]
    documents = [entry for entry in entries if _text_field(entry)]
    if not documents:
        raise RejectedSourceError(
            'This is JSON without documents: no object has a field "text", "content" or "body".'
        )
    missing = len(objects) - len(documents)
    warnings = (
        (f"{missing} of {len(objects)} objects hold no text and were left out",) if missing else ()
    )
    if len(documents) == 1:
        only = documents[0]
        blocks = tuple(blocks_of_value(only[_text_field(only) or ""], below=0))
        return Parsed(blocks=blocks, metadata=metadata_of(only), warnings=warnings)
    blocks = tuple(block for entry in documents for block in blocks_of_entry(entry))
    return Parsed(blocks=blocks, warnings=warnings)


def _text_field(entry: Mapping[str, str]) -> str | None:
    """The field that makes an object a document; a word or two of description do not."""
    summary = find(entry, SUMMARIES)
    return find(entry, TEXTS) or (summary if summary and is_long(entry[summary]) else None)


def _whole(text: str) -> Iterator[Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        objects = _lines_after_all(text)
        if objects is None:
            raise FailedSourceError(f"The JSON is malformed{_place(error)}.") from error
        yield from objects
        return
    if isinstance(value, Mapping) and find(_fields(value), TEXTS) is None:
        listed = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = value if listed is None else listed
    yield from value if isinstance(value, list) else [value]


def _lines_after_all(text: str) -> list[Any] | None:
    """The objects of a JSON Lines file that is named ".json"."""
    first = text.lstrip().split("\n", maxsplit=1)[0]
    try:
        if not isinstance(json.loads(first), Mapping):
            return None
    except ValueError:
        return None
    return list(_lines(text))


def _lines(text: str) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError as error:
            problem = getattr(error, "msg", str(error)).lower()
            raise FailedSourceError(
                f"The JSON is malformed in line {number}: {problem}."
            ) from error


def _place(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f" in line {error.lineno}: {error.msg.lower()}"
    return f": {error}"


def _fields(item: Mapping[str, Any]) -> dict[str, str]:
    """The fields that are text, numbers or lists of these, by name in lower case."""
    found: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, Mapping) and key.lower() in {"metadata", "meta"}:
            found = _fields(value) | found
        elif isinstance(value, str):
            found[key.lower()] = value.strip()
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[key.lower()] = str(value)
        elif isinstance(value, list) and all(isinstance(part, str) for part in value):
            found[key.lower()] = "; ".join(value)
    return found

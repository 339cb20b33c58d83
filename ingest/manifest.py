"""Reads `sources.toml`: the documents that a library is made of, and what is said about each."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError, model_validator

from ingest.metadata import Date, Overrides
from knowledge.errors import SettingsError

_HEADER = re.compile(r"^\s*\[\[\s*source\s*\]\]")
_TABLE = re.compile(r"^\s*\[")


class _Record(Overrides):
    """A `[[source]]` table: `url` or `path`, what is said about it, and notes for curators."""

    path: str | None = None
    why: str | None = None
    checked: Date | Literal["looked-up", "not-checked"] | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> "_Record":
        if self.path is None and self.url is None:
            raise ValueError("a source needs a url or a path")
        return self


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A document that a manifest names.

    Attributes:
        place: an absolute path, or a web address.
        overrides: what the manifest says about it.
    """

    place: str
    overrides: Mapping[str, Any]


def read_manifest(manifest: Path) -> tuple[Entry, ...]:
    """The documents that a manifest names, in its order; paths are relative to its folder.

    Raises:
        SettingsError: naming the file, the line and the field that cannot be used.
    """
    try:
        text = manifest.read_text("utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{manifest} cannot be read ({reason}). Name a TOML file.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{manifest}: {error}. Mend that line.") from error
    unknown = [name for name in tables if name != "source"]
    records = tables.get("source", [])
    if unknown or not isinstance(records, list):
        name = unknown[0] if unknown else "source"
        raise SettingsError(f"{manifest}: {name} is not known here; write [[source]] tables.")
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines, 1) if _HEADER.match(line)]
    starts += [1] * (len(records) - len(starts))  # source = [{…}, …] has no headers
    return tuple(
        _entry(manifest, record, lines, start)
        for record, start in zip(records, starts, strict=False)
    )


def _entry(manifest: Path, values: Mapping[str, Any], lines: list[str], start: int) -> Entry:
    try:
        record = _Record.model_validate(values)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        field = str(detail["loc"][0]) if detail["loc"] else ""
        line = _line_of(field, lines, start)
        message = detail["msg"].removeprefix("Value error, ")
        raise SettingsError(
            f"{manifest}, line {line}: {f'{field}: ' if field else ''}{message}."
        ) from error
    said = record.given()
    for name in ("path", "why", "checked"):
        said.pop(name, None)
    if record.path is not None:
        place = str((manifest.parent / record.path).resolve())
    else:
        place = said.pop("url")
    return Entry(place=place, overrides=said)


def _line_of(field: str, lines: list[str], start: int) -> int:
    for number, line in enumerate(lines[start:], start + 1):
        if _TABLE.match(line):
            break
        if field and re.match(rf"\s*\"?{re.escape(field)}\"?\s*=", line):
            return number
    return start

"""The tables of a TOML file that holds a list of them, with the line of each field."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TABLE = re.compile(r"^\s*\[")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A table of the list.

    Attributes:
        line: of its header.
        values: its fields.
        lines: of the fields that begin a line; the others stand on that of the header.
    """

    line: int
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def line_of(self, name: str) -> int:
        """The line of a field."""
        return self.lines.get(name, self.line)

    def text(self, name: str) -> str:
        """A field that is text, else ""."""
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) else ""


class MalformedTomlError(ValueError):
    """The file is no list of such tables.

    Attributes:
        line: where.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def entries_of(text: str, name: str) -> tuple[Entry, ...]:
    """The tables `[[name]]` of a file, in its order.

    Raises:
        MalformedTomlError: it is not TOML, or holds something else.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise MalformedTomlError(int(found[1]) if found else 1, f"{error}; mend it") from None
    other = [key for key in tables if key != name]
    records = tables.get(name, [])
    if other or not all(isinstance(record, dict) for record in records):
        raise MalformedTomlError(1, f"{(other or [name])[0]} is not known; write [[{name}]] tables")
    places = list(_places(text, name))
    places += [(1, {})] * (len(records) - len(places))  # a list in one line has no headers
    return tuple(
        Entry(line=line, values=record, lines=lines)
        for record, (line, lines) in zip(records, places, strict=False)
    )


def _places(text: str, name: str) -> Iterator[tuple[int, Mapping[str, int]]]:
    header = re.compile(rf"^\s*\[\[\s*{re.escape(name)}\s*\]\]")
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if not header.match(line):
            continue
        fields: dict[str, int] = {}
        for at, below in enumerate(lines[number:], number + 1):
            sub = re.match(rf"^\s*\[\s*{re.escape(name)}\.(\w+)\s*\]", below)
            if sub:
                fields.setdefault(sub[1], at)
                continue
            if _TABLE.match(below):
                break
            field = re.match(r"\s*\"?([\w-]+)\"?\s*=", below)
            if field:
                fields.setdefault(field[1], at)
        yield number, fields

"""The YAML block between "---" lines at the top of a text, as metadata."""

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast, get_args

from ingest.extract.characters import one_line
from ingest.extract.records import Metadata
from knowledge.errors import FailedSourceError
from knowledge.model import Kind, Stance, Status

_OPENING = re.compile(r"\s*---[ \t]*\n")
_UNCLOSED = re.compile(r"\s*---[ \t]*\n[A-Za-z_][\w-]*:[ \t\n]")
_CLOSED = re.compile(r"\s*---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_LONGEST = 16_384
_ALLOWED = {"kind": get_args(Kind), "stance": get_args(Stance), "status": get_args(Status)}
_OTHER_NAMES = {
    "author": "authors",
    "date": "published",
    "canonical": "url",
    "license": "licence",
    "status-date": "status_date",
    "superseded-by": "superseded_by",
}


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """What the front matter says, and the text after it; the whole text where there is none.

    Keys that Caveat does not know are passed over.

    Raises:
        FailedSourceError: it is not YAML, too long or uses aliases, or a value is not allowed.
    """
    if not _OPENING.match(text):
        return Metadata(), text
    closed = _CLOSED.match(text)
    if closed is None:
        if _UNCLOSED.match(text):
            raise FailedSourceError('The front matter has no closing "---" line.')
        return Metadata(), text
    _refuse_bombs(closed[0])
    import frontmatter  # noqa: PLC0415 - brings a YAML parser, which most formats do without
    import yaml  # noqa: PLC0415

    try:
        values, body = frontmatter.parse(text.lstrip())
    except yaml.YAMLError as error:
        # Where an unclosed quote begins helps more than where the block ends.
        mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
        blank = text[: len(text) - len(text.lstrip())].count("\n")
        line = f" in line {blank + mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise FailedSourceError(f"The front matter is malformed{line}: {problem}.") from error
    if not isinstance(values, Mapping):
        raise FailedSourceError("The front matter is malformed in line 2: it holds no keys.")
    return _metadata(values), body


def _refuse_bombs(block: str) -> None:
    """Refuses what would cost out of all proportion to read or to show."""
    import yaml  # noqa: PLC0415

    if len(block) > _LONGEST:
        raise FailedSourceError(
            f"The front matter is longer than {_LONGEST // 1024} kB: is it meant to be text?"
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with suppress(yaml.YAMLError):  # reported with its line when it is parsed
        for event in yaml.parse(block.strip().strip("-"), Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise FailedSourceError(
                    "The front matter repeats parts by YAML aliases (*name), which can grow "
                    "without bound: write them out."
                )


def _metadata(values: Mapping[str, Any]) -> Metadata:
    known = {
        _OTHER_NAMES.get(str(key).lower(), str(key).lower()): value for key, value in values.items()
    }
    return Metadata(
        title=_line(known, "title"),
        publisher=_line(known, "publisher"),
        authors=_names(known.get("authors")),
        published=_date(known, "published"),
        url=_line(known, "url"),
        licence=_line(known, "licence"),
        kind=cast("Kind | None", _choice(known, "kind")),
        stance=cast("Stance | None", _choice(known, "stance")),
        status=cast("Status | None", _choice(known, "status")),
        status_date=_date(known, "status_date"),
        jurisdiction=_line(known, "jurisdiction"),
        superseded_by=_line(known, "superseded_by"),
    )


def _line(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    if value is None or isinstance(value, list | Mapping):
        return None
    return one_line(str(value)) or None


def _names(value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [] if value is None else str(value).split(";")
    return tuple(name for name in (one_line(str(name)) for name in names) if name)


def _date(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    line = _line(values, key)
    if line is None:
        return None
    match = _DATE.match(line)
    if match is None:
        raise FailedSourceError(
            f'The front matter says {key}: "{line}", which is no date such as 2024-07-12.'
        )
    return match[0]


def _choice(values: Mapping[str, Any], key: str) -> str | None:
    line = _line(values, key)
    if line is None or line in _ALLOWED[key]:
        return line
    allowed = ", ".join(_ALLOWED[key])
    raise FailedSourceError(
        f'The front matter says {key}: "{line}", which is none of those allowed: {allowed}.'
    )

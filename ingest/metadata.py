"""A source's bibliographic record, from what the document says and what a curator says."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import PurePath
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from ingest.extract import Metadata
from ingest.extract.characters import one_line
from knowledge.citations import is_web_address
from knowledge.errors import SettingsError
from knowledge.model import Kind, Source, Stance, Status

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_UNSAFE = re.compile(r"[^a-z0-9]+")
MAX_STEM = 48
MOST_OF_A_REASON = 500  # characters


def _iso_date(value: str) -> str:
    if not _DATE.fullmatch(value) or not _is_on_the_calendar(value):
        raise ValueError("must be an ISO date such as 2024, 2024-07 or 2024-07-12")
    return value


def _is_on_the_calendar(value: str) -> bool:
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def _line(value: str) -> str:
    line = one_line(value)
    if not line:
        raise ValueError("must not be empty")
    return line


def _web_address(value: str) -> str:
    if not is_web_address(value):
        raise ValueError("must begin with http:// or https://")
    return value


Date = Annotated[str, AfterValidator(_iso_date)]
Line = Annotated[str, AfterValidator(_line)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Overrides(BaseModel):
    """Fields that a curator sets by hand; None leaves what the document says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Line | None = None
    kind: Kind | None = None
    publisher: Line | None = None
    authors: tuple[Line, ...] | None = None
    published: Date | None = None
    jurisdiction: Line | None = None
    status: Status | None = None
    status_date: Date | None = None
    superseded_by: Line | None = None
    stance: Stance | None = None
    licence: Line | None = None
    url: WebAddress | None = None

    def given(self) -> dict[str, Any]:
        """The fields that were set."""
        return self.model_dump(mode="json", exclude_none=True)


def read_overrides(values: Mapping[str, Any]) -> Overrides:
    """Overrides from a command's options.

    Raises:
        SettingsError: naming each option with an unusable value.
    """
    try:
        return Overrides.model_validate({k: v for k, v in values.items() if v is not None})
    except ValidationError as error:
        problems = "; ".join(
            f"--{str(detail['loc'][0]).replace('_', '-')}: "
            f"{detail['msg'].removeprefix('Value error, ')}"
            for detail in error.errors(include_url=False)
        )
        raise SettingsError(f"Unusable option. {problems}.") from error


def read_reason(text: str) -> str:
    """Why something was done, in one line.

    Raises:
        SettingsError: when it is empty or too long.
    """
    reason = one_line(text)
    if not reason:
        raise SettingsError("--why must not be empty: readers are told the reason.")
    if len(reason) > MOST_OF_A_REASON:
        raise SettingsError(
            f"--why has {len(reason)} characters, the limit is {MOST_OF_A_REASON}. Say it shorter."
        )
    return reason


def describe_source(
    source_id: str,
    metadata: Metadata,
    overrides: Mapping[str, Any],
    *,
    name: str,
    retrieved: str | None,
) -> Source:
    """The record of a source: what the curator says goes before what the document says."""
    said = {key: value for key, value in asdict(metadata).items() if value}
    if not is_web_address(said.get("url", "")):
        said.pop("url", None)  # "file:///home/…" or "/canonical" leads readers nowhere
    title = said.pop("title", None) or title_from_name(name)
    source = Source(id=source_id, title=title, retrieved=retrieved, **said)
    return amend(source, overrides)


def amend(source: Source, overrides: Mapping[str, Any]) -> Source:
    """The source with the fields that a curator set; they may come from JSON."""
    fields = dict(overrides)
    if "authors" in fields:
        fields["authors"] = tuple(fields["authors"])
    return replace(source, **fields)


def title_from_name(name: str) -> str:
    """A readable title from a file's name."""
    path = PurePath(name)
    # "gemma-2024-04-01" has no ending, "terms.2024" none either: only letters make one
    stem = path.stem if re.fullmatch(r"\.[A-Za-z]\w{0,7}", path.suffix) else path.name
    shown = "".join(character if character.isprintable() else " " for character in stem)
    return re.sub(r"[_\s]+", " ", shown).strip() or "untitled"


def source_name(name: str) -> str:
    """The readable part of a source's id."""
    return _UNSAFE.sub("-", title_from_name(name).lower()).strip("-")[:MAX_STEM] or "source"

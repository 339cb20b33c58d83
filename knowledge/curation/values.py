"""Which values fields of the corpus may have."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

from knowledge.errors import RejectedSourceError
from knowledge.model import Kind, Stance, Status
from knowledge.web import canonical_url

TOPICS = (
    "openness",
    "licences",
    "release-debate",
    "misuse",
    "security",
    "benefits",
    "governance",
    "incidents",
    "analogies",
    "accountability",
    "safeguards",
    "practice",
    "claims",
)
READ = ("whole", "part", "secondary")
LOOKED_UP = ("looked-up", "not-checked")  # how the address of a listed source was checked
ALLOWED = {
    "kind": get_args(Kind),
    "stance": get_args(Stance),
    "status": get_args(Status),
    "topic": TOPICS,
    "read": READ,
}
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_EARLIEST = "-01-01"


def missing(given: Iterable[str], needed: Iterable[str]) -> Iterator[str]:
    """What is wrong with fields that are not there."""
    given = set(given)
    for name in needed:
        if name not in given:
            yield f"{name} is missing; add it"


def unknown(name: str, known: Iterable[str]) -> str:
    """What is wrong with a field that nobody reads."""
    return f"{name} is no field here; take it out, or mean one of {', '.join(known)}"


def wrong_choice(name: str, value: str) -> str | None:
    """What is wrong with a value that has to be one of a few, or None."""
    allowed = ALLOWED[name]
    if value in allowed:
        return None
    return f'{name} "{value}" is none of {", ".join(allowed)}'


def wrong_date(name: str, value: str, *, whole: bool = False) -> str | None:
    """What is wrong with an ISO date, or None; a whole one names the day."""
    if _DATE.fullmatch(value) and (not whole or len(value) == len("2024-07-12")):
        try:
            date.fromisoformat(value + _EARLIEST[len(value) - 4 :])
        except ValueError:
            pass
        else:
            return None
    forms = "2024-07-12" if whole else "2024, 2024-07 or 2024-07-12"
    return f'{name} "{value}" is no date such as {forms}'


def wrong_address(name: str, value: str) -> str | None:
    """What is wrong with a web address, or None."""
    try:
        canonical_url(value)
    except RejectedSourceError as error:
        return f'{name} "{value}" is no web address: {error}'
    return None

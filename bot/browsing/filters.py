"""What a reader looks for in the library, and how a button remembers it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from bot.browsing.shelf import Shelved, Stock, fold
from bot.message.escape import one_line, size
from knowledge.model import Kind, Status

LONGEST_SEARCH = 40  # with all else it fits the 100 characters of a custom id
MOST_PAGES = 9_999

ANY = ""
KINDS: tuple[str, ...] = get_args(Kind)
STATUSES: tuple[str, ...] = get_args(Status)

_STATE = re.compile(
    r"(?P<page>\d{1,4}):(?P<kind>[a-z-]*):(?P<status>[a-z-]*):(?P<place>[0-9a-f]*):(?P<search>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What is looked for; `ANY` does not narrow it.

    Attributes:
        search: words of title, publisher or authors, all of which must occur.
        place: mark of a jurisdiction.
    """

    search: str = ANY
    kind: str = ANY
    status: str = ANY
    place: str = ANY


def mark_of(place: str) -> str:
    """A short name for a jurisdiction, of any length."""
    return hashlib.blake2b(fold(place).encode(), digest_size=4).hexdigest()


def search_words(text: str) -> str:
    """What was typed as it is remembered: one line of at most `LONGEST_SEARCH` UTF-16 units."""
    line = one_line(text)
    while size(line) > LONGEST_SEARCH:
        line = line[:-1]
    return line.rstrip()


def place_meant(typed: str, stock: Stock) -> str:
    """The mark of the jurisdiction that was meant; of none when the library has none like it."""
    wanted = fold(typed)
    if not wanted or wanted in stock.places:
        return mark_of(wanted) if wanted else ANY
    return mark_of(next((place for place in stock.places if wanted in place), wanted))


def found(stock: Stock, filters: Filters) -> tuple[Shelved, ...]:
    """The sources that fit, in the library's order."""
    return tuple(_fitting(stock, filters))


def write(page: int, filters: Filters) -> str:
    """Page and filters as the end of a custom id, at most 80 characters."""
    parts = (filters.kind, filters.status, filters.place, filters.search)
    return ":".join([str(min(page, MOST_PAGES)), *parts])


def read(state: str) -> tuple[int, Filters] | None:
    """Page and filters that `write` wrote, or None when this version cannot read them."""
    match = _STATE.fullmatch(state)
    if match is None:
        return None
    kind, status = match["kind"], match["status"]
    if kind not in (ANY, *KINDS) or status not in (ANY, *STATUSES):
        return None
    filters = Filters(search=match["search"], kind=kind, status=status, place=match["place"])
    return int(match["page"]), filters


def _fitting(stock: Stock, filters: Filters) -> Iterator[Shelved]:
    wanted = fold(filters.search).split()
    places = {place for place in stock.places if mark_of(place) == filters.place}
    for each in stock.shelved:
        source = each.entry.source
        if (
            filters.kind in (ANY, source.kind)
            and filters.status in (ANY, source.status)
            and (filters.place == ANY or each.place in places)
            and all(word in each.words for word in wanted)
        ):
            yield each

"""The library as readers browse it, kept in memory for as long as its build is in service."""

import asyncio
import unicodedata
from dataclasses import dataclass
from typing import get_args

from bot.gate import Answering, BusyError, Gate, SlowError
from knowledge.model import Kind, Source
from knowledge.view import Entry, LibraryView

PATIENCE = 5.0  # seconds that a reader waits to see a newer build than the one in memory

_RANKS = {kind: rank for rank, kind in enumerate(get_args(Kind))}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelved:
    """A source and how it is found.

    Attributes:
        words: folded title, publisher and authors.
        place: folded jurisdiction; "" when it has none.
    """

    entry: Entry
    words: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """A build's library, put in order for readers.

    Attributes:
        view: as the core tells it.
        shelved: every source, by kind and then by title.
        places: jurisdictions as they are written, by their folded names; the most frequent first.
        sources: by their ids.
    """

    view: LibraryView
    shelved: tuple[Shelved, ...]
    places: dict[str, str]
    sources: dict[str, Source]


class Shelf:
    """Fetches the library through the gate, once for each build."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._stock: Stock | None = None

    async def fresh(self) -> Stock:
        """The library in service; the one in memory when many people are asking.

        Raises:
            CaveatError: when there is none, as of `Gate.call`.
        """
        if self._stock is None:
            return await self._fetch()
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._fetch()
        except (TimeoutError, BusyError, SlowError):
            return self._stock

    async def kept(self) -> Stock:
        """The library as it is in memory, at once; fetched when there is none.

        Raises:
            CaveatError: when there is none, as of `Gate.call`.
        """
        return self._stock or await self._fetch()

    @property
    def is_stocked(self) -> bool:
        """Whether `kept` answers at once."""
        return self._stock is not None

    async def _fetch(self) -> Stock:
        known = self._stock

        def look(core: Answering) -> Stock:
            if known is not None and known.view.build == core.build():
                return known
            return stock_of(core.library())

        self._stock = await self._gate.call(look)
        return self._stock


def stock_of(view: LibraryView) -> Stock:
    """The library, put in order for readers; takes a while for thousands of sources."""
    shelved = [
        Shelved(
            entry=entry,
            words=fold(" ".join([source.title, source.publisher or "", *source.authors])),
            place=fold(source.jurisdiction or ""),
        )
        for entry in view.entries
        for source in [entry.source]
    ]
    shelved.sort(key=lambda each: (_rank(each), each.words))
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for each in shelved:
        if each.place:
            counts[each.place] = counts.get(each.place, 0) + 1
            names.setdefault(each.place, each.entry.source.jurisdiction or "")
    order = sorted(counts, key=lambda place: (-counts[place], place))
    return Stock(
        view=view,
        shelved=tuple(shelved),
        places={place: names[place] for place in order},
        sources={entry.source.id: entry.source for entry in view.entries},
    )


def fold(text: str) -> str:
    """The text as it is compared: without accents, capitals and runs of white space."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(plain.split())


def _rank(each: Shelved) -> int:
    return _RANKS.get(each.entry.source.kind, len(_RANKS))

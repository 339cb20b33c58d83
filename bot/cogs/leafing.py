"""The story of leafing through the library: pages are turned and narrowed, also after a restart."""

import re
from dataclasses import replace
from typing import Any, Self

import discord
from discord import ui

from bot.browsing import filters as looking
from bot.browsing.filters import ANY, KINDS, STATUSES, Filters, mark_of
from bot.browsing.private import Page, Part, show
from bot.browsing.shelf import Stock
from bot.browsing.source_list import SOURCES_PER_PAGE, page_count, source_page, status_name
from bot.client import CaveatBot
from bot.message.escape import clip
from bot.wording import kind_words
from bot.words import Words, words_for

MOST_OPTIONS = 25
LABEL_LIMIT = 100
NARROWED = ("kind", "status", "place")


class TurnButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=re.compile(r"sources:turn:(?P<state>.*)", re.DOTALL),
):
    """Turns to the page in its custom id, which also holds the filters."""

    def __init__(self, state: str, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, custom_id=f"sources:turn:{state}", row=3))
        self.state = state

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; it needs no label."""
        return cls(match["state"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the page."""
        await _turn(interaction, looking.read(self.state))


class FilterMenu(
    ui.DynamicItem[ui.Select[ui.View]],
    template=re.compile(r"sources:(?P<what>kind|status|place):(?P<state>.*)", re.DOTALL),
):
    """Narrows or widens what is shown; its custom id holds the filters as they were."""

    def __init__(
        self, what: str, state: str, choices: list[discord.SelectOption] | None = None
    ) -> None:
        super().__init__(
            ui.Select(custom_id=f"sources:{what}:{state}", options=choices or [_option("-", "-")])
        )
        self.what = what
        self.state = state

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that someone chose from; what they chose comes with the interaction."""
        return cls(match["what"], match["state"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the first page of what was chosen."""
        known = looking.read(self.state)
        chosen = self.item.values[0]
        value = ANY if chosen == "-" else chosen
        state = (0, replace(known[1], **{self.what: value})) if known else None
        await _turn(interaction, state)


async def _turn(interaction: discord.Interaction[Any], state: tuple[int, Filters] | None) -> None:
    """Shows another page in place of the one that is seen."""
    bot: CaveatBot = interaction.client
    words = words_for(interaction.locale)

    async def other_page() -> Page:
        if state is None:
            return Page(content=words("sources.too-old"), aside=True)
        page, filters = state
        return list_page(await bot.shelf.kept(), filters, page, words)

    await show(interaction, other_page, gate=bot.services.gate, at_once=bot.shelf.is_stocked)


def list_page(stock: Stock, filters: Filters, page: int, words: Words) -> Page:
    """A page of the sources that fit, with what turns and narrows it; the last when it is gone."""
    pages = page_count(len(looking.found(stock, filters)), SOURCES_PER_PAGE)
    page = min(page, pages - 1)
    items: list[Part] = list(_menus(stock, filters, words))
    if page > 0:
        items.append(TurnButton(looking.write(page - 1, filters), words("evidence.previous")))
    if page + 1 < pages:
        items.append(TurnButton(looking.write(page + 1, filters), words("evidence.next")))
    return Page(embed=source_page(stock, filters, page, words), items=tuple(items))


def _menus(stock: Stock, filters: Filters, words: Words) -> list[FilterMenu]:
    """A menu for each property in which the sources differ, or by which they are narrowed."""
    held = [each.entry.source for each in stock.shelved]
    kinds, statuses = ({source.kind for source in held}, {source.status for source in held})
    choices: dict[str, list[tuple[str, str]]] = {
        "kind": [(kind, kind_words(kind, words)) for kind in KINDS if kind in kinds],
        "status": [(each, status_name(each, words)) for each in STATUSES if each in statuses],
        "place": [(mark_of(place), name) for place, name in stock.places.items()],
    }
    chosen = {"kind": filters.kind, "status": filters.status, "place": filters.place}
    state = looking.write(0, filters)
    return [
        FilterMenu(what, state, _options(words(f"sources.any.{what}"), choices[what], chosen[what]))
        for what in NARROWED
        if len(choices[what]) > 1 or chosen[what] != ANY
    ]


def _options(every: str, choices: list[tuple[str, str]], chosen: str) -> list[discord.SelectOption]:
    """At most 25 options, among them the one that is chosen; the first widens the search."""
    rest = sorted(choices[MOST_OPTIONS - 1 :], key=lambda choice: choice[0] != chosen)
    fitting = choices[: MOST_OPTIONS - 1]
    if rest and rest[0][0] == chosen:
        fitting = [*fitting[:-1], rest[0]]
    options = [_option(value, label, chosen=value == chosen) for value, label in fitting]
    return [_option("-", every, chosen=not any(option.default for option in options)), *options]


def _option(value: str, label: str, *, chosen: bool = False) -> discord.SelectOption:
    return discord.SelectOption(label=clip(label, LABEL_LIMIT), value=value, default=chosen)


async def add(bot: CaveatBot) -> None:
    """Lets the bot recognise every such button and menu that it ever sent."""
    bot.add_dynamic_items(TurnButton, FilterMenu)

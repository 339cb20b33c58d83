"""The story of browsing the library: by kind, legal status, jurisdiction and words."""

import asyncio
import logging
import re
from dataclasses import replace
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import filters as looking
from bot.client import CaveatBot
from bot.escape import clip
from bot.filters import ANY, KINDS, LONGEST_SEARCH, STATUSES, Filters, mark_of
from bot.private import Page, Part, show
from bot.shelf import Stock, fold
from bot.source_list import SOURCES_PER_PAGE, page_count, source_page, status_name
from bot.wording import kind_words
from bot.words import Words, spoken, words_for
from knowledge.errors import CaveatError

MOST_CHOICES = 25
CHOICE_LIMIT = 100
AUTOCOMPLETE_PATIENCE = 2.0  # seconds; Discord waits three
NARROWED = ("kind", "status", "place")

log = logging.getLogger(__name__)


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


class Sources(commands.Cog):
    """Lists the sources of the library."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @app_commands.command(description=spoken("command.sources.description"))
    @app_commands.describe(
        search=spoken("command.sources.search"),
        kind=spoken("command.sources.kind"),
        status=spoken("command.sources.status"),
        jurisdiction=spoken("command.sources.jurisdiction"),
    )
    @app_commands.choices(
        kind=[app_commands.Choice(name=spoken(f"kind.{kind}"), value=kind) for kind in KINDS],
        status=[
            app_commands.Choice(name=spoken(f"status.undated.{status}"), value=status)
            for status in STATUSES
            if status != "unknown"
        ],
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def sources(
        self,
        interaction: discord.Interaction[Any],
        search: app_commands.Range[str, 1, LONGEST_SEARCH] | None = None,
        kind: app_commands.Choice[str] | None = None,
        status: app_commands.Choice[str] | None = None,
        jurisdiction: app_commands.Range[str, 1, CHOICE_LIMIT] | None = None,
    ) -> None:
        """Shows the first page of the sources that fit."""

        async def first_page() -> Page:
            stock = await self._bot.shelf.fresh()
            filters = Filters(
                search=looking.search_words(search or ""),
                kind=kind.value if kind else ANY,
                status=status.value if status else ANY,
                place=looking.place_meant(jurisdiction or "", stock),
            )
            return _page(stock, filters, 0, words_for(interaction.locale))

        await show(interaction, first_page, gate=self._bot.services.gate)

    @sources.autocomplete("jurisdiction")
    async def jurisdictions(
        self, _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """The jurisdictions of the library that go on as what was typed; none when it is slow."""
        try:
            async with asyncio.timeout(AUTOCOMPLETE_PATIENCE):
                stock = await self._bot.shelf.kept()
        except (CaveatError, TimeoutError) as error:
            log.warning("No jurisdictions were offered (%s).", type(error).__name__)
            return []
        names = [
            clip(name, CHOICE_LIMIT)
            for place, name in stock.places.items()
            if fold(current) in place
        ]
        return [app_commands.Choice(name=name, value=name) for name in names[:MOST_CHOICES]]


async def _turn(interaction: discord.Interaction[Any], state: tuple[int, Filters] | None) -> None:
    """Shows another page in place of the one that is seen."""
    bot: CaveatBot = interaction.client
    words = words_for(interaction.locale)

    async def other_page() -> Page:
        if state is None:
            return Page(content=words("sources.too-old"), aside=True)
        page, filters = state
        return _page(await bot.shelf.kept(), filters, page, words)

    await show(interaction, other_page, gate=bot.services.gate, at_once=bot.shelf.is_stocked)


def _page(stock: Stock, filters: Filters, page: int, words: Words) -> Page:
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
    rest = sorted(choices[MOST_CHOICES - 1 :], key=lambda choice: choice[0] != chosen)
    fitting = choices[: MOST_CHOICES - 1]
    if rest and rest[0][0] == chosen:
        fitting = [*fitting[:-1], rest[0]]
    options = [_option(value, label, chosen=value == chosen) for value, label in fitting]
    return [_option("-", every, chosen=not any(option.default for option in options)), *options]


def _option(value: str, label: str, *, chosen: bool = False) -> discord.SelectOption:
    return discord.SelectOption(label=clip(label, CHOICE_LIMIT), value=value, default=chosen)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot, and lets it recognise every button and menu it ever sent."""
    await bot.add_cog(Sources(bot))
    bot.add_dynamic_items(TurnButton, FilterMenu)

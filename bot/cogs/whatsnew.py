"""The story of what is new in the library: sources that came, went or changed their standing."""

import re
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.browsing.private import Page, Part, show
from bot.browsing.shelf import Stock
from bot.browsing.source_list import CHANGES_PER_PAGE, change_page, page_count
from bot.client import CaveatBot
from bot.words import Words, spoken, words_for


class NewsButton(
    ui.DynamicItem[ui.Button[ui.View]], template=re.compile(r"whatsnew:(?P<page>\d{1,4})")
):
    """Turns to the page in its custom id."""

    def __init__(self, page: int, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, custom_id=f"whatsnew:{page}"))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; it needs no label."""
        return cls(int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the page."""
        bot: CaveatBot = interaction.client

        async def other_page() -> Page:
            return _page(await bot.shelf.kept(), self.page, words_for(interaction.locale))

        await show(interaction, other_page, gate=bot.services.gate, at_once=bot.shelf.is_stocked)


class WhatsNew(commands.Cog):
    """Tells what happened to the library."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @app_commands.command(description=spoken("command.whatsnew.description"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def whatsnew(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the newest changes."""

        async def first_page() -> Page:
            return _page(await self._bot.shelf.fresh(), 0, words_for(interaction.locale))

        await show(interaction, first_page, gate=self._bot.services.gate)


def _page(stock: Stock, page: int, words: Words) -> Page:
    pages = page_count(len(stock.view.changes), CHANGES_PER_PAGE)
    page = min(page, pages - 1)
    items: list[Part] = []
    if page > 0:
        items.append(NewsButton(page - 1, words("evidence.previous")))
    if page + 1 < pages:
        items.append(NewsButton(page + 1, words("evidence.next")))
    return Page(embed=change_page(stock, page, words), items=tuple(items))


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot, and lets it recognise every button it ever sent."""
    await bot.add_cog(WhatsNew(bot))
    bot.add_dynamic_items(NewsButton)

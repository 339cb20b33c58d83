"""The story of looking for sources: by kind, legal status, jurisdiction and words."""

import asyncio
import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.browsing import filters as looking
from bot.browsing.filters import ANY, KINDS, LONGEST_SEARCH, STATUSES, Filters
from bot.browsing.private import Page, show
from bot.browsing.shelf import fold
from bot.client import CaveatBot
from bot.cogs.leafing import list_page
from bot.message.escape import clip
from bot.words import spoken, words_for
from knowledge.errors import CaveatError

MOST_CHOICES = 25
CHOICE_LIMIT = 100
AUTOCOMPLETE_PATIENCE = 2.0  # seconds; Discord waits three

log = logging.getLogger(__name__)


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
            return list_page(stock, filters, 0, words_for(interaction.locale))

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


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Sources(bot))

"""The story of a source that a reader suggests, and of the queue in which it waits."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.browsing.private import Page, show
from bot.browsing.queue_page import refused_words
from bot.client import CaveatBot
from bot.cogs.deciding import queue_page, refusal
from bot.message.escape import escape_within
from bot.words import spoken, words_for
from knowledge.errors import SuggestionError
from knowledge.library import Suggestion, Suggestions

LONGEST_ADDRESS = 1_000
LONGEST_NOTE = 500


class SourceCommands(commands.Cog):
    """Takes suggestions, and shows them to those who decide."""

    source = app_commands.Group(
        name="source",
        description=spoken("command.source.description"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        ),
    )

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @source.command(description=spoken("command.source.suggest.description"))
    @app_commands.describe(
        url=spoken("command.source.suggest.url"), note=spoken("command.source.suggest.note")
    )
    async def suggest(
        self,
        interaction: discord.Interaction[Any],
        url: app_commands.Range[str, 1, LONGEST_ADDRESS],
        note: app_commands.Range[str, 1, LONGEST_NOTE] | None = None,
    ) -> None:
        """Puts an address into the queue."""
        words = words_for(interaction.locale)

        def put(suggestions: Suggestions) -> Suggestion:
            guild = interaction.guild_id
            return suggestions.suggest(
                url,
                note=note,
                contact=str(interaction.user.id),
                guild=str(guild) if guild is not None else None,
            )

        async def thanks() -> Page:
            try:
                suggestion = await self._bot.desk.use(put)
            except SuggestionError as error:
                return Page(content=refused_words(error, words))
            address = escape_within(suggestion.url, LONGEST_ADDRESS)
            return Page(content=words("suggest.thanks", id=suggestion.id, address=address))

        await show(interaction, thanks, gate=self._bot.services.gate)

    @source.command(description=spoken("command.source.queue.description"))
    async def queue(self, interaction: discord.Interaction[Any]) -> None:
        """Shows what waits, to those who decide and to nobody else."""

        async def first_page() -> Page:
            return await refusal(interaction) or await queue_page(interaction)

        await show(interaction, first_page, gate=self._bot.services.gate)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(SourceCommands(bot))

"""The story of what the library lacks.

The library is one for all servers, and so is the count of what it does not answer. Operators see
all of it, with the words of questions where the operator chose to keep them (`KEEP_GAP_QUESTIONS`).
Members with Manage Server see the places that came nearest, in the order of how much was asked,
and neither numbers nor days nor questions: from those they could work out what other servers ask.
"""

import asyncio
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CaveatBot
from bot.excuse import excuse
from bot.managing.gap_view import gaps_embed, gaps_file
from bot.managing.rights import admits
from bot.state import FAULTS
from bot.wording import readable_date
from bot.words import spoken, words_for
from knowledge.compose import counted_gaps
from knowledge.errors import CaveatError, LibraryMissingError
from knowledge.library import COUNTS_KEPT_FOR

DEFAULT_DAYS = 90


class Gaps(commands.Cog):
    """Shows them, with a table to take along."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot
        self._settings = bot.services.settings

    @app_commands.command(description=spoken("command.gaps.description"))
    @app_commands.describe(days=spoken("command.gaps.days"))
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def gaps(
        self,
        interaction: discord.Interaction[Any],
        days: app_commands.Range[int, 1, COUNTS_KEPT_FOR.days] = DEFAULT_DAYS,
    ) -> None:
        """Shows them to the person who asks only."""
        operator = await self._bot.operators.include(interaction.user.id)
        if not operator and not await admits(interaction):
            return
        await interaction.response.defer(ephemeral=True)
        words = words_for(interaction.locale)
        try:
            gaps, since = await asyncio.to_thread(counted_gaps, self._settings, days=days)
        except LibraryMissingError:
            await interaction.edit_original_response(content=words("gaps.no-library"))
            return
        except (*FAULTS, CaveatError) as error:
            await excuse(interaction, error)
            return
        if not gaps:
            day = readable_date(since.isoformat(), words)
            await interaction.edit_original_response(content=words("gaps.none", date=day))
            return
        await interaction.edit_original_response(
            embed=gaps_embed(gaps, since, words, numbers=operator),
            attachments=[gaps_file(gaps, numbers=operator)],
        )


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Gaps(bot))

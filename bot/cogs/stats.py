"""The story of a server's numbers: how its questions ended, with a picture."""

import asyncio
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CaveatBot, Services
from bot.excuse import excuse
from bot.managing.chart import draw_days
from bot.managing.rights import admits
from bot.managing.stats_view import picture_file, stats_embed
from bot.state import FAULTS, KEPT_FOR, Counts, FeedbackCounts, Spending
from bot.words import Words, spoken, words_for


class Stats(commands.Cog):
    """Shows the numbers of the server in which it is asked, and of no other."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=spoken("command.stats.description"))
    @app_commands.describe(days=spoken("command.stats.days"))
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def stats(
        self,
        interaction: discord.Interaction[Any],
        days: app_commands.Range[int, 1, KEPT_FOR.days] = KEPT_FOR.days,
    ) -> None:
        """Shows them to the person who asks only."""
        guild_id = interaction.guild_id
        if not await admits(interaction) or guild_id is None:
            return
        await interaction.response.defer(ephemeral=True)
        words = words_for(interaction.locale)
        try:
            counts, feedback, picture = await asyncio.to_thread(self._gather, guild_id, days, words)
            spending = await asyncio.to_thread(self._spending, guild_id, days)
        except FAULTS as error:
            await excuse(interaction, error)
            return
        files = [picture_file(picture, counts, words)] if picture else []
        embed = stats_embed(counts, feedback, words, spending)
        await interaction.edit_original_response(embed=embed, attachments=files)

    def _gather(
        self, guild_id: int, days: int, words: Words
    ) -> tuple[Counts, FeedbackCounts, bytes | None]:
        counts = self._services.records.counts(guild_id, days)
        feedback = self._services.feedback.counts(guild_id, days)
        asked = counts.answered + counts.abstained + counts.declined
        return counts, feedback, draw_days(counts.days, words) if asked else None

    def _spending(self, guild_id: int, days: int) -> Spending | None:
        found = self._services.state.spending.counts(guild_id, days)
        return found if self._services.writes or found != Spending() else None


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Stats(bot.services))

"""The story of reports of wrong answers: a queue for those who manage the server."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CaveatBot
from bot.managing.queue_controls import QueueButton, show_queue
from bot.managing.rights import admits
from bot.words import spoken


class Reports(commands.Cog):
    """Shows the open reports of the server in which it is asked."""

    @app_commands.command(description=spoken("command.feedback.description"))
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def feedback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows them to the person who asks only."""
        if await admits(interaction):
            await show_queue(interaction)


async def add(bot: CaveatBot) -> None:
    """Adds the story, and lets the bot recognise every button of the queue that it ever sent."""
    bot.add_dynamic_items(QueueButton)
    await bot.add_cog(Reports())

"""The story of a server's settings: a panel for those who manage it."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CaveatBot
from bot.managing.rights import admits
from bot.managing.settings_controls import SettingsButton, SettingsMenu, show_panel
from bot.words import spoken


class Settings(commands.Cog):
    """Shows the panel."""

    @app_commands.command(description=spoken("command.settings.description"))
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: discord.Interaction[Any]) -> None:
        """Opens the panel, for the person who asks only."""
        if await admits(interaction):
            await show_panel(interaction)


async def add(bot: CaveatBot) -> None:
    """Adds the story, and lets the bot recognise every panel that it ever sent."""
    bot.add_dynamic_items(SettingsMenu, SettingsButton)
    await bot.add_cog(Settings())

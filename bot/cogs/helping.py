"""The story of finding out what the bot can do: by example."""

import asyncio
import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.browsing.private import Page, show
from bot.client import CaveatBot, Services
from bot.message.render import ACCENT
from bot.state import FAULTS, GuildSettings
from bot.words import Words, spoken, words_for

PARTS = ("ask", "check", "read", "not", "privacy", "admins")

log = logging.getLogger(__name__)


class Help(commands.Cog):
    """Explains the bot."""

    def __init__(self, bot: CaveatBot) -> None:
        self._services: Services = bot.services

    @app_commands.command(description=spoken("command.help.description"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the examples."""

        async def explained() -> Page:
            chosen = await self._chosen(interaction.guild_id)
            settings = self._services.settings
            return Page(
                embed=help_embed(
                    words_for(interaction.locale),
                    direct=settings.answer_direct_messages and chosen.direct_messages,
                    kept=settings.keep_gap_questions,
                    written=self._services.writes,
                )
            )

        await show(interaction, explained, gate=self._services.gate)

    async def _chosen(self, guild_id: int | None) -> GuildSettings:
        if guild_id is None:
            return GuildSettings()
        try:
            return await asyncio.to_thread(self._services.guilds.read, guild_id)
        except FAULTS as error:
            log.warning("The settings of a server cannot be read (%s).", type(error).__name__)
            return GuildSettings()


def help_embed(words: Words, *, direct: bool, kept: bool, written: bool = False) -> discord.Embed:
    """The examples, at most three screens of a phone.

    Args:
        words: of the reader's language.
        direct: whether direct messages are answered.
        kept: whether words of questions without an answer are kept.
        written: whether a chat model writes answers.
    """
    embed = discord.Embed(colour=ACCENT, title=words("help.title"))
    more = {
        "ask": [words("help.direct")] if direct else [],
        "read": [words("help.written")] if written else [],
        "privacy": [words("help.kept")] if kept else [],
    }
    for part in PARTS:
        text = "\n".join([words(f"help.{part}.text").strip(), *more.get(part, [])])
        embed.add_field(name=words(f"help.{part}.title"), value=text, inline=False)
    return embed


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Help(bot))

"""The story of joining a server: one message with what its admins need to know."""

import asyncio
import logging
from datetime import timedelta
from functools import partial
from itertools import islice

import discord
from discord.ext import commands

from bot.client import CaveatBot
from bot.delivery import deliver
from bot.faults import PASSING, passing_reason
from bot.permissions import NEEDED, lacking, writable_channels
from bot.state import FAULTS
from bot.words import Words, words_for

JUST_NOW = timedelta(minutes=10)
ONCE_IN = timedelta(days=1)  # also when the bot is thrown out and asked in again
MOST_TRIES = 3  # channels

log = logging.getLogger(__name__)


class Welcome(commands.Cog):
    """Introduces the bot, once."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Writes the message where people look for it, and nothing where the bot may not write."""
        joined = guild.me.joined_at
        # a server that only became available again
        if joined is not None and discord.utils.utcnow() - joined > JUST_NOW:
            return
        if not await self._is_first(guild.id):
            return
        text = welcome_text(guild.me.guild_permissions, words_for(guild.preferred_locale))
        for channel in islice(writable_channels(guild), MOST_TRIES):
            try:
                await deliver(partial(channel.send, text, nonce=guild.id))
            except PASSING as error:
                log.warning("A welcome was not sent (%s).", passing_reason(error))
            else:
                return

    async def _is_first(self, guild_id: int) -> bool:
        uses = self._bot.services.uses
        try:
            use = await asyncio.to_thread(uses.count, "welcome", str(guild_id), ONCE_IN)
        except FAULTS as error:
            log.warning("Welcomes cannot be counted (%s).", type(error).__name__)
            return True
        return use.count == 1


def welcome_text(permissions: discord.Permissions, words: Words) -> str:
    """The three things: a question to try, where settings are, and what may still be lacking."""
    missing = lacking(permissions)
    if missing:
        names = ", ".join(words(f"permission.{name}") for name in missing)
        granted = words("welcome.lacking", names=names)
    else:
        granted = words("welcome.complete")
    needed = ", ".join(words(f"permission.{name}") for name in NEEDED)
    return words("welcome.text", needed=needed, granted=granted)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Welcome(bot))

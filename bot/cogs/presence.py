"""The story of the bot's arrival: what the operator reads once it is connected."""

import asyncio
import logging

from discord.ext import commands

from bot.client import CaveatBot
from bot.sync import command_digest, sync_warning

log = logging.getLogger(__name__)


class Presence(commands.Cog):
    """Tells the operator that the bot is there, and when its commands are not."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot
        self._told = False

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """Warns once when Discord does not know the commands as they are."""
        if self._told:  # a lost connection was found again
            return
        self._told = True
        log.info("Connected as %s.", self._bot.user)
        synced = await asyncio.to_thread(self._bot.services.syncs.synced)
        warning = sync_warning(await command_digest(self._bot.tree), synced)
        if warning:
            log.warning(warning)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Presence(bot))

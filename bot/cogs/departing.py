"""The story of a server that takes the bot out: after a while all that is its own is deleted."""

import asyncio
import logging
from collections.abc import Callable

import discord
from discord.ext import commands

from bot.client import CaveatBot
from bot.state import FAULTS, DepartureStore
from bot.ticking import every
from knowledge.errors import CaveatError
from knowledge.library import library_file, library_place

HOUR = 3600.0

log = logging.getLogger(__name__)


class Departing(commands.Cog):
    """Notes which servers were left; Discord tells of outages by another event."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot
        self._departures: DepartureStore = bot.services.state.departures

    async def cog_load(self) -> None:
        """Begins to look for servers that stayed away."""
        self._looking = asyncio.create_task(every(HOUR, self.look, "departures"))

    async def cog_unload(self) -> None:
        """Ends it."""
        self._looking.cancel()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begins the time after which a server's rows are deleted."""
        await self._note(lambda: self._departures.left(guild.id))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Ends it."""
        await self._note(lambda: self._departures.back(guild.id))

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catches up on what happened while the bot was away."""
        here = [guild.id for guild in self._bot.guilds]  # those with an outage included
        if here:
            await self._note(lambda: self._departures.present(here))

    async def look(self) -> None:
        """Takes the names of servers that stayed away off suggestions, and deletes their rows."""
        state = self._bot.services.state
        try:
            for guild_id in await asyncio.to_thread(self._departures.due):
                await self._forget_suggestions(str(guild_id))
                await asyncio.to_thread(state.purge, guild_id)
                log.info("Deleted what belonged to a server that I was taken out of.")
        except (*FAULTS, CaveatError) as error:
            log.warning("What servers left is deleted later (%s).", type(error).__name__)

    async def _forget_suggestions(self, guild: str) -> None:
        if library_file(library_place(self._bot.services.settings)) is not None:
            await self._bot.desk.use(lambda queue: queue.forget_guild(guild))

    async def _note(self, note: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(note)
        except FAULTS as error:  # made up for when the bot is ready the next time
            log.warning("A change of servers was not noted (%s).", type(error).__name__)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Departing(bot))

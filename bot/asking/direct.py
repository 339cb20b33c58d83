"""Who may ask in direct messages: by the operator's choice, and by that of the servers shared."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

import discord

from bot.settings import BotSettings
from bot.state import FAULTS, GuildStore

MOST_LOOKED_UP = 10  # servers whose members are asked for at Discord, for one question
SECONDS = 2.0
REMEMBERED_FOR = 600.0
MOST_REMEMBERED = 5_000

Clock = Callable[[], float]


class DirectMessages:
    """Finds out whether a person may ask in direct messages.

    Servers may switch them off for their members; who also shares a server that did not, or
    shares none, may ask. Discord does not tell the bot who its members are, so it asks, and keeps
    what it learns in memory for a few minutes.
    """

    def __init__(
        self, settings: BotSettings, guilds: GuildStore, clock: Clock = time.monotonic
    ) -> None:
        self._offered = settings.answer_direct_messages
        self._guilds = guilds
        self._clock = clock
        self._memberships: OrderedDict[tuple[int, int], tuple[float, bool]] = OrderedDict()

    async def may_ask(self, person: int, guilds: Sequence[discord.Guild]) -> bool:
        """Whether direct messages of a person are answered.

        Args:
            person: the asker's id.
            guilds: all servers that the bot is in.
        """
        if not self._offered:
            return False
        try:
            closed = await asyncio.to_thread(self._closed, [guild.id for guild in guilds])
        except FAULTS:  # nothing was found that forbids it
            return True
        if not closed or not await self._is_in(person, [g for g in guilds if g.id in closed]):
            return True
        others = [guild for guild in guilds if guild.id not in closed]
        return len(others) > MOST_LOOKED_UP or await self._is_in(person, others)

    def _closed(self, guild_ids: Iterable[int]) -> frozenset[int]:
        return frozenset(each for each in guild_ids if not self._guilds.read(each).direct_messages)

    async def _is_in(self, person: int, guilds: Sequence[discord.Guild]) -> bool:
        looked_up = guilds[:MOST_LOOKED_UP]
        return any(await asyncio.gather(*(self._is_member(person, each) for each in looked_up)))

    async def _is_member(self, person: int, guild: discord.Guild) -> bool:
        if guild.get_member(person) is not None:
            return True
        key = (person, guild.id)
        until, known = self._memberships.get(key, (0.0, False))
        if until > self._clock():
            return known
        try:
            await asyncio.wait_for(guild.fetch_member(person), SECONDS)
            known = True
        except discord.NotFound:
            known = False
        except (discord.HTTPException, OSError, TimeoutError):
            return False  # not known, and asked again the next time
        self._memberships[key] = (self._clock() + REMEMBERED_FOR, known)
        self._memberships.move_to_end(key)
        if len(self._memberships) > MOST_REMEMBERED:
            self._memberships.popitem(last=False)
        return known

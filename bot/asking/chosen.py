"""What a server chose, read so that nobody waits for it."""

import asyncio
import logging

from bot.client import Services
from bot.state import FAULTS, GuildSettings

SECONDS = 1.0  # Discord gives up a command that is not acknowledged within three

log = logging.getLogger(__name__)


async def chosen(services: Services, guild_id: int | None) -> GuildSettings:
    """The settings of a server; the defaults outside of servers, or when they cannot be read."""
    if guild_id is None:
        return GuildSettings()
    try:
        return await asyncio.wait_for(
            asyncio.to_thread(services.guilds.read, guild_id), timeout=SECONDS
        )
    except (*FAULTS, TimeoutError) as error:
        log.warning("The settings of a server cannot be read (%s).", type(error).__name__)
        return GuildSettings()

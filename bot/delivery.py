"""Gets a reply to Discord although Discord has a bad moment."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import aiohttp
import discord

from bot.faults import PASSING, passing_reason

log = logging.getLogger(__name__)

PAUSES = (1.0, 4.0, 15.0)
TYPING_SECONDS = 8.0  # Discord shows the sign for ten
# discord.py itself waits as long as Discord tells it to, and asks again after 500, 502 and 504.
# Left over are outages behind 503, and Cloudflare's 429, which says nothing of when.
UNTRIED = frozenset({429, 503})

Sent = TypeVar("Sent")
Sleep = Callable[[float], Awaitable[None]]


async def deliver(send: Callable[[], Awaitable[Sent]], *, sleep: Sleep = asyncio.sleep) -> Sent:
    """What `send` returns, which is tried again for 20 seconds when Discord did not take it.

    Raises:
        discord.HTTPException: when Discord refuses, or still did not take it.
    """
    for pause in PAUSES:
        try:
            return await send()
        except (discord.HTTPException, aiohttp.ClientConnectorError) as error:
            if isinstance(error, discord.HTTPException) and error.status not in UNTRIED:
                raise
            log.warning(
                "A reply was not taken (%s). Next try in %.0f s.", passing_reason(error), pause
            )
        await sleep(pause)
    return await send()


@asynccontextmanager
async def typing_in(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Shows that the bot is typing, if Discord lets it; nothing waits or fails for it."""
    sign = asyncio.create_task(_keep_typing(channel))
    try:
        yield
    finally:
        sign.cancel()
        await asyncio.gather(sign, return_exceptions=True)


async def _keep_typing(channel: discord.abc.Messageable) -> None:
    with contextlib.suppress(*PASSING):
        while True:
            await channel.typing()
            await asyncio.sleep(TYPING_SECONDS)

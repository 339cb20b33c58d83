"""What the authors of messages chose: whether others may put their messages to the bot."""

import asyncio

import discord

from bot.client import Services

SECONDS = 1.5  # Discord gives up a command that is not acknowledged within three


async def opted_out(services: Services, message: discord.Message, reader: int) -> bool:
    """Whether the author of a message does not want it checked by others.

    Args:
        services: of the bot.
        message: any; what a webhook sent, or was forwarded, names no author.
        reader: id of who wants to know more about the message; their own they may put.

    Raises:
        SQLAlchemyError, LibraryError, TimeoutError: when that cannot be known.
    """
    author = message.author.id
    if author == reader or message.webhook_id is not None:
        return False
    name = services.pseudonyms.of(author)
    return await asyncio.wait_for(asyncio.to_thread(services.state.people.opted_out, name), SECONDS)

"""Reads a question, and who asked it, from the message that answers it: nothing keeps them.

Answers to commands, in threads and in posts show their question. Other answers refer to the
message that asked.
"""

import asyncio
from dataclasses import dataclass

import discord

from bot.asking.addressing import words_in
from bot.asking.conversing import earlier_in, earlier_than
from bot.message import question_line

PATIENCE = 5.0  # seconds for Discord to find a message


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """A question as it was put.

    Attributes:
        earlier: what was asked before it in the same conversation, the newest first.
    """

    question: str
    earlier: tuple[str, ...] = ()


async def reread(answer: discord.Message, me: discord.ClientUser) -> Reread | None:
    """The question behind one of the bot's messages, or None when it is gone."""
    shown, made_by = question_line.read_message(answer), answer.interaction_metadata
    if made_by is not None:
        earlier = await earlier_in(answer.channel, made_by.id, me)
        return Reread(question=shown, earlier=earlier) if shown is not None else None
    asked = await _asking(answer)
    question = shown or (words_in(asked, me) if asked else "")
    if not question:
        return None
    return Reread(question=question, earlier=await earlier_than(asked, me) if asked else ())


async def asker_of(answer: discord.Message) -> int | None:
    """The id of who asked for one of the bot's messages, or None when that cannot be known."""
    if answer.interaction_metadata is not None:
        return answer.interaction_metadata.user.id
    asked = await _asking(answer)
    return asked.author.id if asked else None


async def _asking(answer: discord.Message) -> discord.Message | None:
    """The message that an answer refers to, or on which its thread was opened; None when gone."""
    reference, channel = answer.reference, answer.channel
    if reference is None:
        # a thread has the id of the message on which it was opened
        opened = isinstance(channel, discord.Thread) and channel.owner_id == answer.author.id
        parent = channel.parent if opened and isinstance(channel, discord.Thread) else None
        return (
            await _fetched(parent, channel.id) if isinstance(parent, discord.TextChannel) else None
        )
    if isinstance(reference.resolved, discord.DeletedReferencedMessage):
        return None
    known = reference.resolved or reference.cached_message
    if known is not None or reference.message_id is None or reference.channel_id != channel.id:
        return known
    return await _fetched(channel, reference.message_id)


async def _fetched(channel: discord.abc.Messageable, message_id: int) -> discord.Message | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await channel.fetch_message(message_id)
    except (discord.HTTPException, TimeoutError):
        return None

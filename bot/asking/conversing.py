"""What was asked before in a conversation, read from Discord's own messages and kept nowhere."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import discord

from bot.asking.addressing import answered_message, words_in
from bot.message.question_line import read_message

MOST_EARLIER = 5
MOST_FETCHES = 5
SECONDS_A_FETCH = 2.0
SECONDS = 5.0  # for all of it; an answer without its topic is better than a late one
MESSAGES_BACK = 20
FRESH = timedelta(hours=1)  # in direct messages, which never end

_CONVERSATIONS = (discord.DMChannel, discord.Thread)
_UNREACHABLE = (discord.HTTPException, discord.ClientException, OSError, TimeoutError)


async def earlier_than(message: discord.Message, me: discord.ClientUser) -> tuple[str, ...]:
    """What was asked before a message, the newest first, at most `MOST_EARLIER` questions.

    That is the chain of replies which it ends; in direct messages and in threads also what the bot
    answered there.
    """
    found: list[str] = []
    try:
        async with asyncio.timeout(SECONDS):
            async for question in _chain(message, me):
                found.append(question)
                if len(found) == MOST_EARLIER:
                    return tuple(found)
            if isinstance(message.channel, _CONVERSATIONS):
                await _extend(found, message.channel, message, me)
    except TimeoutError:
        pass  # what was found until then
    return tuple(found)


async def earlier_in(channel: object, command_id: int, me: discord.ClientUser) -> tuple[str, ...]:
    """What was asked in a conversation before a command, the newest first.

    Args:
        channel: any; only direct messages and threads are conversations.
        command_id: of the interaction.
        me: the bot.
    """
    found: list[str] = []
    if isinstance(channel, _CONVERSATIONS):
        await _extend(found, channel, discord.Object(command_id), me)
    return tuple(found)


async def _chain(message: discord.Message, me: discord.ClientUser) -> AsyncIterator[str]:
    """The questions in a chain of replies, from its end."""
    fetches = 0
    seen = {message.id}
    while message.type is discord.MessageType.reply and message.reference is not None:
        before = answered_message(message)
        if before is None:
            number = message.reference.message_id
            if fetches == MOST_FETCHES or number is None or _is_gone(message):
                return
            fetches += 1
            before = await _fetched(message.channel, number)
        if before is None or before.id in seen:
            return
        seen.add(before.id)
        message = before
        mine = message.author.id == me.id
        question = read_message(message) if mine else words_in(message, me)
        if question:
            yield question


async def _fetched(channel: discord.abc.Messageable, message_id: int) -> discord.Message | None:
    try:
        return await asyncio.wait_for(channel.fetch_message(message_id), SECONDS_A_FETCH)
    except _UNREACHABLE:
        return None


def _is_gone(message: discord.Message) -> bool:
    reference = message.reference
    return reference is not None and isinstance(
        reference.resolved, discord.DeletedReferencedMessage
    )


async def _extend(
    found: list[str],
    channel: discord.abc.Messageable,
    before: discord.Message | discord.Object,
    me: discord.ClientUser,
) -> None:
    """Adds what the bot answered in a channel, until there is enough."""
    try:
        async with asyncio.timeout(SECONDS_A_FETCH):
            async for past in channel.history(limit=MESSAGES_BACK, before=before):
                endless = past.guild is None
                if len(found) == MOST_EARLIER or (
                    endless and before.created_at - past.created_at > FRESH
                ):
                    return
                question = _answered_by(past, me)
                if question and question not in found:
                    found.append(question)
    except _UNREACHABLE:
        return  # what was found until then


def _answered_by(message: discord.Message, me: discord.ClientUser) -> str | None:
    """The question that one of the bot's messages answers; None for others' messages."""
    if message.author.id != me.id:
        return None
    asked = answered_message(message)
    return read_message(message) or (words_in(asked, me) if asked else None)

"""Reads a question, and who asked it, from the message that answers it: nothing keeps them.

Answers to commands show their question. Other answers refer to the message that asked.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot import question_line
from knowledge.conversation import MOST_EARLIER

PATIENCE = 5.0  # seconds for Discord to find a message


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """A question as it was put.

    Attributes:
        earlier: what was asked before it in the same chain of replies, the newest first.
    """

    question: str
    earlier: tuple[str, ...] = ()


async def reread(answer: discord.Message, me: discord.abc.User | None) -> Reread | None:
    """The question behind one of the bot's messages, or None when it is gone.

    Args:
        answer: a message of the bot's.
        me: the bot, whose mention is no part of a question.
    """
    found: list[str] = []
    while len(found) <= MOST_EARLIER:
        shown = question_line.read_message(answer)
        if shown is not None:
            found.append(shown)
            break
        asked = await _referred(answer)
        question = _spoken(asked, me) if asked else ""
        if not asked or not question:
            break
        found.append(question)
        before = await _referred(asked)
        if before is None or me is None or before.author.id != me.id:
            break
        answer = before
    return Reread(question=found[0], earlier=tuple(found[1:])) if found else None


async def asker_of(answer: discord.Message) -> int | None:
    """The id of who asked for one of the bot's messages, or None when that cannot be known."""
    if answer.interaction_metadata is not None:
        return answer.interaction_metadata.user.id
    asked = await _referred(answer)
    return asked.author.id if asked else None


async def _referred(message: discord.Message) -> discord.Message | None:
    """The message that another one replies to, or None when there is none any more."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    if isinstance(reference.resolved, discord.DeletedReferencedMessage):
        return None
    known = reference.resolved or reference.cached_message
    if known is not None or reference.channel_id != message.channel.id:
        return known
    try:
        async with asyncio.timeout(PATIENCE):
            return await message.channel.fetch_message(reference.message_id)
    except (discord.HTTPException, TimeoutError):
        return None


def _spoken(asked: discord.Message, me: discord.abc.User | None) -> str:
    """The words of a question without the bot's mention."""
    words = asked.content
    for name in _names(asked, me):
        words = words.replace(name, " ")
    return " ".join(words.split())


def _names(asked: discord.Message, me: discord.abc.User | None) -> Iterator[str]:
    if me is not None:
        yield from (f"<@{me.id}>", f"<@!{me.id}>")
    role = asked.guild.self_role if asked.guild else None
    if role is not None:
        yield role.mention

"""Posts in forums: what they ask, and whether the bot answered them."""

import asyncio

import discord

from bot.asking.addressing import is_post, words_in
from bot.faults import PASSING
from bot.message.question_line import read_message

SECONDS = 2.0
PAUSE = 0.5  # until a post's first message has arrived as well
TRIES = 3
MESSAGES_BACK = 100

_ENDS = (".", "?", "!", ":", "…")


async def first_message(post: discord.Thread) -> discord.Message | None:
    """The message with which a post begins; None when it cannot be had."""
    for _ in range(TRIES):
        if post.starter_message is not None:
            return post.starter_message
        try:
            return await asyncio.wait_for(post.fetch_message(post.id), SECONDS)
        except discord.Forbidden:
            return None
        except PASSING:
            await asyncio.sleep(PAUSE)
    return None


def post_question(
    post: discord.Thread, first: discord.Message | None, me: discord.ClientUser
) -> str:
    """What a post asks: its title, and what its author writes below as far as Discord shows it."""
    title = " ".join(post.name.split())
    text = words_in(first, me) if first else ""
    if not text or text.casefold().startswith(title.casefold()):
        return text or title
    return f"{title} {text}" if title.endswith(_ENDS) else f"{title}: {text}"


async def was_answered(post: discord.Thread, me: discord.ClientUser) -> bool:
    """Whether the bot answered what a post asks; false when its messages cannot be read."""
    try:
        async with asyncio.timeout(SECONDS):
            async for message in post.history(limit=MESSAGES_BACK, oldest_first=True):
                reference = message.reference
                to_post = reference is not None and reference.message_id == post.id
                if message.author.id == me.id and to_post and read_message(message):
                    return True
    except PASSING:
        return False
    return False


def asks_for_post(message: discord.Message, question: str) -> bool:
    """Whether a message that was put to the bot in a post wants the post itself answered.

    Args:
        message: any.
        question: the words put to the bot.
    """
    return is_post(message.channel) and (not question or message.id == message.channel.id)

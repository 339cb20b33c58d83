"""Threads of the bot's own: one a question, where a server wants it so."""

import logging
import re
from typing import Any

import discord

from bot.asking.plain import plain
from bot.faults import PASSING, passing_reason
from bot.message.escape import clip, one_line
from bot.state import GuildSettings
from bot.words import Words
from knowledge.credentials import without_credentials_in

LONGEST_NAME = 100

log = logging.getLogger(__name__)

_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>|<t:-?\d+(?::\w)?>|</[^:>]+:\d+>")
_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*`|~\\]+|__+|@(?=everyone|here)", re.IGNORECASE)
_LINE_START = re.compile(r"^(?:[>#-]+\s*)+")


def thread_name(question: str, words: Words) -> str:
    """A name for a question's thread: its words without credentials, mentions and markup."""
    bare = _EMOJI.sub(r"\1", _MENTION.sub(" ", without_credentials_in(plain(question))))
    bare = _MARKUP.sub("", _LINK.sub(r"\1", bare))
    name = _LINE_START.sub("", one_line(bare).strip())
    return clip(name, LONGEST_NAME) or words("ask.thread")


def wants_thread(settings: GuildSettings, channel: Any, me: discord.Member | None) -> bool:
    """Whether an answer in a channel gets a thread, and the bot may open one there."""
    if settings.threads != "always" or me is None or not isinstance(channel, discord.TextChannel):
        return False
    may = channel.permissions_for(me)
    return may.create_public_threads and may.send_messages_in_threads and may.read_message_history


async def open_thread(
    channel: discord.TextChannel, message_id: int, name: str
) -> discord.Thread | None:
    """A thread on a message, or None when Discord does not open one."""
    try:
        return await channel.get_partial_message(message_id).create_thread(name=name)
    except PASSING as error:
        log.warning("A thread could not be opened (%s).", passing_reason(error))
        return None

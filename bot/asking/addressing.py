"""Who is asked, and where the bot answers."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.asking.plain import plain
from bot.message.question_line import LONGEST_QUESTION
from bot.state import GuildSettings
from bot.words import Words
from knowledge.credentials import REMOVED, without_credentials_in

MOST_NAMED = 5  # channels in a hint


def question_in(message: discord.Message, me: discord.ClientUser) -> str | None:
    """The words put to the bot, which may be none; or None when it was not addressed.

    It is addressed by its name, in direct messages, by a reply to it and in threads of its own,
    the last two only where Discord shows it the words.
    """
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return None
    named = any(name in message.content for name in names_of(message.guild, me))
    role = message.guild.self_role if message.guild else None
    named = named or (role is not None and role in message.role_mentions)
    if message.guild is None or named or _goes_on(message, me):
        return words_in(message, me)
    return None


def words_in(message: discord.Message, me: discord.ClientUser) -> str:
    """What a message says to the bot, on one line and without the bot's name."""
    words = message.content
    for name in names_of(message.guild, me):
        words = words.replace(name, " ")
    return " ".join(words.split())


def names_of(guild: discord.Guild | None, me: discord.ClientUser) -> list[str]:
    """How messages mention the bot."""
    names = [f"<@{me.id}>", f"<@!{me.id}>"]
    if guild is not None and guild.self_role is not None:
        names.append(guild.self_role.mention)  # easily picked in place of the bot of that name
    return names


def answered_message(message: discord.Message) -> discord.Message | None:
    """The message that a message replies to, if it is at hand."""
    reference = message.reference
    if reference is None or message.type is not discord.MessageType.reply:
        return None
    known = reference.resolved or reference.cached_message
    return known if isinstance(known, discord.Message) else None


def is_own_thread(channel: object, me: discord.ClientUser) -> bool:
    """Whether the bot opened a thread, or wrote in a forum post."""
    if not isinstance(channel, discord.Thread):
        return False
    return channel.owner_id == me.id or (is_post(channel) and channel.me is not None)


def is_post(channel: object) -> bool:
    """Whether a channel is a post in a forum."""
    return isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel)


def answers_in(settings: GuildSettings, channel: Any) -> bool:
    """Whether a server wants answers in a channel, a thread of it, or a forum's post."""
    if not settings.answer_channels:
        return True
    places = {getattr(channel, name, None) for name in ("id", "parent_id", "category_id")}
    return not places.isdisjoint(settings.answer_channels | settings.forums)


def elsewhere_words(settings: GuildSettings, guild: discord.Guild | None, words: Words) -> str:
    """Where a server wants questions, in one sentence; channels that are gone are not named."""
    known = [each for each in sorted(settings.answer_channels) if guild and guild.get_channel(each)]
    if not known:
        return words("ask.nowhere-public")
    return words("ask.elsewhere", channels=", ".join(f"<#{each}>" for each in known[:MOST_NAMED]))


def shortened(text: str, limit: int = LONGEST_QUESTION) -> str:
    """A text on one line, cut at the end of a sentence, or else of a word, so that it fits."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    bare = without_credentials_in(plain(line))  # half a key would no longer be known as one
    line = bare if REMOVED in bare else line
    if len(line) <= limit:
        return line
    head = line[:limit]
    for ends in ((". ", "? ", "! "), (" ",)):
        end = _last(head, ends)
        if end > limit // 2:
            return head[:end].rstrip()
    return head


def _last(text: str, ends: Sequence[str]) -> int:
    return max(text.rfind(end) + 1 for end in ends)


def _goes_on(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message goes on with a conversation, as far as Discord shows what it says."""
    if not message.content:
        return False
    if message.type is discord.MessageType.reply:
        answered = answered_message(message)
        return answered.author.id == me.id if answered else me in message.mentions
    if not is_own_thread(message.channel, me) or message.mentions:
        return False
    # in a post people also talk to each other; its author asked the question
    return not is_post(message.channel) or message.author.id == _owner(message.channel)


def _owner(channel: object) -> int | None:
    return channel.owner_id if isinstance(channel, discord.Thread) else None

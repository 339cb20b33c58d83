"""Which permissions the bot needs in a server, and where it may speak."""

from collections.abc import Iterator

import discord

# by the names of discord.py; what they are for stands in the texts `permission.<name>`
NEEDED = (
    "view_channel",
    "send_messages",
    "embed_links",
    "read_message_history",
    "send_messages_in_threads",
    "create_public_threads",
)


def lacking(permissions: discord.Permissions) -> tuple[str, ...]:
    """The needed permissions that are not among these."""
    return tuple(name for name in NEEDED if not getattr(permissions, name))


def writable_channels(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """The system channel and then the other text channels, as far as the bot may write there.

    Channels for rules and announcements are left out: what stands there, every member is to read.
    """
    others = (channel for channel in guild.text_channels if channel != guild.system_channel)
    for channel in filter(None, [guild.system_channel, *others]):
        allowed = channel.permissions_for(guild.me)
        loud = channel.is_news() or channel == guild.rules_channel
        if allowed.view_channel and allowed.send_messages and not loud:
            yield channel

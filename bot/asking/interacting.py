"""Questions that come by commands: where they may be answered, and how the answer is shown."""

import time
from dataclasses import dataclass, field, replace
from typing import Any

import discord

from bot.asking.addressing import answers_in
from bot.asking.chosen import chosen
from bot.asking.conversing import earlier_in
from bot.asking.replying import Asked, asker_of, help_for, reply_to, settle
from bot.asking.sending import acknowledge, respond, with_word
from bot.asking.stages import stage_words
from bot.asking.threads import open_thread, thread_name, wants_thread
from bot.client import CaveatBot
from bot.message.render import Reply
from bot.state import GuildSettings
from bot.words import words_for
from knowledge.writing import STANDARD, Depth, Manner, Stage


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a command was given.

    Attributes:
        guild_id: None outside of servers that the bot is in.
        welcome: whether the server wants public answers here.
        embeds: whether the channel allows them.
        began: monotonic time at which the command was first seen.
    """

    settings: GuildSettings
    guild_id: int | None
    welcome: bool
    embeds: bool
    began: float = field(default_factory=time.monotonic)


async def place_of(bot: CaveatBot, interaction: discord.Interaction[Any]) -> Place:
    """Where a command was given, and what the server chose there."""
    began = time.monotonic()
    guild_id = interaction.guild_id
    if guild_id is None or bot.get_guild(guild_id) is None:  # brought along by one person
        guild_id = None
    settings = await chosen(bot.services, guild_id)
    return Place(
        settings=settings,
        guild_id=guild_id,
        welcome=guild_id is None or answers_in(settings, interaction.channel),
        embeds=interaction.guild_id is None or interaction.app_permissions.embed_links,
        began=began,
    )


def asked_at(
    place: Place,
    interaction: discord.Interaction[Any],
    question: str,
    *,
    private: bool,
    depth: Depth = STANDARD.depth,
) -> Asked:
    """A question put by a command."""
    return Asked(
        question=question,
        words=words_for(interaction.locale),
        asker=asker_of(interaction.user, place.guild_id, interaction.channel_id or 0),
        embeds=place.embeds,
        private=private,
        manner=Manner(depth=depth),
        began=place.began,
    )


def unseen(bot: CaveatBot, asked: Asked) -> Asked:
    """A question; in private when nobody else needs to see that its asker was sent away before."""
    private = asked.private or bot.services.limiter.was_sent_away(asked.asker)
    return replace(asked, private=private)


async def may_ask(bot: CaveatBot, interaction: discord.Interaction[Any]) -> bool:
    """Whether the bot talks to the asker here; only in direct messages with it may it not."""
    if interaction.guild_id is not None or not interaction.context.dm_channel:
        return True
    return await bot.direct.may_ask(interaction.user.id, bot.guilds)


async def answer_command(
    bot: CaveatBot,
    interaction: discord.Interaction[Any],
    asked: Asked,
    place: Place,
    word: str | None = None,
) -> None:
    """Acknowledges a command, and answers its question in one message.

    Args:
        bot: which was asked.
        interaction: not acknowledged yet.
        asked: without what was asked before; that is read here.
        place: of the command.
        word: a remark to go with the answer.
    """
    me = bot.user
    asked = unseen(bot, asked)
    if me is None or not await acknowledge(interaction, private=asked.private):
        return
    if not await may_ask(bot, interaction):
        helped = await help_for(bot.services, asked)
        await respond(interaction, helped.reply if helped else _no_direct(asked), asked.words)
        return
    earlier = await earlier_in(interaction.channel, interaction.id, me)

    async def show(stage: Stage) -> None:
        await interaction.edit_original_response(content=stage_words(stage, asked.words))

    replied = await reply_to(bot.services, replace(asked, earlier=earlier, show=show))
    shown = with_word(replied.reply, word if replied.is_answer else None)
    message = await respond(interaction, shown, asked.words)
    public = not asked.private and _is_home(interaction, place)
    await settle(bot.services, asked, replied, message if public else None)
    if message is None or not public:
        return
    channel = interaction.channel
    guild = interaction.guild
    if (
        replied.may_have_thread
        and isinstance(channel, discord.TextChannel)
        and wants_thread(place.settings, channel, guild.me if guild else None)
    ):
        await open_thread(channel, message.id, thread_name(asked.question, asked.words))


def _no_direct(asked: Asked) -> Reply:
    return Reply(content=asked.words("ask.no-direct"))


def _is_home(interaction: discord.Interaction[Any], place: Place) -> bool:
    """Whether the bot can come back to a channel, where it does not only answer as an app."""
    return place.guild_id is not None or (
        interaction.guild_id is None and interaction.context.dm_channel
    )

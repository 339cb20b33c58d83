"""Deletes an answer for who asked, or for a moderator."""

import asyncio
import contextlib
from typing import Any

import discord

from bot.buttons.edge import pressed, whisper
from bot.buttons.rereading import asker_of
from bot.message.pieces import MOST_PIECES
from bot.words import words_for

PATIENCE = 5.0  # seconds for Discord to list what follows a message
LOOKED_AT = 10 * MOST_PIECES  # messages after the first one, among which its rest is found


async def delete_answer(interaction: discord.Interaction[Any], answer_id: str) -> None:
    """Deletes the message, the ones it goes on in, and what is kept of the answer."""
    async with pressed(interaction) as bot:
        await interaction.response.defer()
        message = interaction.message
        if message is None or not await _may_delete(interaction, message):
            await whisper(interaction, words_for(interaction.locale)("delete.refused"))
            return
        rest = [] if message.flags.ephemeral else await _rest(message)
        # by the interaction, for in places where the bot is not a member it has no other right
        with contextlib.suppress(discord.NotFound):
            await interaction.delete_original_response()
        bot.services.repeats.drop(message.jump_url)
        bot.services.removals.forget(answer_id)
        await asyncio.to_thread(bot.services.records.forget, answer_id)
        for further in rest:
            with contextlib.suppress(discord.HTTPException):
                await further.delete()


async def _may_delete(interaction: discord.Interaction[Any], message: discord.Message) -> bool:
    if message.flags.ephemeral or interaction.permissions.manage_messages:
        return True
    asker = await asker_of(message)
    if asker is not None:
        return asker == interaction.user.id
    return interaction.guild_id is None and interaction.context.dm_channel


async def _rest(message: discord.Message) -> list[discord.Message]:
    """The messages in which the answer goes on: the bot's own, as replies to the first."""
    try:
        async with asyncio.timeout(PATIENCE):
            return [
                later
                async for later in message.channel.history(after=message, limit=LOOKED_AT)
                if later.author.id == message.author.id and _continues(later, message)
            ]
    except (discord.HTTPException, TimeoutError):
        return []


def _continues(later: discord.Message, first: discord.Message) -> bool:
    if later.reference is not None and later.reference.message_id == first.id:
        return True
    made_by = later.interaction_metadata
    return made_by is not None and made_by.original_response_message_id == first.id

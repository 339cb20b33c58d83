"""Says sorry when something that a person pressed or called cannot be done."""

import logging
from typing import Any

import discord

from bot.words import words_for
from knowledge.errors import CaveatError

log = logging.getLogger(__name__)


async def excuse(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Tells the person in one sentence, and nobody else; logs no more than the error's kind."""
    log.warning("An interaction could not be carried out (%s).", type(error).__name__)
    words = words_for(interaction.locale)
    sorry = words.error(error if isinstance(error, CaveatError) else CaveatError())
    if interaction.response.is_done():
        await interaction.followup.send(sorry, ephemeral=True)
    else:
        await interaction.response.send_message(sorry, ephemeral=True)

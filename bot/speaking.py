"""In whose language the bot speaks."""

import asyncio
import logging

import discord

from bot.client import Services
from bot.state import FAULTS
from bot.words import Words, words_for

log = logging.getLogger(__name__)


async def message_words(services: Services, message: discord.Message) -> Words:
    """The words for a reply to a message: the language that its server chose, else the server's.

    Discord does not tell which language the author of a message reads; of an interaction it
    does, and `words_for(interaction.locale)` are the words.
    """
    return await guild_words(services, message.guild)


async def guild_words(services: Services, guild: discord.Guild | None) -> Words:
    """The words for a server: the language that it chose, else its own; English where none is."""
    if guild is None:
        return words_for(None)
    try:
        settings = await asyncio.to_thread(services.guilds.read, guild.id)
    except FAULTS as error:
        log.warning("The settings of a server cannot be read (%s).", type(error).__name__)
        return words_for(guild.preferred_locale)
    return words_for(settings.language or guild.preferred_locale)

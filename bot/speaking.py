"""In whose language the bot speaks."""

import discord

from bot.asking.chosen import chosen
from bot.client import Services
from bot.words import Words, words_for


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
    return words_for((await chosen(services, guild.id)).language or guild.preferred_locale)

"""The story of `/ask`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.addressing import elsewhere_words
from bot.asking.interacting import answer_command, asked_at, place_of
from bot.asking.sending import tell
from bot.asking.starters import offered
from bot.client import CaveatBot
from bot.message.question_line import LONGEST_QUESTION
from bot.words import spoken, words_for

YES, NO = "yes", "no"


class Ask(commands.Cog):
    """Answers slash commands, and offers questions to begin with."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @app_commands.command(description=spoken("command.ask.description"))
    @app_commands.describe(
        question=spoken("command.ask.question"), private=spoken("command.ask.private")
    )
    @app_commands.choices(
        private=[
            app_commands.Choice(name=spoken("command.ask.yes"), value=YES),
            app_commands.Choice(name=spoken("command.ask.no"), value=NO),
        ]
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        private: str | None = None,
    ) -> None:
        """Answers in one message, or says where the server wants questions."""
        async with self._bot.services.gate.visit():
            place = await place_of(self._bot, interaction)
            hidden = place.settings.private_answers if private is None else private == YES
            if not hidden and not place.welcome:
                words = words_for(interaction.locale)
                await tell(interaction, elsewhere_words(place.settings, interaction.guild, words))
                return
            asked = asked_at(place, interaction, question, private=hidden)
            await answer_command(self._bot, interaction, asked, place)

    @ask.autocomplete("question")
    async def offer(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Questions to begin with, from memory."""
        return offered(current, words_for(interaction.locale))


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Ask(bot))

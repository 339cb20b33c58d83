"""The story of `/ask`."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.addressing import elsewhere_words
from bot.asking.interacting import answer_command, asked_at, place_of
from bot.asking.replying import help_for
from bot.asking.sending import acknowledge, respond, tell
from bot.asking.starters import offered
from bot.client import CaveatBot
from bot.message.question_line import LONGEST_QUESTION
from bot.words import spoken, words_for
from knowledge.writing import DEPTHS, STANDARD, Depth

YES, NO = "yes", "no"
PRIVATE = [
    app_commands.Choice(name=spoken("command.ask.yes"), value=YES),
    app_commands.Choice(name=spoken("command.ask.no"), value=NO),
]
Question = app_commands.Range[str, 1, LONGEST_QUESTION]


class Ask(commands.Cog):
    """Answers slash commands, and offers questions to begin with."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @app_commands.command(description=spoken("command.ask.description"))
    @app_commands.describe(
        question=spoken("command.ask.question"), private=spoken("command.ask.private")
    )
    @app_commands.choices(private=PRIVATE)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: Question,
        private: str | None = None,
    ) -> None:
        """Answers in one message, or says where the server wants questions."""
        await _answer(self._bot, interaction, question, private, STANDARD.depth)

    @ask.autocomplete("question")
    async def offer(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Questions to begin with, from memory."""
        return offered(current, words_for(interaction.locale))


class AskInDepth(commands.Cog, name="Ask"):
    """The same where a chat model writes, with a choice of how much."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @app_commands.command(description=spoken("command.ask.description-written"))
    @app_commands.describe(
        question=spoken("command.ask.question"),
        private=spoken("command.ask.private"),
        depth=spoken("command.ask.depth"),
    )
    @app_commands.choices(
        private=PRIVATE,
        depth=[
            app_commands.Choice(name=spoken(f"command.ask.depth-{depth}"), value=depth)
            for depth in DEPTHS
        ],
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: Question,
        private: str | None = None,
        depth: str = STANDARD.depth,
    ) -> None:
        """Answers in one message, or says where the server wants questions."""
        chosen = next((each for each in DEPTHS if each == depth), STANDARD.depth)
        await _answer(self._bot, interaction, question, private, chosen)

    @ask.autocomplete("question")
    async def offer(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Questions to begin with, from memory."""
        return offered(current, words_for(interaction.locale))


async def _answer(
    bot: CaveatBot,
    interaction: discord.Interaction[Any],
    question: str,
    private: str | None,
    depth: Depth,
) -> None:
    async with bot.services.gate.visit():
        place = await place_of(bot, interaction)
        hidden = place.settings.private_answers if private is None else private == YES
        asked = asked_at(place, interaction, question, private=hidden, depth=depth)
        if not hidden and not place.welcome:
            asked = replace(asked, private=True)
            helped = await help_for(bot.services, asked)
            if helped is None:
                words = elsewhere_words(place.settings, interaction.guild, asked.words)
                await tell(interaction, words)
            elif await acknowledge(interaction, private=True):
                await respond(interaction, helped.reply, asked.words)
            return
        await answer_command(bot, interaction, asked, place)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(AskInDepth(bot) if bot.services.writes else Ask(bot))

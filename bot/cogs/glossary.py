"""The story of looking up what a term means, and of leafing through the glossary."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.browsing.private import Page, show
from bot.buttons.glossary_items import (
    CHOICE_LIMIT,
    LONGEST_TERM,
    MOST_CHOICES,
    GlossaryMenu,
    TermButton,
    letter_page,
    missing_page,
    term_page,
)
from bot.buttons.terms import TermsButton
from bot.client import CaveatBot
from bot.message.escape import clip
from bot.words import spoken, words_for


class Lookup(commands.Cog):
    """Tells what terms mean."""

    def __init__(self, bot: CaveatBot) -> None:
        self._services = bot.services

    @app_commands.command(description=spoken("command.glossary.description"))
    @app_commands.describe(term=spoken("command.glossary.term"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def glossary(
        self,
        interaction: discord.Interaction[Any],
        term: app_commands.Range[str, 1, LONGEST_TERM] | None = None,
    ) -> None:
        """Shows a term, what is spelled like it, or the first letter of the glossary."""
        words, known = words_for(interaction.locale), self._services.glossary

        async def page() -> Page:
            if term is None:
                return letter_page(known, "", words)
            found = known.find(term)
            return term_page(found, known, words) if found else missing_page(term, known, words)

        await show(interaction, page, gate=self._services.gate, at_once=True)

    @glossary.autocomplete("term")
    async def terms(
        self, _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """The terms that fit what was typed."""
        fitting = self._services.glossary.beginning(current)[:MOST_CHOICES]
        return [
            app_commands.Choice(name=clip(term.name, CHOICE_LIMIT), value=term.id)
            for term in fitting
        ]


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot, and has it recognise every such button that it ever sent."""
    bot.add_dynamic_items(TermButton, GlossaryMenu, TermsButton)
    await bot.add_cog(Lookup(bot))

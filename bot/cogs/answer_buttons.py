"""The story of what people press under an answer: evidence, more, thumbs, delete."""

from typing import Any

import discord
from discord.ext import commands

from bot.buttons.answer_button import AnswerButton
from bot.buttons.evidence import EvidenceButton
from bot.buttons.simpler import SimplerButton
from bot.buttons.verdicts import take_in
from bot.client import CaveatBot


class AnswerButtons(commands.Cog):
    """Takes in the forms that a button opened."""

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Notes what a form of feedback says."""
        await take_in(interaction)


async def add(bot: CaveatBot) -> None:
    """Lets the bot recognise every button and form that it ever sent."""
    bot.add_dynamic_items(EvidenceButton, AnswerButton, SimplerButton)
    await bot.add_cog(AnswerButtons())

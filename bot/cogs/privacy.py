"""The story of what the bot knows of a person: told, handed over, and erased at their wish."""

import asyncio
import io
import re
from datetime import timedelta
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.browsing.private import Page, show
from bot.buttons.edge import pressed
from bot.client import CaveatBot
from bot.delivery import deliver
from bot.personal.holding import data_of, erase, person_of
from bot.personal.notice import privacy_embed
from bot.state import Demand, Full
from bot.words import Words, spoken, words_for

MOST_ERASURES = 3  # of one person in a day: each also erases what they asked of their limits
FILE_NAME = "caveat-data.json"


class Privacy(commands.Cog):
    """Three commands, each for the one who calls it only."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot

    @app_commands.command(description=spoken("command.privacy.description"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def privacy(self, interaction: discord.Interaction[Any]) -> None:
        """Tells what is kept, with a button to opt out of checks."""
        await show(interaction, lambda: _notice(interaction), gate=self._bot.services.gate)

    @app_commands.command(name="my-data", description=spoken("command.my-data.description"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def my_data(self, interaction: discord.Interaction[Any]) -> None:
        """Hands over everything that is stored about a person, as a file."""
        async with pressed(interaction) as bot:
            await deliver(lambda: interaction.response.defer(ephemeral=True, thinking=True))
            data = await data_of(bot, await person_of(bot, interaction.user))
            await interaction.edit_original_response(
                content=words_for(interaction.locale)("privacy.data"),
                attachments=[discord.File(io.BytesIO(data), FILE_NAME)],
            )

    @app_commands.command(name="forget-me", description=spoken("command.forget-me.description"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def forget_me(self, interaction: discord.Interaction[Any]) -> None:
        """Says what will be erased, with a button that does it."""

        async def question() -> Page:
            words = words_for(interaction.locale)
            return Page(content=words("privacy.sure"), items=(PrivacyButton("forget", words),))

        await show(interaction, question, gate=self._bot.services.gate)


class PrivacyButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=re.compile("privacy:(?P<action>opt-out|opt-in|forget)"),
):
    """Does something with the data of whoever presses it."""

    def __init__(self, action: str, words: Words | None = None) -> None:
        danger = discord.ButtonStyle.danger
        super().__init__(
            ui.Button(
                label=words(f"privacy.button.{action}") if words else None,
                style=danger if action == "forget" else discord.ButtonStyle.secondary,
                custom_id=f"privacy:{action}",
            )
        )
        self._action = action

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed."""
        return cls(match["action"], words_for(interaction.locale))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Notes the choice, or erases."""
        bot: CaveatBot = interaction.client
        action = self._action

        async def done() -> Page:
            if action == "forget":
                return await self._erased(bot, interaction)
            name = bot.services.pseudonyms.of(interaction.user.id)
            people = bot.services.state.people
            note = people.opt_out if action == "opt-out" else people.opt_in
            await asyncio.to_thread(note, name)
            return await _notice(interaction)

        await show(interaction, done, gate=bot.services.gate)

    async def _erased(self, bot: CaveatBot, interaction: discord.Interaction[Any]) -> Page:
        words = words_for(interaction.locale)
        person = await person_of(bot, interaction.user)
        demand = Demand(
            scope="erasures",
            key=person.pseudonym,
            window=timedelta(days=1),
            most=MOST_ERASURES,
        )
        full = bot.services.erasures.take([demand])
        if isinstance(full, Full):
            when = f"<t:{full.until}:R>"
            return Page(content=words("privacy.erased-often", most=MOST_ERASURES, when=when))
        counts = await erase(bot, person)
        lines = [
            words(f"privacy.erased.{what}", number=number)
            for what, number in counts.items()
            if number
        ]
        found = "\n".join(lines) or words("privacy.erased-nothing")
        left = await asyncio.to_thread(bot.services.state.people.left, person)
        stays = [
            words(f"privacy.left.{what}", count=count) for what, count in left.items() if count
        ]
        told = "\n".join([found, *stays])
        return Page(content=f"{told}\n\n{words('privacy.not-erased')}")


async def _notice(interaction: discord.Interaction[Any]) -> Page:
    bot: CaveatBot = interaction.client
    words = words_for(interaction.locale)
    name = bot.services.pseudonyms.of(interaction.user.id)
    out = await asyncio.to_thread(bot.services.state.people.opted_out, name)
    return Page(
        content=words("privacy.opted-out") if out else None,
        embed=privacy_embed(words, bot.services.settings, bot.services.terms),
        items=(PrivacyButton("opt-in" if out else "opt-out", words),),
    )


async def add(bot: CaveatBot) -> None:
    """Adds the story, and lets the bot recognise its buttons."""
    bot.add_dynamic_items(PrivacyButton)
    await bot.add_cog(Privacy(bot))

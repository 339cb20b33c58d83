"""The story of a message that someone wants to know more about."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.addressing import shortened
from bot.asking.authors import opted_out
from bot.asking.interacting import answer_command, asked_at, may_ask, place_of, unseen
from bot.asking.plain import plain
from bot.asking.replying import Asked, admitted, log_fault
from bot.asking.sending import acknowledge, respond, tell
from bot.client import CaveatBot
from bot.message.claim_view import render_check
from bot.message.question_line import LONGEST_QUESTION
from bot.message.render import Reply
from bot.state import FAULTS
from bot.words import spoken, words_for
from knowledge.errors import CaveatError


class Menus(commands.Cog):
    """Two entries in the menu of a message: ask about it, and check what it claims."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot
        self._menus = [
            app_commands.ContextMenu(
                name=spoken(f"command.menu.{key}"),
                callback=callback,
                allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
                allowed_contexts=app_commands.AppCommandContext(
                    guild=True, dm_channel=True, private_channel=True
                ),
            )
            for key, callback in (("ask", self.ask_about), ("check", self.check))
        ]

    async def cog_load(self) -> None:
        """Adds the entries."""
        for menu in self._menus:
            self._bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Takes the entries away."""
        for menu in self._menus:
            self._bot.tree.remove_command(menu.name, type=menu.type)

    async def ask_about(
        self, interaction: discord.Interaction[Any], message: discord.Message
    ) -> None:
        """Answers with the text of a message as the question."""
        async with self._bot.services.gate.visit():
            text = await self._text_of(message, interaction)
            if text is None:
                return
            place = await place_of(self._bot, interaction)
            words = words_for(interaction.locale)
            question = shortened(text)
            cut = len(question) < len(" ".join(text.split()))
            word = words("ask.shortened", limit=LONGEST_QUESTION) if cut else None
            hidden = place.settings.private_answers or not place.welcome
            asked = asked_at(place, interaction, question, private=hidden)
            await answer_command(self._bot, interaction, asked, place, word)

    async def check(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Shows what the library holds on each claim of a message."""
        async with self._bot.services.gate.visit():
            text = await self._text_of(message, interaction)
            if text is None:
                return
            place = await place_of(self._bot, interaction)
            hidden = place.settings.private_answers or not place.welcome
            asked = unseen(self._bot, asked_at(place, interaction, text, private=hidden))
            if not await acknowledge(interaction, private=asked.private):
                return
            if await may_ask(self._bot, interaction):
                reply = await self._checked(asked)
            else:
                reply = Reply(content=asked.words("ask.no-direct"))
            await respond(interaction, reply, asked.words)

    async def _text_of(
        self, message: discord.Message, interaction: discord.Interaction[Any]
    ) -> str | None:
        """What a message says; None when it cannot be used, which the one who asked was told."""
        words = words_for(interaction.locale)
        if self._bot.user is not None and message.author.id == self._bot.user.id:
            await tell(interaction, words("menu.own"))
            return None
        try:
            if await opted_out(self._bot.services, message, interaction.user.id):
                await tell(interaction, words("menu.opted-out"))
                return None
        except (*FAULTS, TimeoutError):  # rather no check than one that its author refused
            await tell(interaction, words("error.CaveatError"))
            return None
        forwarded = [snapshot.content for snapshot in message.message_snapshots]
        text = next(filter(str.strip, [message.clean_content, *forwarded]), None)
        if text is None or not plain(text).strip():
            await tell(interaction, words("menu.no-text"))
            return None
        return text

    async def _checked(self, asked: Asked) -> Reply:
        services = self._bot.services
        refusal = await admitted(services, asked)
        if refusal is not None:
            return Reply(content=refusal)
        try:
            check = await services.gate.call(lambda core: core.check(plain(asked.question)))
            return render_check(check, words=asked.words, embeds=asked.embeds)
        except CaveatError as error:
            return Reply(content=asked.words.error(error))
        except Exception as error:  # noqa: BLE001 - the edge: a person waits for a reply
            log_fault(error)
            return Reply(content=asked.words("error.CaveatError"))


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Menus(bot))

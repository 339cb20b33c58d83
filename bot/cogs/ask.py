"""The story of a question: by `/ask`, by mention, or in a direct message."""

import asyncio
import contextlib
import logging
import time
import traceback
from dataclasses import dataclass, field, replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CaveatBot, Services
from bot.cogs.evidence import evidence_view
from bot.delivery import deliver, typing_in
from bot.question_line import LONGEST_QUESTION
from bot.render import Reply, render_answer
from bot.speaking import message_words
from bot.state import FAULTS
from bot.words import Words, spoken, words_for
from knowledge.errors import CaveatError
from knowledge.model import Answer

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question and how it is to be answered.

    Attributes:
        guild_id: None in direct messages.
        embeds: whether the channel allows them.
        echo: whether to show the question, where Discord itself does not.
        began: monotonic time at which it was first seen.
    """

    question: str
    words: Words
    guild_id: int | None
    embeds: bool
    echo: bool
    began: float = field(default_factory=time.monotonic)


class Ask(commands.Cog):
    """Answers questions."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot
        self._services: Services = bot.services

    @app_commands.command(description=spoken("command.ask.description"))
    @app_commands.describe(question=spoken("command.ask.question"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
    ) -> None:
        """Answers a slash command in one message."""
        async with self._services.gate.visit():
            await deliver(lambda: interaction.response.defer(thinking=True))
            words = words_for(interaction.locale)
            allowed = interaction.app_permissions.embed_links or interaction.guild is None
            reply = await self._reply(
                Asked(
                    question=question,
                    words=words,
                    guild_id=interaction.guild_id,
                    embeds=allowed,
                    echo=True,
                )
            )
            message = await deliver(
                lambda: interaction.edit_original_response(**_parts(reply, words))
            )
            await self._locate(reply, message.channel.id, message.id)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answers a mention or a direct message in one reply."""
        question = self._question_in(message)
        if question is None:
            return
        try:
            async with self._services.gate.visit(), typing_in(message.channel):
                await self._answer_message(message, question)
        except discord.Forbidden:
            log.warning("I may not write in channel %d, where I was asked.", message.channel.id)

    async def _answer_message(self, message: discord.Message, question: str) -> None:
        allowed = self._permissions(message)
        words = await message_words(self._services, message)
        if not question:
            reply = Reply(content=words("ask.help"))
        elif len(question) > LONGEST_QUESTION:
            reply = Reply(content=words("ask.too-long", limit=LONGEST_QUESTION))
        else:
            reply = await self._reply(
                Asked(
                    question=question,
                    words=words,
                    guild_id=message.guild.id if message.guild else None,
                    embeds=allowed.embed_links,
                    echo=False,
                )
            )
        parts = {**_parts(reply, words), "suppress_embeds": bool(reply.content)}
        if allowed.read_message_history:  # Discord asks for it to let a message refer to another
            parts["reference"] = message.to_reference(fail_if_not_exists=False)
        # the nonce keeps Discord from showing it twice when only its word that it did was lost
        sent = await deliver(lambda: message.channel.send(**parts, nonce=message.id))
        await self._locate(reply, sent.channel.id, sent.id)

    def _question_in(self, message: discord.Message) -> str | None:
        """The words put to the bot, which may be none; or None when it was not addressed."""
        me, guild = self._bot.user, message.guild
        if me is None or message.author.bot or message.is_system():
            return None
        names = [f"<@{me.id}>", f"<@!{me.id}>"]
        role = guild.self_role if guild else None
        if role is not None:  # easily picked in place of the bot that has the same name
            names.append(role.mention)
        words = message.content
        addressed = guild is None or any(name in words for name in names)
        addressed = addressed or (role is not None and role in message.role_mentions)
        for name in names:
            words = words.replace(name, " ")
        return " ".join(words.split()) if addressed else None

    def _permissions(self, message: discord.Message) -> discord.Permissions:
        if message.guild is None:
            return discord.Permissions(embed_links=True, read_message_history=True)
        return message.channel.permissions_for(message.guild.me)

    async def _reply(self, asked: Asked) -> Reply:
        """The message for a question; a friendly sentence whatever goes wrong."""
        words = asked.words
        try:
            answer = await self._services.gate.answer(asked.question)
            reply = render_answer(answer, words=words, embeds=asked.embeds, echo=asked.echo)
        except CaveatError as error:
            log.warning("A question stayed unanswered: %s", error)
            return Reply(content=words.error(error))
        except Exception as error:  # noqa: BLE001 - the edge: a person waits for a reply
            _log_fault(error)
            return Reply(content=words("error.CaveatError"))
        kept = await self._keep(answer, asked)
        return reply if kept else replace(reply, evidence_for=None)

    async def _keep(self, answer: Answer, asked: Asked) -> bool:
        """Whether the evidence was stored; an answer is worth showing without its button."""
        try:
            await asyncio.to_thread(
                self._services.records.keep,
                answer,
                guild_id=asked.guild_id,
                milliseconds=round((time.monotonic() - asked.began) * 1000),
            )
        except FAULTS as error:
            log.warning("The evidence of an answer was not stored (%s).", type(error).__name__)
            return False
        return True

    async def _locate(self, reply: Reply, channel_id: int, message_id: int) -> None:
        if reply.evidence_for is None:
            return
        with contextlib.suppress(*FAULTS):  # only a convenience for the operator
            await asyncio.to_thread(
                self._services.records.locate,
                reply.evidence_for,
                channel_id=channel_id,
                message_id=message_id,
            )


def _parts(reply: Reply, words: Words) -> dict[str, Any]:
    return {
        "content": reply.content,
        "embeds": list(reply.embeds),
        "view": evidence_view(reply.evidence_for, words),
    }


def _log_fault(error: Exception) -> None:
    """Logs where a fault arose; its own words may hold the question, so they are left out."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("An answer failed with %s.\n%s", type(error).__name__, places)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Ask(bot))

"""The story of a message to the bot: a mention, a direct message, or one that goes on talking."""

import time
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord.ext import commands

from bot.asking.addressing import answers_in, elsewhere_words, is_own_thread, question_in
from bot.asking.chosen import chosen
from bot.asking.conversing import earlier_than
from bot.asking.placeholder import Placeholder
from bot.asking.plain import plain
from bot.asking.posts import asks_for_post
from bot.asking.replying import Asked, asker_of, may_hint, reply_to, settle
from bot.asking.sending import send
from bot.asking.threads import open_thread, thread_name, wants_thread
from bot.client import CaveatBot, Services
from bot.delivery import typing_in
from bot.message.question_line import LONGEST_QUESTION
from bot.message.render import Reply
from bot.speaking import message_words
from bot.state import GuildSettings
from bot.words import Words

HINT_LASTS = 30.0  # seconds in which a channel without answers shows where they are


class Mentions(commands.Cog):
    """Answers what people write to the bot, in one reply."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot
        self._services: Services = bot.services

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answers a message that was put to the bot."""
        began = time.monotonic()
        me = self._bot.user
        question = question_in(message, me) if me else None
        if me is None or question is None or asks_for_post(message, question):
            return
        guild_id = _guild_id(message)
        blocked = await self._services.blocking.holds(message.author.id, guild_id)
        async with self._services.gate.visit():
            settings = await chosen(self._services, guild_id)
            words = await message_words(self._services, message)
            refusal = None if blocked else await self._refusal(message, settings, words, me)
            too_long = len(question) > LONGEST_QUESTION
            if (blocked or refusal or too_long) and await self._helped(message, question, words):
                return
            if blocked:
                return
            if refusal is not None:
                lasts = HINT_LASTS if message.guild else None
                await self._hint(message, refusal, words, lasts)
            elif not plain(question).strip():
                await self._hint(message, words("ask.help"), words)
            elif too_long:
                await self._hint(message, words("ask.too-long", limit=LONGEST_QUESTION), words)
            else:
                asked = Asked(
                    question=question,
                    words=words,
                    asker=asker_of(message.author, guild_id, message.channel.id),
                    earlier=(),
                    embeds=_permissions(message).embed_links,
                    locale_known=message.guild is not None,
                    began=began,
                )
                if self._services.limiter.was_sent_away(asked.asker):
                    await self._answer(message, asked, settings)  # it costs Discord nothing
                    return
                async with typing_in(message.channel):
                    earlier = await earlier_than(message, me)
                    await self._answer(message, replace(asked, earlier=earlier), settings)

    async def _refusal(
        self,
        message: discord.Message,
        settings: GuildSettings,
        words: Words,
        me: discord.ClientUser,
    ) -> str | None:
        if message.guild is None:
            may_ask = await self._bot.direct.may_ask(message.author.id, self._bot.guilds)
            return None if may_ask else words("ask.no-direct")
        if answers_in(settings, message.channel) or is_own_thread(message.channel, me):
            return None
        return elsewhere_words(settings, message.guild, words)

    async def _answer(
        self,
        message: discord.Message,
        asked: Asked,
        settings: GuildSettings,
    ) -> None:
        """Answers in a reply, or in a thread of the question's own."""
        channel = message.channel
        own_thread = wants_thread(settings, channel, message.guild.me if message.guild else None)

        async def place(reply: Reply, *, apart: bool = own_thread) -> discord.Message | None:
            if apart and isinstance(channel, discord.TextChannel):
                name = thread_name(asked.question, asked.words)
                thread = await open_thread(channel, message.id, name)
                if thread is not None:
                    sent = await send(thread, reply, asked.words, message.id)
                    if sent is not None:
                        return sent
            return await self._send(message, reply, asked.words)

        placeholder = Placeholder(place, asked.words)
        put = replace(asked, echo=own_thread, show=placeholder.show)
        replied = await reply_to(self._services, put)
        if replied.told:  # whoever floods must not make the bot flood
            return
        apart = own_thread and replied.may_have_thread
        sent = await placeholder.become(replied.reply, partial(place, apart=apart))
        await settle(self._services, put, replied, sent)

    async def _helped(self, message: discord.Message, question: str, words: Words) -> bool:
        """Whether somebody in danger was shown help lines where nothing else is answered."""
        asker = asker_of(message.author, _guild_id(message), message.channel.id)
        embeds = _permissions(message).embed_links
        found = await self._services.danger.help_for(asker, question, words, embeds=embeds)
        if found is not None and not found.told:
            await self._send(message, replace(found.reply, answer=None), words)
        return found is not None

    async def _hint(
        self, message: discord.Message, text: str, words: Words, lasts: float | None = None
    ) -> None:
        """Says why there is no answer, a few times in a minute to each person."""
        asker = asker_of(message.author, _guild_id(message), message.channel.id)
        if may_hint(self._services, asker):
            await self._send(message, Reply(content=text), words, delete_after=lasts)

    async def _send(
        self,
        message: discord.Message,
        reply: Reply,
        words: Words,
        delete_after: float | None = None,
    ) -> discord.Message | None:
        further: dict[str, Any] = {"delete_after": delete_after} if delete_after else {}
        if _permissions(message).read_message_history:  # Discord asks for it to let one refer
            further["reference"] = message.to_reference(fail_if_not_exists=False)
        return await send(message.channel, reply, words, message.id, **further)


def _guild_id(message: discord.Message) -> int | None:
    return message.guild.id if message.guild else None


def _permissions(message: discord.Message) -> discord.Permissions:
    if message.guild is None:
        return discord.Permissions(embed_links=True, read_message_history=True)
    return message.channel.permissions_for(message.guild.me)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Mentions(bot))

"""The story of a post in a forum: answered once, by itself or when someone asks for it."""

from collections import OrderedDict
from dataclasses import replace

import discord
from discord.ext import commands

from bot.asking.addressing import answers_in, elsewhere_words, is_post, question_in, shortened
from bot.asking.chosen import chosen
from bot.asking.limits import Asker
from bot.asking.placeholder import Placeholder
from bot.asking.posts import asks_for_post, first_message, post_question, was_answered
from bot.asking.replying import Asked, asker_of, may_hint, reply_to, settle
from bot.asking.sending import send, with_word
from bot.client import CaveatBot, Services
from bot.delivery import typing_in
from bot.message.question_line import LONGEST_QUESTION
from bot.message.render import Reply
from bot.speaking import guild_words
from bot.state import GuildSettings

MOST_REMEMBERED = 1_000  # posts; older ones are known by what stands in them


class Forums(commands.Cog):
    """Answers posts once, with their title and first message as the question."""

    def __init__(self, bot: CaveatBot) -> None:
        self._bot = bot
        self._services: Services = bot.services
        self._taken: OrderedDict[int, None] = OrderedDict()

    @commands.Cog.listener()
    async def on_thread_create(self, post: discord.Thread) -> None:
        """Answers a new post where the server wants that."""
        me = self._bot.user
        if me is None or not is_post(post) or post.owner_id == me.id:
            return
        blocked = await self._services.blocking.holds(post.owner_id, post.guild.id)
        async with self._services.gate.visit():
            if not _is_answered_unasked(post, await chosen(self._services, post.guild.id)):
                return
            if blocked:
                await self._help(post, me, post.owner_id)
            else:
                await self._answer_once(post, me)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answers a post when the bot is mentioned in it without a question of its own."""
        me, post = self._bot.user, message.channel
        question = question_in(message, me) if me else None
        if me is None or question is None or not isinstance(post, discord.Thread):
            return
        if not asks_for_post(message, question):
            return
        if await self._services.blocking.holds(message.author.id, post.guild.id):
            async with self._services.gate.visit():
                await self._help(post, me, message.author.id)
            return
        async with self._services.gate.visit():
            settings = await chosen(self._services, post.guild.id)
            if message.id == post.id and _is_answered_unasked(post, settings):
                return
            words = await guild_words(self._services, post.guild)
            asker = asker_of(message.author, post.guild.id, post.id)
            if not answers_in(settings, post):
                text = elsewhere_words(settings, post.guild, words)
            elif await self._answer_once(post, me, asker):
                return
            else:
                text = words("ask.help")
            if may_hint(self._services, asker):
                reference = _reference(post, message.id)
                await send(post, Reply(content=text), words, message.id, reference=reference)

    async def _answer_once(
        self, post: discord.Thread, me: discord.ClientUser, asker: Asker | None = None
    ) -> bool:
        """Whether a post was dealt with now: not when it was before, or when it asks nothing."""
        if post.id in self._taken:
            return False
        self._taken[post.id] = None
        if len(self._taken) > MOST_REMEMBERED:
            self._taken.popitem(last=False)
        if await was_answered(post, me):
            return False
        answered = await self._answer(post, me, asker)
        if not answered:
            self._taken.pop(post.id, None)
        return answered

    async def _help(self, post: discord.Thread, me: discord.ClientUser, person: int) -> None:
        """Shows help lines below a post of somebody in danger, be they blocked."""
        question = post_question(post, await first_message(post), me)
        words = await guild_words(self._services, post.guild)
        asker = Asker(person=person, guild_id=post.guild.id, channel_id=post.id)
        embeds = post.permissions_for(post.guild.me).embed_links
        found = await self._services.danger.help_for(asker, question, words, embeds=embeds)
        if found is not None and not found.told:
            reply = replace(found.reply, answer=None)
            await send(post, reply, words, post.id, reference=_reference(post, post.id))

    async def _answer(
        self, post: discord.Thread, me: discord.ClientUser, asker: Asker | None
    ) -> bool:
        first = await first_message(post)
        question = post_question(post, first, me)
        if not question or (asker is None and first is not None and _is_automatic(first)):
            return False
        words = await guild_words(self._services, post.guild)
        author = Asker(person=post.owner_id, guild_id=post.guild.id, channel_id=post.id)
        asked = Asked(
            question=shortened(question),
            words=words,
            asker=asker or author,
            embeds=post.permissions_for(post.guild.me).embed_links,
        )

        async def place(reply: Reply) -> discord.Message | None:
            return await send(post, reply, words, post.id, reference=_reference(post, post.id))

        placeholder = Placeholder(place, words)
        async with typing_in(post):
            replied = await reply_to(self._services, replace(asked, show=placeholder.show))
            if replied.refused:  # it may be asked for again
                self._taken.pop(post.id, None)
            if replied.told:
                return True
            if asker is None and not replied.is_answer:  # nobody waits for talk or excuses
                await settle(self._services, asked, replied, None)
                return False
            word = words("ask.shortened", limit=LONGEST_QUESTION)
            cut = replied.is_answer and len(asked.question) < len(question)
            shown = with_word(replied.reply, word if cut else None)
            sent = await placeholder.become(shown)
        await settle(self._services, asked, replied, sent)
        return sent is not None


def _is_automatic(message: discord.Message) -> bool:
    return message.author.bot or message.webhook_id is not None


def _is_answered_unasked(post: discord.Thread, settings: GuildSettings) -> bool:
    return is_post(post) and post.parent_id in settings.forums


def _reference(post: discord.Thread, message_id: int) -> discord.MessageReference | None:
    if not post.permissions_for(post.guild.me).read_message_history:
        return None  # Discord asks for it to let a message refer to another
    return post.get_partial_message(message_id).to_reference(fail_if_not_exists=False)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Forums(bot))

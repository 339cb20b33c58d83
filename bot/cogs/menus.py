"""The story of a message that someone wants to know more about."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.addressing import shortened
from bot.client import CaveatBot
from bot.escape import escape_within, link, one_line, size
from bot.interacting import answer_command, asked_at, may_ask, place_of
from bot.question_line import LONGEST_QUESTION
from bot.render import ACCENT, Reply
from bot.replying import Asked, admitted, log_fault
from bot.sending import acknowledge, respond, tell
from bot.wording import stance_words
from bot.words import Words, spoken, words_for
from knowledge.claims import CheckedClaim, ClaimCheck
from knowledge.errors import CaveatError

LONGEST_CHECK = {True: 3_800, False: 1_900}  # with and without embeds
LONGEST_CLAIM = 200
LONGEST_QUOTE = 300
LONGEST_TITLE = 100


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
            asked = asked_at(place, interaction, text, private=hidden)
            if not await acknowledge(interaction, private=hidden):
                return
            if await may_ask(self._bot, interaction):
                reply = await self._checked(asked)
            else:
                reply = Reply(content=asked.words("ask.no-direct"))
            await respond(interaction, reply, asked.words)

    async def _text_of(
        self, message: discord.Message, interaction: discord.Interaction[Any]
    ) -> str | None:
        """What a message says; None when it says nothing, which the one who asked was told."""
        words = words_for(interaction.locale)
        if self._bot.user is not None and message.author.id == self._bot.user.id:
            await tell(interaction, words("menu.own"))
            return None
        forwarded = [snapshot.content for snapshot in message.message_snapshots]
        text = next(filter(str.strip, [message.clean_content, *forwarded]), None)
        if text is None:
            await tell(interaction, words("menu.no-text"))
        return text

    async def _checked(self, asked: Asked) -> Reply:
        services = self._bot.services
        refusal = await admitted(services, asked)
        if refusal is not None:
            return Reply(content=refusal)
        try:
            check = await services.gate.call(lambda core: core.check(asked.question))
            return _render_check(check, asked.words, embeds=asked.embeds)
        except CaveatError as error:
            return Reply(content=asked.words.error(error))
        except Exception as error:  # noqa: BLE001 - the edge: a person waits for a reply
            log_fault(error)
            return Reply(content=asked.words("error.CaveatError"))


def _render_check(check: ClaimCheck, words: Words, *, embeds: bool) -> Reply:
    """The claims with their evidence, each in what room there is for it."""
    if not check.claims:
        return Reply(content=words("menu.no-claims"))
    room = LONGEST_CHECK[embeds] // len(check.claims)
    text = "\n\n".join(_claim_within(claim, room, words) for claim in check.claims)
    if not embeds:
        return Reply(content=text)
    return Reply(embeds=(discord.Embed(colour=ACCENT, description=text),))


def _claim_within(checked: CheckedClaim, room: int, words: Words) -> str:
    shown = f"**{escape_within(one_line(checked.claim), LONGEST_CLAIM)}**"
    if not checked.evidence:
        return f"{shown}\n{words('menu.nothing')}"
    for cited in sorted(checked.evidence, key=lambda each: each.passage.source.stance):
        source = cited.passage.source
        title = escape_within(one_line(source.title), LONGEST_TITLE) or words("source.untitled")
        stance = stance_words(source.stance, words)
        line = f"{link(title, cited.link or source.url)}{f' · {stance}' if stance else ''}"
        quote = escape_within(one_line(cited.quote), LONGEST_QUOTE)
        longer = f"{shown}\n{line}\n> {quote}"
        if size(longer) > room:
            break
        shown = longer
    return shown


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Menus(bot))

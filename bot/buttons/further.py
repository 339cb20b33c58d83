"""Shows more behind an answer: further quotes, or those of the other side."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.asking.limits import Refused
from bot.asking.plain import plain
from bot.asking.replying import asker_of
from bot.buttons.edge import pressed, server_of, whisper
from bot.buttons.rereading import Reread, reread
from bot.delivery import deliver
from bot.gate import Answering
from bot.message.cited import CitedPassage
from bot.message.render import Reply, render_answer
from bot.words import words_for
from knowledge.model import Answer

Asking = Callable[[Answering, Reread, Sequence[CitedPassage]], Answer]


async def show_more(interaction: discord.Interaction[Any], answer_id: str) -> None:
    """Shows the next best quotes to the one who pressed, and to nobody else."""
    await _show(interaction, answer_id, _more)


async def show_other_side(interaction: discord.Interaction[Any], answer_id: str) -> None:
    """Shows quotes of the side that the answer did not hear."""
    await _show(interaction, answer_id, _other_side)


def _more(core: Answering, asked: Reread, cited: Sequence[CitedPassage]) -> Answer:
    seen = [passage.quote for passage in cited]
    return core.more(plain(asked.question), seen=seen, earlier=asked.earlier)


def _other_side(core: Answering, asked: Reread, cited: Sequence[CitedPassage]) -> Answer:
    heard = [passage.stance for passage in cited]
    return core.other_side(plain(asked.question), heard=heard, earlier=asked.earlier)


async def _show(interaction: discord.Interaction[Any], answer_id: str, asking: Asking) -> None:
    async with pressed(interaction) as bot:
        if await bot.services.blocking.holds(interaction.user.id, interaction.guild_id):
            await whisper(interaction, words_for(interaction.locale)("block.told"))
            return
        await deliver(lambda: interaction.response.defer(ephemeral=True, thinking=True))
        words = words_for(interaction.locale)
        evidence = await asyncio.to_thread(bot.services.records.evidence, answer_id)
        if evidence is None:
            await interaction.edit_original_response(content=words("evidence.gone"))
            return
        message = interaction.message
        asked = await reread(message, bot.user) if message and bot.user else None
        if asked is None:
            await interaction.edit_original_response(content=words("further.question-gone"))
            return
        asker = asker_of(interaction.user, server_of(interaction), interaction.channel_id or 0)
        verdict = await bot.services.limiter.admit(asker)
        if isinstance(verdict, Refused):
            await interaction.edit_original_response(content=verdict.words(words))
            return
        answer = await bot.services.gate.call(lambda core: asking(core, asked, evidence.cited))
        embeds = interaction.guild_id is None or interaction.app_permissions.embed_links
        await _tell(interaction, render_answer(answer, words=words, embeds=embeds))


async def _tell(interaction: discord.Interaction[Any], reply: Reply) -> None:
    await deliver(
        lambda: interaction.edit_original_response(content=reply.content, embeds=list(reply.embeds))
    )
    for further in reply.rest:
        content = further.content or discord.utils.MISSING
        await interaction.followup.send(content, embeds=list(further.embeds), ephemeral=True)

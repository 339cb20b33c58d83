"""The button that puts an answer more simply, for the one who pressed, also after a restart."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.asking.replying import Asked, asker_of, reply_to
from bot.asking.sending import respond
from bot.asking.stages import stage_words
from bot.buttons.edge import pressed, server_of, whisper
from bot.buttons.rereading import reread
from bot.delivery import deliver
from bot.words import words_for
from knowledge.writing import Manner, Stage


class SimplerButton(
    ui.DynamicItem[ui.Button[ui.View]], template=re.compile(r"simpler:(?P<answer>[\w-]{1,70})")
):
    """Answers the question of its message anew; `answer_view` draws it."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(ui.Button(label="…", custom_id=f"simpler:{answer_id}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; only its id matters."""
        return cls(match["answer"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the simpler answer to the one who pressed, and to nobody else."""
        await show_simpler(interaction)


async def show_simpler(interaction: discord.Interaction[Any]) -> None:
    """Answers the same question anew in plain words; it counts as a question of who pressed."""
    async with pressed(interaction) as bot:
        words = words_for(interaction.locale)
        if await bot.services.blocking.holds(interaction.user.id, interaction.guild_id):
            await whisper(interaction, words("block.told"))
            return
        await deliver(lambda: interaction.response.defer(ephemeral=True, thinking=True))
        if bot.services.pen is None:  # whoever runs the bot took the model away
            await interaction.edit_original_response(content=words("simpler.no-model"))
            return
        message = interaction.message
        found = await reread(message, bot.user) if message and bot.user else None
        if found is None:
            await interaction.edit_original_response(content=words("further.question-gone"))
            return

        async def show(stage: Stage) -> None:
            await interaction.edit_original_response(content=stage_words(stage, words))

        asked = Asked(
            question=found.question,
            words=words,
            asker=asker_of(interaction.user, server_of(interaction), interaction.channel_id or 0),
            earlier=found.earlier,
            embeds=interaction.guild_id is None or interaction.app_permissions.embed_links,
            private=True,
            manner=Manner(plain=True),
            show=show,
        )
        replied = await reply_to(bot.services, asked)
        await respond(interaction, replied.reply, words)

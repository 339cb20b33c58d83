"""The button that shows what an answer rests on, also after a restart."""

import asyncio
import re
from typing import Any, Self

import discord
from discord import ui

from bot.buttons.edge import pressed, whisper
from bot.lasting import lasting_view
from bot.message.exhibit import exhibit
from bot.message.render import Reply
from bot.words import Words, words_for

TEMPLATE = re.compile(r"evidence:(?P<answer>[\w-]{1,70})(?::(?P<page>\d{1,3}))?")


class EvidenceButton(ui.DynamicItem[ui.Button[ui.View]], template=TEMPLATE):
    """Opens the evidence for an answer, or turns its page.

    All that it needs stands in its custom id, so that it outlives the process that sent it.
    """

    def __init__(self, answer_id: str, page: int | None = None, label: str | None = None) -> None:
        custom_id = f"evidence:{answer_id}" + ("" if page is None else f":{page}")
        super().__init__(
            ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=custom_id)
        )
        self.answer_id = answer_id
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; it needs no label."""
        page = match["page"]
        return cls(match["answer"], None if page is None else int(page))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the evidence to the one who pressed, and to nobody else."""
        async with pressed(interaction) as bot:
            words = words_for(interaction.locale)
            embeds = interaction.guild_id is None or interaction.app_permissions.embed_links
            evidence = await asyncio.to_thread(bot.services.records.evidence, self.answer_id)
            removed = bot.services.removals.of(self.answer_id)
            pages = exhibit(evidence, words, removed=removed, embeds=embeds) if evidence else []
            if pages:
                await self._show(interaction, pages, words)
            else:
                await whisper(interaction, words("evidence.gone"))

    async def _show(
        self, interaction: discord.Interaction[Any], pages: list[Reply], words: Words
    ) -> None:
        page = min(self.page or 0, len(pages) - 1)
        view, shown = self._turners(page, len(pages), words), pages[page]
        if self.page is None:
            content = shown.content or discord.utils.MISSING
            await interaction.response.send_message(
                content, embeds=shown.embeds, view=view, ephemeral=True
            )
        else:
            await interaction.response.edit_message(
                content=shown.content, embeds=shown.embeds, view=view
            )

    def _turners(self, page: int, pages: int, words: Words) -> ui.View:
        buttons = []
        if page > 0:
            previous = words("evidence.previous")
            buttons.append(EvidenceButton(self.answer_id, page - 1, previous))
        if page + 1 < pages:
            buttons.append(EvidenceButton(self.answer_id, page + 1, words("evidence.next")))
        return lasting_view(buttons)

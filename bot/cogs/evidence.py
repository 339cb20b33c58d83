"""The story of the button that shows what an answer rests on, also after a restart."""

import asyncio
import logging
import re
from typing import Any, Self

import discord
from discord import ui

from bot.client import CaveatBot
from bot.exhibit import exhibit
from bot.state import FAULTS
from bot.words import Words, words_for

log = logging.getLogger(__name__)

TEMPLATE = re.compile(r"evidence:(?P<answer>[\w-]{1,70})(?::(?P<page>\d{1,3}))?")


class EvidenceButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=TEMPLATE,
):
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
        bot: CaveatBot = interaction.client
        words = words_for(interaction.locale)
        try:
            evidence = await asyncio.to_thread(bot.services.records.evidence, self.answer_id)
        except FAULTS as error:
            log.warning("The evidence cannot be read (%s).", type(error).__name__)
            await interaction.response.send_message(words("error.CaveatError"), ephemeral=True)
            return
        pages = exhibit(evidence, words) if evidence else []
        if not pages:
            await interaction.response.send_message(words("evidence.gone"), ephemeral=True)
            return
        page = min(self.page or 0, len(pages) - 1)
        view = _turners(self.answer_id, page, len(pages), words)
        if self.page is None:
            await interaction.response.send_message(embeds=pages[page], view=view, ephemeral=True)
        else:
            await interaction.response.edit_message(embeds=pages[page], view=view)


def evidence_view(answer_id: str | None, words: Words) -> ui.View:
    """The buttons under an answer; none when it has no evidence."""
    return _view(
        [EvidenceButton(answer_id, label=words("evidence.button"))]
        if answer_id and TEMPLATE.fullmatch(f"evidence:{answer_id}")
        else []
    )


def _turners(answer_id: str, page: int, pages: int, words: Words) -> ui.View:
    buttons = []
    if page > 0:
        buttons.append(EvidenceButton(answer_id, page - 1, words("evidence.previous")))
    if page + 1 < pages:
        buttons.append(EvidenceButton(answer_id, page + 1, words("evidence.next")))
    return _view(buttons)


def _view(buttons: list[EvidenceButton]) -> ui.View:
    view = ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    # discord.py keeps every running view for ever; these need none, their class is registered
    view.stop()
    return view


async def add(bot: CaveatBot) -> None:
    """Lets the bot recognise every evidence button that it ever sent."""
    bot.add_dynamic_items(EvidenceButton)

"""The button under an answer that tells what its terms mean, also after a restart."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.browsing.glossary_page import terms_embed
from bot.browsing.private import Page, show
from bot.buttons.glossary_items import term_buttons, term_page
from bot.message.escape import size
from bot.words import Words, words_for
from knowledge.glossary import Term

if TYPE_CHECKING:
    from bot.client import CaveatBot

LABEL_LIMIT = 80
ID_LIMIT = 100
PREFIX = "terms:"


class TermsButton(
    ui.DynamicItem[ui.Button[ui.View]], template=re.compile(r"terms:(?P<ids>[a-z0-9,-]{1,94})")
):
    """Tells what the terms mean whose ids stand in its own."""

    def __init__(self, ids: str, label: str | None = None) -> None:
        super().__init__(
            ui.Button(
                label=label,
                emoji="📖",
                style=discord.ButtonStyle.secondary,
                custom_id=f"{PREFIX}{ids}",
            )
        )
        self.ids = tuple(ids.split(","))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; it needs no label."""
        return cls(match["ids"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Tells it to the one who pressed, and to nobody else."""
        bot: CaveatBot = interaction.client
        services = bot.services
        words = words_for(interaction.locale)

        async def meanings() -> Page:
            known = services.glossary.by_id
            terms = [known[each] for each in self.ids if each in known]
            if not terms:
                return Page(content=words("glossary.gone"), aside=True)
            if len(terms) == 1:
                return replace(term_page(terms[0], services.glossary, words), aside=True)
            embed = terms_embed(terms, words)
            return Page(embed=embed, items=tuple(term_buttons(terms)), aside=True)

        await show(interaction, meanings, gate=services.gate, at_once=True)


def terms_button(terms: Sequence[Term], words: Words) -> TermsButton | None:
    """The button that names as many of the terms as it has room for; None for none."""
    for most in range(len(terms), 0, -1):
        shown = terms[:most]
        ids = ",".join(term.id for term in shown)
        label = words("glossary.button.terms", terms=" · ".join(term.name for term in shown))
        if len(PREFIX) + len(ids) <= ID_LIMIT and size(label) <= LABEL_LIMIT:
            return TermsButton(ids, label)
    return None

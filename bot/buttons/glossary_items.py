"""Buttons and menus of the glossary, and the pages under which they stand."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.browsing.glossary_page import group_embed, group_of, groups_of, term_embed
from bot.browsing.private import Page, Part, show
from bot.message.escape import clip, escape_within, one_line
from bot.words import Words, words_for
from knowledge.glossary import Glossary, Term

if TYPE_CHECKING:
    from bot.client import CaveatBot

LONGEST_TERM = 80
CHOICE_LIMIT = 100
LABEL_LIMIT = 80
MOST_CHOICES = 25
MOST_BUTTONS = 5
ID = r"[a-z0-9-]{1,60}"


class TermButton(
    ui.DynamicItem[ui.Button[ui.View]], template=re.compile(rf"glossary:term:(?P<id>{ID})")
):
    """Turns to the term in its custom id."""

    def __init__(self, term_id: str, label: str | None = None) -> None:
        super().__init__(
            ui.Button(
                label=label,
                style=discord.ButtonStyle.secondary,
                custom_id=f"glossary:term:{term_id}",
                row=0,
            )
        )
        self.term_id = term_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; it needs no label."""
        return cls(match["id"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the term in place of what is seen."""
        await _turn(interaction, term_id=self.term_id)


class GlossaryMenu(
    ui.DynamicItem[ui.Select[ui.View]], template=re.compile(r"glossary:(?P<what>letters|terms)")
):
    """Turns to a letter, or to one of a letter's terms."""

    def __init__(
        self,
        what: str,
        choices: list[discord.SelectOption] | None = None,
        placeholder: str | None = None,
    ) -> None:
        super().__init__(
            ui.Select(
                custom_id=f"glossary:{what}",
                options=choices or [discord.SelectOption(label="-")],
                placeholder=placeholder,
            )
        )
        self.what = what

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that someone chose from; what they chose comes with the interaction."""
        return cls(match["what"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows what was chosen in place of what is seen."""
        chosen = self.item.values[0]
        if self.what == "terms":
            await _turn(interaction, term_id=chosen)
        else:
            await _turn(interaction, letter=chosen)


async def _turn(
    interaction: discord.Interaction[Any], *, term_id: str | None = None, letter: str = ""
) -> None:
    bot: CaveatBot = interaction.client
    services = bot.services
    words, known = words_for(interaction.locale), services.glossary

    async def page() -> Page:
        if term_id is None:
            return letter_page(known, letter, words)
        if term_id not in known.by_id:
            return Page(content=words("glossary.gone"), aside=True)
        return term_page(known.by_id[term_id], known, words)

    await show(interaction, page, gate=services.gate, at_once=True)


def term_page(term: Term, glossary: Glossary, words: Words) -> Page:
    """What a term means, with buttons for what to see also and a menu of letters."""
    see = [glossary.by_id[each] for each in term.see if each in glossary.by_id]
    return Page(
        embed=term_embed(term, words), items=(*term_buttons(see), *_letters(glossary, None, words))
    )


def letter_page(glossary: Glossary, letter: str, words: Words) -> Page:
    """The terms of a letter, with menus of them and of the letters."""
    group = group_of(glossary, letter)
    if group is None:
        return Page(content=words("glossary.empty"))
    options = [
        discord.SelectOption(label=clip(term.name, CHOICE_LIMIT), value=term.id)
        for term in group[1][:MOST_CHOICES]
    ]
    menu = GlossaryMenu("terms", options, words("glossary.choose-term"))
    return Page(
        embed=group_embed(group, glossary, words),
        items=(menu, *_letters(glossary, group[0], words)),
    )


def missing_page(term: str, glossary: Glossary, words: Words) -> Page:
    """What is said where there is no such term, with what is spelled most like it."""
    near = glossary.nearest(term)
    key = "glossary.near" if near else "glossary.unknown"
    text = words(key, term=escape_within(one_line(term), LONGEST_TERM * 2))
    return Page(content=text, items=(*term_buttons(near), *_letters(glossary, None, words)))


def term_buttons(terms: Sequence[Term]) -> list[Part]:
    """A button for each of the terms, at most a row of them."""
    return [TermButton(term.id, clip(term.name, LABEL_LIMIT)) for term in terms[:MOST_BUTTONS]]


def _letters(glossary: Glossary, shown: str | None, words: Words) -> list[Part]:
    groups = groups_of(glossary)
    options = [
        discord.SelectOption(label=name, value=name[0], default=name == shown) for name, _ in groups
    ]
    return [GlossaryMenu("letters", options, words("glossary.choose-letter"))] if groups else []

"""The buttons under an answer, in rows that fit a phone, and its terms below them."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.buttons.answer_button import TEMPLATE, AnswerButton
from bot.buttons.evidence import EvidenceButton
from bot.buttons.terms import terms_button
from bot.lasting import lasting_view
from bot.words import Words
from knowledge.glossary import Term
from knowledge.model import Answer
from knowledge.sides import SIDES

Button = ui.DynamicItem[ui.Button[ui.View]] | ui.Button[ui.View]


def answer_view(
    answer: Answer | None, words: Words, terms: Sequence[Term] = (), *, simpler: bool = False
) -> ui.View:
    """The buttons that make sense for an answer; none at all for smalltalk or None.

    Args:
        answer: that was stored, so that its buttons find it; else None.
        words: of the language in which the answer stands in its channel.
        terms: of the glossary, that it uses.
        simpler: whether to offer simpler words.
    """
    if answer is None or answer.outcome == "smalltalk":
        return lasting_view(())
    if not TEMPLATE.fullmatch(f"delete:{answer.id}"):  # an id that no button could carry
        return lasting_view(())
    mine = answer.id
    reading: list[Button] = []
    other: list[Button] = []
    judging: list[Button] = []
    if answer.outcome == "answered" and answer.citations:
        reading.append(EvidenceButton(mine, label=words("evidence.button")))
        reading.append(AnswerButton("more", mine, label=words("further.button.more")))
        if len(_sides(answer)) < len(SIDES):
            label = words("further.button.other-side")
            other.append(AnswerButton("other", mine, label=label))
    if simpler:
        other.append(_simpler_button(mine, words))
    if len(other) == 1:  # one word fits beside the thumbs, and three would take two rows of a phone
        judging, other = other, []
    if answer.outcome in ("answered", "abstained"):
        judging += [AnswerButton("up", mine, emoji="👍"), AnswerButton("down", mine, emoji="👎")]
    judging.append(AnswerButton("delete", mine, emoji="🗑️"))
    explaining = terms_button(terms, words)
    learning: list[Button] = [explaining] if explaining else []
    rows = [row for row in (reading, other, judging, learning) if row]
    for number, row in enumerate(rows):
        for button in row:
            button.row = number
    return lasting_view([button for row in rows for button in row])


def _simpler_button(answer_id: str, words: Words) -> ui.Button[ui.View]:
    """The button that `bot.buttons.simpler` knows by its id."""
    return ui.Button(
        label=words("simpler.button"),
        style=discord.ButtonStyle.secondary,
        custom_id=f"simpler:{answer_id}",
    )


def _sides(answer: Answer) -> set[str]:
    heard = {str(citation.passage.source.stance) for citation in answer.citations}
    return heard & set(SIDES)

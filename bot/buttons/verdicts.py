"""Takes in what people think of an answer: a thumb, and with a 👎 the reason."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

import discord
from discord import ui

from bot.buttons.edge import pressed, server_of, whisper
from bot.state import NewFeedback, Reason
from bot.words import Words, words_for
from knowledge.credentials import without_credentials_in

LONGEST_COMMENT = 500
FORM_ID = re.compile(r"verdict:(?P<answer>[\w-]{1,70})")
REASONS: tuple[Reason, ...] = get_args(Reason)


async def praise(interaction: discord.Interaction[Any], answer_id: str) -> None:
    """Notes a 👍 in place of what the person said before."""
    async with pressed(interaction) as bot:
        given = NewFeedback(
            answer_id=answer_id,
            guild_id=server_of(interaction),
            person=bot.services.pseudonyms.of(interaction.user.id),
            verdict="up",
        )
        await asyncio.to_thread(bot.services.feedback.add, given)
        await whisper(interaction, words_for(interaction.locale)("verdict.thanks"))


async def ask_what_is_wrong(interaction: discord.Interaction[Any], answer_id: str) -> None:
    """Opens a form that asks for the reason of a 👎."""
    async with pressed(interaction):
        await interaction.response.send_modal(_form(answer_id, words_for(interaction.locale)))


async def take_in(interaction: discord.Interaction[Any]) -> None:
    """Notes what a form says; does nothing with other interactions.

    Read from the interaction itself, a form also counts that was opened before a restart.
    """
    data = cast("Mapping[str, Any]", interaction.data or {})
    match = FORM_ID.fullmatch(str(data.get("custom_id")))
    if interaction.type is not discord.InteractionType.modal_submit or not match:
        return
    filled = dict(_filled(data))
    reason = filled.get("reason")
    async with pressed(interaction) as bot:
        given = NewFeedback(
            answer_id=match["answer"],
            guild_id=server_of(interaction),
            person=bot.services.pseudonyms.of(interaction.user.id),
            verdict="down",
            reason=reason if reason in REASONS else "other",
            comment=without_credentials_in(filled.get("comment") or "")[:LONGEST_COMMENT] or None,
            reporter_id=interaction.user.id,
        )
        await asyncio.to_thread(bot.services.feedback.add, given)
        await whisper(interaction, words_for(interaction.locale)("verdict.taken"))


def _form(answer_id: str, words: Words) -> ui.Modal:
    form = ui.Modal(title=words("verdict.title"), custom_id=f"verdict:{answer_id}")
    reasons = [
        discord.SelectOption(label=words(f"verdict.reason.{reason}"), value=reason)
        for reason in REASONS
    ]
    choice: ui.Select[Any] = ui.Select(custom_id="reason", options=reasons)
    comment: ui.TextInput[Any] = ui.TextInput(
        custom_id="comment",
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=LONGEST_COMMENT,
    )
    form.add_item(ui.Label(text=words("verdict.why"), component=choice))
    form.add_item(
        ui.Label(
            text=words("verdict.comment"),
            description=words("verdict.comment-for"),
            component=comment,
        )
    )
    form.stop()  # `take_in` reads what it says, so that discord.py has nothing to remember
    return form


def _filled(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for label in data.get("components", ()):
        field = label.get("component") or {}
        values = field.get("values") or [field.get("value")]
        if field.get("custom_id") and values[0]:
            yield field["custom_id"], str(values[0])

"""A button under an answer that does one thing when it is pressed, also after a restart."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, Self

import discord
from discord import ui

from bot.buttons.deletion import delete_answer
from bot.buttons.further import show_more, show_other_side
from bot.buttons.verdicts import ask_what_is_wrong, praise

Action = Literal["more", "other", "up", "down", "delete"]

TEMPLATE = re.compile(r"(?P<action>more|other|up|down|delete):(?P<answer>[\w-]{1,70})")
ACTIONS: Mapping[str, Callable[[discord.Interaction[Any], str], Awaitable[None]]] = {
    "more": show_more,
    "other": show_other_side,
    "up": praise,
    "down": ask_what_is_wrong,
    "delete": delete_answer,
}


class AnswerButton(ui.DynamicItem[ui.Button[ui.View]], template=TEMPLATE):
    """Acts on the answer whose id stands in its own."""

    def __init__(
        self, action: str, answer_id: str, *, label: str | None = None, emoji: str | None = None
    ) -> None:
        super().__init__(
            ui.Button(
                label=label,
                emoji=emoji,
                style=discord.ButtonStyle.secondary,
                custom_id=f"{action}:{answer_id}",
            )
        )
        self.action = action
        self.answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; only its id matters."""
        return cls(match["action"], match["answer"], label="…")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Does what the button is for."""
        await ACTIONS[self.action](interaction, self.answer_id)

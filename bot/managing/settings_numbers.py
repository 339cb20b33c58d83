"""The form in which limits are typed, and what is made of the numbers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.managing.rights import admits
from bot.managing.settings_panel import LIMITS, MOST_LIMIT
from bot.state import GuildSettings
from bot.words import Words

FORGOTTEN_AFTER = 15 * 60.0  # seconds; Discord does not tell of forms that are closed unsent

Change = Callable[[GuildSettings], GuildSettings]
Take = Callable[[discord.Interaction[Any], Change | str], Awaitable[None]]


class NumbersModal(ui.Modal):
    """Asks for the limits, and hands on what to change or why nothing can be."""

    def __init__(self, shown: GuildSettings, words: Words, take: Take) -> None:
        super().__init__(
            title=words("settings.number.title"),
            custom_id="settings:numbers",
            timeout=FORGOTTEN_AFTER,
        )
        self._shown, self._words, self._take = shown, words, take
        self._fields = {
            name: ui.TextInput[Any](
                custom_id=name,
                default=str(getattr(shown, name)),
                max_length=len(str(MOST_LIMIT)),
            )
            for name in LIMITS
        }
        for name, field in self._fields.items():
            self.add_item(
                ui.Label(
                    text=words(f"settings.number.{name}"),
                    description=words("settings.number.about"),
                    component=field,
                )
            )

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether the person still may."""
        return await admits(interaction)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Reads the numbers."""
        typed = {name: field.value for name, field in self._fields.items()}
        await self._take(interaction, read_numbers(typed, self._shown, self._words))


def read_numbers(typed: Mapping[str, str], shown: GuildSettings, words: Words) -> Change | str:
    """A change to the numbers that differ from those shown; or a sentence on one that cannot be.

    The others are left alone: meanwhile somebody else may have changed them.
    """
    numbers: dict[str, Any] = {}
    for name, text in typed.items():
        plain = text.strip()
        if not (plain.isascii() and plain.isdigit() and 1 <= int(plain) <= MOST_LIMIT):
            field = words(f"settings.number.{name}")
            return words("settings.not-a-number", name=field, most=MOST_LIMIT)
        if int(plain) != getattr(shown, name):
            numbers[name] = int(plain)
    return lambda now: replace(now, **numbers)

"""The form in which the caps of a budget are typed, and what is made of the amounts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.managing.money import number_words
from bot.managing.rights import admits
from bot.managing.settings_numbers import FORGOTTEN_AFTER, Change, Take
from bot.state import MOST_DOLLARS, GuildSettings
from bot.words import Words

CAPS = ("dollars_per_day", "dollars_per_month")
LONGEST = 10  # characters of an amount


class BudgetModal(ui.Modal):
    """Asks for the caps, and hands on what to change or why nothing can be."""

    def __init__(self, shown: GuildSettings, words: Words, take: Take) -> None:
        super().__init__(
            title=words("settings.budget.title"),
            custom_id="settings:budget",
            timeout=FORGOTTEN_AFTER,
        )
        self._words, self._take = words, take
        self._fields = {
            name: ui.TextInput[Any](
                custom_id=name,
                default=_typed(getattr(shown, name)),
                required=False,
                max_length=LONGEST,
            )
            for name in CAPS
        }
        for name, field in self._fields.items():
            self.add_item(
                ui.Label(
                    text=words(f"settings.budget.{name}"),
                    description=words("settings.budget.about"),
                    component=field,
                )
            )

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether the person still may."""
        return await admits(interaction)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Reads the amounts."""
        typed = {name: field.value for name, field in self._fields.items()}
        await self._take(interaction, read_budget(typed, self._words))


def read_budget(typed: Mapping[str, str], words: Words) -> Change | str:
    """A change to the caps; or a sentence on one that cannot be."""
    caps: dict[str, Any] = {}
    for name, text in typed.items():
        plain = text.strip().strip("$").strip().replace(",", ".")
        digits = plain.replace(".", "", 1)
        if not plain:
            caps[name] = None
        elif digits.isascii() and digits.isdigit() and float(plain) <= MOST_DOLLARS:
            caps[name] = round(float(plain), 2)
        else:
            field = words(f"settings.budget.{name}")
            return words("settings.not-dollars", name=field, most=number_words(MOST_DOLLARS))
    return lambda now: replace(now, **caps)


def _typed(cap: float | None) -> str | None:
    return None if cap is None else f"{cap:.2f}"

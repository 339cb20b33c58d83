"""What happens when a menu or button of the settings panel is used: check, save, show at once.

All that is needed stands in their custom ids, so that panels outlive the process that sent them.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

import discord
from discord import ui

from bot.client import Services
from bot.excuse import excuse
from bot.lasting import lasting_view
from bot.managing.rights import admits
from bot.managing.settings_budget import Budget
from bot.managing.settings_budget_form import BudgetModal
from bot.managing.settings_items import VALUES, items_of
from bot.managing.settings_numbers import Change, NumbersModal
from bot.managing.settings_panel import TOPICS, Panel, panel_embeds
from bot.state import FAULTS, GuildSettings
from bot.words import LANGUAGES, words_for


class SettingsMenu(ui.DynamicItem[Any], template=re.compile("settings:in:(?P<topic>[a-z_]+)")):
    """Chooses a setting to change; or its channels, roles or language."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """The menu in which someone chose."""
        return cls(item)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether the person still may."""
        return await admits(interaction)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the chosen setting, or saves what was chosen for it."""
        topic, chosen = self.custom_id.rpartition(":")[2], self.item.values
        values: dict[str, Any]
        if topic in {"answer_channels", "forums", "exempt_roles"}:
            values = {topic: frozenset(each.id for each in chosen)}
        elif topic == "language":
            values = {topic: chosen[0] if chosen[0] in LANGUAGES else None}
        elif topic in {"block", "unblock"}:
            await _block(interaction, topic, [each.id for each in chosen])
            return
        else:
            await show_panel(interaction, chosen[0])
            return
        await _save(interaction, topic, lambda now: replace(now, **values))


class SettingsButton(
    ui.DynamicItem[Any],
    template=re.compile("settings:set:(?P<topic>[a-z_]+)(?::(?P<value>[a-z]+))?"),
):
    """Sets a setting to a value, resets all of them, or opens the form of the limits."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed."""
        return cls(item)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether the person still may."""
        return await admits(interaction)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Saves the value, or shows the form."""
        topic, _, value = self.custom_id.removeprefix("settings:set:").partition(":")
        if topic == "reset":
            await _save(interaction, topic, lambda _now: GuildSettings())
        elif topic == "unblock":
            await _block(interaction, topic, None)
        elif topic in {"limits", "budget"}:
            await _open_form(interaction, topic)
        elif value in VALUES.get(topic, {}):
            values = {topic: VALUES[topic][value]}
            await _save(interaction, topic, lambda now: replace(now, **values))
        else:  # of another version of the bot
            await show_panel(interaction)


async def show_panel(
    interaction: discord.Interaction[Any], topic: str | None = None, notice: str | None = None
) -> None:
    """Shows the settings of this server to the one who acts: anew, or in the panel they used."""
    services, guild = interaction.client.services, interaction.guild
    if guild is None:
        return
    try:
        settings = await asyncio.to_thread(services.guilds.read, guild.id)
        blocked = await asyncio.to_thread(services.state.blocks.blocked, guild.id)
        budget = await _budget(services, guild.id)
    except FAULTS as error:
        await excuse(interaction, error)
        return
    panel = Panel(
        settings=settings,
        guild=guild,
        words=words_for(interaction.locale),
        topic=topic if topic in TOPICS and (topic != "budget" or budget) else None,
        notice=notice,
        questions_kept=services.settings.keep_gap_questions,
        blocked=len(blocked),
        budget=budget,
    )
    controls: list[ui.DynamicItem[Any]] = [
        SettingsButton(item) if isinstance(item, ui.Button) else SettingsMenu(item)
        for item in items_of(panel)
    ]
    embeds, view = panel_embeds(panel), lasting_view(controls)
    if interaction.message is None:
        await interaction.response.send_message(embeds=embeds, view=view, ephemeral=True)
    else:
        await interaction.response.edit_message(embeds=embeds, view=view)


async def _budget(services: Services, guild_id: int) -> Budget | None:
    if not services.writes:
        return None
    running = await asyncio.to_thread(services.state.spending.running, guild_id)
    return Budget(terms=services.terms, running=running)


async def _save(interaction: discord.Interaction[Any], topic: str, change: Change) -> None:
    guilds = interaction.client.services.guilds
    try:
        await asyncio.to_thread(guilds.change, interaction.guild_id, change)
    except FAULTS as error:
        await excuse(interaction, error)
        return
    await show_panel(interaction, topic, words_for(interaction.locale)("settings.saved"))


async def _block(
    interaction: discord.Interaction[Any], what: str, people: Sequence[int] | None
) -> None:
    """Blocks or hears again the chosen people; None are all."""
    services = interaction.client.services
    blocks = services.state.blocks
    names = None if people is None else [services.pseudonyms.of(each) for each in people]
    change = blocks.block if what == "block" else blocks.unblock
    try:
        await asyncio.to_thread(change, interaction.guild_id, names)
    except FAULTS as error:
        await excuse(interaction, error)
        return
    await show_panel(interaction, "blocked", words_for(interaction.locale)("settings.saved"))


async def _open_form(interaction: discord.Interaction[Any], topic: str) -> None:
    guilds = interaction.client.services.guilds
    try:
        settings = await asyncio.to_thread(guilds.read, interaction.guild_id)
    except FAULTS as error:
        await excuse(interaction, error)
        return

    async def take(submitted: discord.Interaction[Any], read: Change | str) -> None:
        if isinstance(read, str):
            await show_panel(submitted, topic, read)
        else:
            await _save(submitted, topic, read)

    words = words_for(interaction.locale)
    form = BudgetModal if topic == "budget" else NumbersModal
    await interaction.response.send_modal(form(settings, words, take))

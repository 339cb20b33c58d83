"""What happens when a button of the queue of reports is pressed, also after a restart.

The custom id names the report, but a report is only ever found in the server where the button was
pressed: a forged one of another server's report finds nothing.
"""

import asyncio
import re
from typing import Any, Self

import discord
from discord import ui

from bot.excuse import excuse
from bot.lasting import lasting_view
from bot.managing.report_view import report_embed
from bot.managing.rights import admits
from bot.state import FAULTS
from bot.state.feedback import LONGEST_RESOLUTION
from bot.words import Words, words_for

FORGOTTEN_AFTER = 15 * 60.0  # seconds; Discord does not tell of forms that are closed unsent


class QueueButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=re.compile(
        r"queue:(?P<what>page|resolve|dismiss):(?P<place>\d{1,6})(?::(?P<report>\d{1,18}))?"
    ),
):
    """Turns the page, or closes the report that is shown."""

    def __init__(
        self, what: str, place: int, report: int | None = None, label: str | None = None
    ) -> None:
        suffix = "" if report is None else f":{report}"
        styles = {"resolve": discord.ButtonStyle.success, "dismiss": discord.ButtonStyle.danger}
        super().__init__(
            ui.Button(
                label=label,
                style=styles.get(what, discord.ButtonStyle.secondary),
                custom_id=f"queue:{what}:{place}{suffix}",
            )
        )
        self.what, self.place, self.report = what, place, report

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; it needs no label."""
        report = match["report"]
        return cls(match["what"], int(match["place"]), None if report is None else int(report))

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether the person still may."""
        return await admits(interaction)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the page, asks what was done, or closes the report without a word."""
        words = words_for(interaction.locale)
        if self.what == "page" or self.report is None:
            await show_queue(interaction, self.place)
        elif self.what == "resolve":
            await interaction.response.send_modal(ResolveModal(self.report, self.place, words))
        else:
            await _close(interaction, self.place, self.report, None)


class ResolveModal(ui.Modal):
    """Asks what was done about a report."""

    def __init__(self, report: int, place: int, words: Words) -> None:
        super().__init__(
            title=words("queue.modal.title"),
            custom_id=f"queue:resolved:{report}",
            timeout=FORGOTTEN_AFTER,
        )
        self._report, self._place = report, place
        self._done: ui.TextInput[Any] = ui.TextInput(
            custom_id="done", style=discord.TextStyle.paragraph, max_length=LONGEST_RESOLUTION
        )
        about = words("queue.modal.about")
        label = words("queue.modal.label")
        self.add_item(ui.Label(text=label, description=about, component=self._done))

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether the person still may."""
        return await admits(interaction)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Closes the report, so that its giver will be told."""
        if not self._done.value.strip():
            notice = words_for(interaction.locale)("queue.unsaid")
            await show_queue(interaction, self._place, notice)
            return
        await _close(interaction, self._place, self._report, self._done.value)


async def show_queue(
    interaction: discord.Interaction[Any], place: int = 0, notice: str | None = None
) -> None:
    """Shows an open report of this server to the one who acts: anew, or where they pressed.

    Args:
        interaction: of a member who may see it.
        place: of the report in the queue, from 0; beyond its end, the last one.
        notice: what the last press did, or None.
    """
    words, guild_id = words_for(interaction.locale), interaction.guild_id
    if guild_id is None:
        return
    feedback = interaction.client.services.feedback

    def read() -> tuple[int, int, Any]:
        count = feedback.counts(guild_id).open
        at = max(min(place, count - 1), 0)
        return count, at, feedback.queue(guild_id, limit=1, after=at)

    try:
        count, at, found = await asyncio.to_thread(read)
    except FAULTS as error:
        await excuse(interaction, error)
        return
    shown: dict[str, Any] = {"content": notice, "embeds": [], "view": lasting_view([])}
    if found:
        (report,) = found
        shown["embeds"] = [report_embed(report, words, number=at + 1, count=count)]
        shown["view"] = lasting_view(_buttons(at, count, report.id, words))
    else:
        shown["content"] = "\n".join(filter(None, [notice, words("queue.empty")]))
    if interaction.message is None:
        await interaction.response.send_message(**shown, ephemeral=True)
    else:
        await interaction.response.edit_message(**shown)


def _buttons(at: int, count: int, report: int, words: Words) -> list[QueueButton]:
    buttons = [
        QueueButton(what, at, report, words(f"queue.button.{what}"))
        for what in ("resolve", "dismiss")
    ]
    if at > 0:
        buttons.append(QueueButton("page", at - 1, label=words("queue.button.previous")))
    if at + 1 < count:
        buttons.append(QueueButton("page", at + 1, label=words("queue.button.next")))
    return buttons


async def _close(
    interaction: discord.Interaction[Any], place: int, report: int, done: str | None
) -> None:
    """Closes a report, with what was done or without a word, and shows the next one."""
    words, guild_id = words_for(interaction.locale), interaction.guild_id
    feedback = interaction.client.services.feedback
    try:
        if done is None:
            closed = await asyncio.to_thread(feedback.dismiss, report, guild_id=guild_id)
        else:
            closed = await asyncio.to_thread(feedback.resolve, report, done, guild_id=guild_id)
    except FAULTS as error:
        await excuse(interaction, error)
        return
    ending = "dismissed" if done is None else "resolved"
    await show_queue(interaction, place, words(f"queue.{ending}" if closed else "queue.other"))

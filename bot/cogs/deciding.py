"""The story of deciding on a suggested source; who may is asked at every press."""

import re
from collections.abc import Callable
from typing import Any, Self

import discord
from discord import ui

from bot.browsing.private import Page, Part, show
from bot.browsing.queue_page import next_waiting, queue_embed, refused_words
from bot.client import CaveatBot
from bot.message.escape import escape_within
from bot.words import Words, words_for
from knowledge.errors import SuggestionError
from knowledge.library import Suggestion, Suggestions

LONGEST_REASON = 500
MODAL_SECONDS = 900.0

Decide = Callable[[Suggestions], Suggestion]

STYLES = {"approve": discord.ButtonStyle.success, "reject": discord.ButtonStyle.danger}


class DecideButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=re.compile(r"suggestion:(?P<what>approve|reject|skip):(?P<id>\d{1,18})"),
):
    """Approves or rejects the suggestion in its custom id, or goes on to the next."""

    def __init__(self, what: str, suggestion_id: int, label: str | None = None) -> None:
        style = STYLES.get(what, discord.ButtonStyle.secondary)
        custom_id = f"suggestion:{what}:{suggestion_id}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.what = what
        self.suggestion_id = suggestion_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that someone pressed; it needs no label."""
        return cls(match["what"], int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Does it, if it is an operator who pressed."""
        bot: CaveatBot = interaction.client
        refused = await refusal(interaction)
        if refused is None and self.what == "reject":
            words = words_for(interaction.locale)
            await interaction.response.send_modal(ReasonModal(self.suggestion_id, words))
            return

        async def outcome() -> Page:
            if refused is not None:
                return refused
            if self.what == "skip":
                return await queue_page(interaction, after=self.suggestion_id)
            return await _decided(
                interaction, lambda suggestions: suggestions.approve(self.suggestion_id)
            )

        await show(interaction, outcome, gate=bot.services.gate, at_once=refused is not None)


class ReasonModal(ui.Modal):
    """Asks why a suggestion is rejected; the suggester is told."""

    def __init__(self, suggestion_id: int, words: Words) -> None:
        super().__init__(
            title=words("suggest.reject-title", id=suggestion_id),
            timeout=MODAL_SECONDS,
            custom_id=f"suggestion:reason:{suggestion_id}",
        )
        self._suggestion_id = suggestion_id
        self.reason: ui.TextInput[Self] = ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=LONGEST_REASON, custom_id="reason"
        )
        self.add_item(ui.Label(text=words("suggest.reason"), component=self.reason))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Rejects it, if it is still an operator who says so."""
        bot: CaveatBot = interaction.client

        async def outcome() -> Page:
            return await refusal(interaction) or await _decided(
                interaction,
                lambda suggestions: suggestions.reject(self._suggestion_id, self.reason.value),
            )

        await show(interaction, outcome, gate=bot.services.gate)


async def refusal(interaction: discord.Interaction[Any]) -> Page | None:
    """What is shown to someone who may not decide; None to those who may."""
    bot: CaveatBot = interaction.client
    if await bot.operators.include(interaction.user.id):
        return None
    return Page(content=words_for(interaction.locale)("suggest.not-yours"), aside=True)


async def queue_page(
    interaction: discord.Interaction[Any], *, after: int = 0, said: str | None = None
) -> Page:
    """The next suggestion that waits, below what there is to say of the one before.

    Raises:
        CaveatError: when the library cannot be used.
    """
    bot: CaveatBot = interaction.client
    words = words_for(interaction.locale)
    waiting = await bot.desk.use(lambda suggestions: next_waiting(suggestions, after))
    if waiting is None:
        return Page(content="\n".join(filter(None, [said, words("suggest.none-waiting")])))
    suggestion = waiting.suggestion
    from_guild = suggestion.guild or ""
    guild = bot.get_guild(int(from_guild)) if from_guild.isdecimal() else None
    shown = ["approve", "reject"] + (["skip"] if waiting.count > 1 else [])
    items: list[Part] = [
        DecideButton(what, suggestion.id, words(f"suggest.button.{what}")) for what in shown
    ]
    embed = queue_embed(waiting, guild.name if guild else None, words)
    return Page(content=said, embed=embed, items=tuple(items))


async def _decided(interaction: discord.Interaction[Any], decide: Decide) -> Page:
    """What was decided, and the next suggestion that waits."""
    bot: CaveatBot = interaction.client
    words = words_for(interaction.locale)
    try:
        suggestion = await bot.desk.use(decide)
    except SuggestionError as error:
        return await queue_page(interaction, said=refused_words(error, words))
    address = escape_within(suggestion.url, 300)
    said = words(f"suggest.{suggestion.status}", id=suggestion.id, address=address)
    return await queue_page(interaction, after=suggestion.id, said=said)


async def add(bot: CaveatBot) -> None:
    """Lets the bot recognise every such button that it ever sent."""
    bot.add_dynamic_items(DecideButton)

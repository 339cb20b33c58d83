"""Replies that only one person sees: to a command, or in place of what a button stands under."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.delivery import deliver
from bot.gate import Gate
from bot.words import words_for
from knowledge.errors import CaveatError

log = logging.getLogger(__name__)


Part = ui.Item[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What such a reply shows.

    Attributes:
        items: buttons and menus, each of which finds all it needs in its custom id.
        aside: whether what a button stands under stays as it is, and this is said beside it.
    """

    content: str | None = None
    embed: discord.Embed | None = None
    items: tuple[Part, ...] = ()
    aside: bool = False


async def show(
    interaction: discord.Interaction[Any],
    make: Callable[[], Awaitable[Page]],
    *,
    gate: Gate,
    at_once: bool = False,
) -> None:
    """Shows a page to the one who asked, or a sentence when it cannot be made.

    Args:
        interaction: a command, or what was done with something under a page, which is replaced.
        make: makes the page; may raise `CaveatError`.
        gate: waits for the reply when the bot is shutting down.
        at_once: whether it is made within Discord's three seconds, so that nothing need say that
            it is on its way.
    """
    in_place = interaction.message is not None
    async with gate.visit():
        response = interaction.response
        if not at_once:
            await deliver(lambda: response.defer(ephemeral=True, thinking=not in_place))
        page = await _made(interaction, make)
        parts: dict[str, Any] = {
            "content": page.content,
            "embeds": [page.embed] if page.embed else [],
            "view": view_of(page.items),
        }
        beside = page.aside or not in_place
        if at_once and beside:
            await deliver(lambda: response.send_message(**parts, ephemeral=True))
        elif at_once:
            await deliver(lambda: response.edit_message(**parts))
        elif page.aside and in_place:
            await deliver(lambda: interaction.followup.send(**parts, ephemeral=True))
        else:
            await deliver(lambda: interaction.edit_original_response(**parts))


def view_of(items: tuple[Part, ...]) -> ui.View:
    """A view that nothing keeps in memory: its items are recognised by their custom ids."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


async def _made(interaction: discord.Interaction[Any], make: Callable[[], Awaitable[Page]]) -> Page:
    words = words_for(interaction.locale)
    try:
        return await make()
    except CaveatError as error:
        log.warning("A page was not shown (%s).", type(error).__name__)
        return Page(content=words.error(error), aside=True)
    except Exception as error:  # noqa: BLE001 - the edge: a person waits for a reply
        log.error("A page failed with %s.", type(error).__name__)  # noqa: TRY400 - may hold words
        return Page(content=words("error.CaveatError"), aside=True)

"""Rows of buttons and menus that outlive the process that sent them."""

from collections.abc import Iterable
from typing import Any

from discord import ui


def lasting_view(items: Iterable[ui.Item[Any]]) -> ui.View:
    """A view of items whose classes the bot was told of; it stays pressable for ever."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    # discord.py keeps every running view for ever; these need none, their classes are registered
    view.stop()
    return view

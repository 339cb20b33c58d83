"""The queue of suggested sources, as the bot uses it: seldom, and beside an ingest that writes."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.gate import BusyError
from bot.settings import BotSettings
from knowledge.compose import open_suggestions
from knowledge.library import Suggestions

PATIENCE = 10.0  # seconds that a person waits for those before

Result = TypeVar("Result")


class Desk:
    """Opens the queue for one person at a time, and closes it behind them."""

    def __init__(self, settings: BotSettings) -> None:
        self._settings = settings
        self._turn = asyncio.Lock()

    async def use(self, function: Callable[[Suggestions], Result]) -> Result:
        """What the function makes of the queue; it may block, and runs in a thread.

        Raises:
            BusyError: when those before take too long.
            LibraryError: when the library cannot be used.
            CaveatError: what the function raised.
        """
        try:
            await asyncio.wait_for(self._turn.acquire(), PATIENCE)
        except TimeoutError as error:
            raise BusyError(f"The suggestions were not free within {PATIENCE:.0f} s.") from error
        try:
            return await asyncio.to_thread(self._use, function)
        finally:
            self._turn.release()

    def _use(self, function: Callable[[Suggestions], Result]) -> Result:
        suggestions = open_suggestions(self._settings)
        try:
            return function(suggestions)
        finally:
            suggestions.close()

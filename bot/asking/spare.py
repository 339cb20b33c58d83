"""Goes on without the bot's database while it fails, so that nobody is kept from an answer."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.state import FAULTS
from bot.state.writing import Clock, utc_now

log = logging.getLogger(__name__)

DATABASE_SECONDS = 5.0
REST = timedelta(seconds=30)  # of a database that failed, until it is tried again

Result = TypeVar("Result")


class Spared:
    """Reads and writes in a thread, and rests from a database that failed a moment ago."""

    def __init__(self, now: Clock = utc_now) -> None:
        self._now = now
        self._resting_until: datetime | None = None

    async def use(self, read: Callable[[], Result], spare: Callable[[], Result]) -> Result:
        """What `read` finds, or `spare` when the database fails or failed a moment ago."""
        now = self._now()
        if self._resting_until is not None and now < self._resting_until:
            return spare()
        try:
            found = await asyncio.wait_for(asyncio.to_thread(read), DATABASE_SECONDS)
        except (*FAULTS, TimeoutError) as error:
            if self._resting_until is None:
                fault = type(error).__name__
                log.warning("Questions are counted in memory: the database fails (%s).", fault)
            self._resting_until = now + REST
            return spare()
        self._resting_until = None
        return found

"""Lets a test wait for what the bot does."""

import asyncio
from collections.abc import Callable


class News:
    """Told of everything that happens on the wire."""

    def __init__(self) -> None:
        self._happened = asyncio.Event()

    def tell(self) -> None:
        """Something happened."""
        self._happened.set()

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Returns as soon as the condition holds.

        Raises:
            TimeoutError: when it does not hold in time.
        """
        async with asyncio.timeout(seconds):
            while not condition():
                self._happened.clear()
                await self._happened.wait()

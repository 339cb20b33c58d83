"""Does something every so often, for as long as the bot runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


async def every(seconds: float, tick: Callable[[], Awaitable[None]], name: str) -> None:
    """Calls `tick` with pauses of `seconds`, the first one before the first call; never ends.

    What it raises costs one round only, and a line in the log.
    """
    while True:
        await asyncio.sleep(seconds)
        try:
            await tick()
        except Exception as error:  # noqa: BLE001 - the edge: the next round may do better
            log.error("A round of %s failed with %s.", name, type(error).__name__)  # noqa: TRY400

"""Keeps the bot connected until it is told to stop, then lets it finish what it is saying."""

import asyncio
import contextlib
import logging
import random
import signal
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from bot.client import CaveatBot, Services
from bot.faults import PASSING, lasting_fault, passing_reason
from bot.state import FAULTS, State

log = logging.getLogger(__name__)

DRAIN_SECONDS = 10.0
HURRY_SECONDS = 6.0  # of those after which answers that a model still writes are quoted
FAREWELL_SECONDS = 3.0
LONGEST_PAUSE = 60.0
HOUR = 3600.0

Sleep = Callable[[float], Awaitable[None]]
MakeClient = Callable[[], CaveatBot]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """Tells when to end.

    Attributes:
        asked: set when the bot is to finish what it is saying.
        pressed: set when it is not even to do that.
    """

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    pressed: asyncio.Event = field(default_factory=asyncio.Event)

    def press(self) -> None:
        """Asks; the second time, presses."""
        (self.pressed if self.asked.is_set() else self.asked).set()


def pauses() -> Iterator[float]:
    """Seconds between tries: doubling from 1 to 60, spread so that bots do not return as one."""
    longest = 1.0
    while True:
        yield longest * random.uniform(0.75, 1.0)  # noqa: S311 - no secret
        longest = min(2 * longest, LONGEST_PAUSE)


async def keep_connected(
    make_client: MakeClient, token: str, *, sleep: Sleep = asyncio.sleep
) -> None:
    """Connects, and connects again with growing pauses, until the client closes by itself.

    discord.py comes back from lost connections alone, but not when the very first one fails
    (https://github.com/Rapptz/discord.py/issues/10520); each try here has a client of its own.

    Raises:
        CaveatError: when Discord refuses the token or the intents, which no retry mends.
    """
    waits = pauses()
    while True:
        client = make_client()
        try:
            async with client:
                await client.start(token)
        except Exception as error:
            lasting = lasting_fault(error)
            if lasting is not None:
                raise lasting from error
            never_connected = isinstance(error, AttributeError) and client.ws is None
            if not never_connected and not isinstance(error, PASSING):
                raise
            cause = error.__context__ if never_connected and error.__context__ else error
            if client.was_ready:
                waits = pauses()
            pause = next(waits)
            log.warning(
                "Discord cannot be reached (%s). Next try in %.0f s.", passing_reason(cause), pause
            )
        else:
            return
        await sleep(pause)


async def serve(make_client: MakeClient, services: Services, token: str, stop: Stop) -> bool:
    """Runs the bot until it is asked to stop; whether no thread and no reply is under way.

    Raises:
        CaveatError: as `keep_connected`.
    """
    connecting = asyncio.create_task(keep_connected(make_client, token))
    forgetting = asyncio.create_task(forget_hourly(services.state))
    stopping = asyncio.create_task(stop.asked.wait())
    delivered = True
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.asked.is_set():
            log.info("Stopping; replies under way get %.0f s.", DRAIN_SECONDS)
            services.limiter.close()
            delivered = await _drain(services, stop)
        else:
            connecting.result()
    finally:
        for task in (connecting, forgetting, stopping):
            task.cancel()
        await asyncio.wait((connecting, forgetting, stopping), timeout=FAREWELL_SECONDS)
        services.gate.close()
        if services.pen is not None:
            await services.pen.close()
    return delivered and not (services.pen is not None and services.pen.busy)


async def _drain(services: Services, stop: Stop) -> bool:
    if services.pen is not None:
        asyncio.get_running_loop().call_later(HURRY_SECONDS, services.pen.hurry)
    draining = asyncio.create_task(services.gate.drain(DRAIN_SECONDS))
    pressing = asyncio.create_task(stop.pressed.wait())
    await asyncio.wait({draining, pressing}, return_when=asyncio.FIRST_COMPLETED)
    delivered = draining.done() and draining.result()
    if not draining.done():
        log.warning("Stopping at once.")
    for task in (draining, pressing):
        task.cancel()
    return delivered


def stop_on_signals(stop: Stop) -> None:
    """Lets SIGTERM and SIGINT ask, and press when they come again."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows, where Ctrl+C interrupts instead
            loop.add_signal_handler(number, stop.press)


async def forget_hourly(state: State, *, sleep: Sleep = asyncio.sleep) -> None:
    """Deletes what is kept for a time only, now and every hour."""
    while True:
        try:
            forgotten = await asyncio.to_thread(state.forget_old)
        except FAULTS as error:
            log.warning("Old evidence was not deleted (%s).", type(error).__name__)
        else:
            if forgotten:
                log.info("Deleted the evidence of %d old answers.", forgotten)
        await sleep(HOUR)

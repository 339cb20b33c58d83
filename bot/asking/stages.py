"""Shows how far an answer has come, once it takes long: seldom, and never after the answer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.faults import PASSING, passing_reason
from bot.words import Words
from knowledge.writing import Stage, Told

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds after which a stage is shown
PAUSE = 1.5  # seconds between two of them
LAST = 5.0  # seconds that an answer waits for a stage that is on its way to Discord

Show = Callable[[Stage], Awaitable[None]]


def stage_words(stage: Stage, words: Words) -> str:
    """What a person is told of a stage."""
    if stage.name == "reading":
        return words("stage.reading", count=stage.sources)
    return words(f"stage.{stage.name}")


@asynccontextmanager
async def staged(
    show: Show | None, *, patience: float = PATIENCE, pause: float = PAUSE
) -> AsyncIterator[Told]:
    """Something to tell stages to, from any thread; nothing is shown any more after the block.

    Args:
        show: shows a stage to the asker; None where none can be shown.
        patience: seconds after which the first stage is shown.
        pause: seconds between two of them.
    """
    if show is None:
        yield _nobody
        return
    loop = asyncio.get_running_loop()
    news: asyncio.Queue[Stage] = asyncio.Queue()
    showing = asyncio.Lock()

    def tell(stage: Stage) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody looks any more
            loop.call_soon_threadsafe(news.put_nowait, stage)

    async def keep_showing() -> None:
        await asyncio.sleep(patience)
        async for stage in _changes(news):
            async with showing:
                await show(stage)
            await asyncio.sleep(pause)

    task = asyncio.create_task(keep_showing())
    try:
        yield tell
    finally:
        with contextlib.suppress(TimeoutError):  # what is on its way must not overtake the answer
            await asyncio.wait_for(showing.acquire(), LAST)
        task.cancel()
        (ended,) = await asyncio.gather(task, return_exceptions=True)
        if isinstance(ended, PASSING):
            log.warning("A stage could not be shown (%s).", passing_reason(ended))


async def _changes(news: "asyncio.Queue[Stage]") -> AsyncIterator[Stage]:
    """The newest stage, whenever it is another one than the last."""
    last: Stage | None = None
    while True:
        stage = await news.get()
        while not news.empty():
            stage = news.get_nowait()
        if stage != last:
            last = stage
            yield stage


def _nobody(stage: Stage) -> None:
    del stage

"""The bot's command as an operator starts it: a process of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bot.wire.news import News
from tests.bot.wire.server import TOKEN, Discord

ROOT = Path(__file__).parents[3]
# what a log holds only when something was not thought of
UNTIDY = ("Traceback", "never retrieved", "never awaited", "Unclosed", "Exception ignored")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a process ended."""

    code: int | None
    output: str
    errors: str


@dataclass
class Running:
    """A process under way.

    Attributes:
        log: what it has written so far.
    """

    process: asyncio.subprocess.Process
    news: News
    log: str = ""

    def __post_init__(self) -> None:
        self._ending = asyncio.create_task(self._end())

    def signal(self, number: int = signal.SIGTERM) -> None:
        """Sends a signal."""
        self.process.send_signal(number)

    async def ended(self, seconds: float = 30.0) -> Ended:
        """How it ends by itself.

        Raises:
            TimeoutError: when it does not.
        """
        return await asyncio.wait_for(asyncio.shield(self._ending), seconds)

    async def stop(self) -> Ended:
        """How it ends when it is asked to."""
        self.signal()
        return await self.ended()

    async def kill(self) -> Ended:
        """Ends it, if need be by force."""
        if self.process.returncode is None:
            self.process.kill()
        return await self._ending

    async def _end(self) -> Ended:
        assert self.process.stdout is not None
        output, _ = await asyncio.gather(self.process.stdout.read(), self._read_log())
        await self.process.wait()
        return Ended(code=self.process.returncode, output=output.decode(), errors=self.log)

    async def _read_log(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.log += line.decode()
            self.news.tell()


@asynccontextmanager
async def command(
    discord: Discord, data_dir: Path, *arguments: str, **environment: str
) -> AsyncIterator[Running]:
    """`python -m bot` with these arguments; nothing of it is left afterwards.

    Whatever it was asked to do, its log must be tidy and hold no token and nobody's words.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.launch",
        *arguments,
        cwd=ROOT,
        env={
            **os.environ,
            "DISCORD_ON_LOOPBACK": discord.url,
            "DISCORD_TOKEN": TOKEN,
            "CAVEAT_DATA_DIR": str(data_dir),
            **environment,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    running = Running(process, discord.news)
    try:
        yield running
    except BaseException as error:
        error.add_note((await running.kill()).errors)
        raise
    ended = await running.kill()
    written = ended.output + ended.errors
    secrets = (environment.get("DISCORD_TOKEN") or TOKEN, *filter(None, discord.world.said))
    assert [word for word in (*UNTIDY, *secrets) if word in written] == []
    assert discord.rest.gaps == []


@asynccontextmanager
async def bot(discord: Discord, data_dir: Path, **environment: str) -> AsyncIterator[Running]:
    """`python -m bot run`, connected."""
    async with command(discord, data_dir, "run", **environment) as running:
        await discord.until_ready()
        yield running

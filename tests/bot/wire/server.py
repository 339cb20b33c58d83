"""A Discord on loopback: a simulated world behind the real REST API and gateway."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from simcord.backend.models import Interaction, Message

from tests.bot.wire.faults import Fault
from tests.bot.wire.gateway import Gateway
from tests.bot.wire.news import News
from tests.bot.wire.rest import CALLBACK, Rest
from tests.bot.wire.world import World

TOKEN = "g00d.secret.t0ken"  # noqa: S105 - of no bot


@dataclass
class Discord:
    """All of it.

    Attributes:
        url: where a bot finds it.
    """

    world: World = field(default_factory=World)
    news: News = field(default_factory=News)
    url: str = ""

    def __post_init__(self) -> None:
        self.rest = Rest(self.world.backend, self.news, TOKEN)
        self.gateway = Gateway(self.world.backend, self.news, TOKEN)

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Returns as soon as the condition holds.

        Raises:
            TimeoutError: when it does not hold in time.
        """
        await self.news.until(condition, seconds)

    async def until_ready(self) -> None:
        """Returns when the bot is connected."""
        await self.until(lambda: self.gateway.ready, 30)

    async def answer(self, record: Interaction, seconds: float = 20.0) -> dict[str, Any]:
        """What the bot shows for an interaction, in Discord's own form."""
        await self.until(lambda: self.world.message(record), seconds)
        message = self.world.message(record)
        assert message is not None
        return shown(message)

    async def reply(self, asked: Message, seconds: float = 20.0) -> dict[str, Any]:
        """The same for a message that was written to the bot, of which it may speak once."""
        await self.until(lambda: self.world.replies(asked), seconds)
        (message,) = self.world.replies(asked)
        return shown(message)

    def fail(
        self,
        method: str,
        path: str,
        answer: Callable[[], web.Response],
        *,
        times: int = 1,
        done: bool = False,
    ) -> Fault:
        """Lets the next requests go wrong; the fault, which counts them."""
        fault = Fault(method, path, answer, times=times, done=done)
        self.rest.faults.append(fault)
        return fault

    def statuses(self, record: Interaction) -> list[int]:
        """How each request for an interaction was answered."""
        return [each.status for each in self.rest.exchanges if record.token in each.path]

    def acknowledgements(self) -> dict[int, float]:
        """Seconds from an interaction to its first response, by the interaction's id."""
        taken: dict[int, float] = {}
        for exchange in self.rest.sent("POST", CALLBACK):
            identifier = int(exchange.path.split("/")[2])
            taken.setdefault(identifier, exchange.at - self.world.asked_at[identifier])
        return taken


def shown(message: Message) -> dict[str, Any]:
    """What people see of a message."""
    return {
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "flags": message.flags,
    }


def text_of(seen: dict[str, Any]) -> str:
    """Everything that a message holds, as text in which words can be looked for."""
    return json.dumps(seen, ensure_ascii=False)


@asynccontextmanager
async def serving() -> AsyncIterator[Discord]:
    """A Discord on a free port of loopback."""
    discord = Discord()
    app = web.Application()
    app.router.add_get("/gateway/", discord.gateway.serve)
    app.router.add_get("/gateway", discord.gateway.serve)
    app.router.add_route("*", "/{path:.*}", discord.rest.answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    discord.gateway.url = discord.url.replace("http", "ws") + "/gateway"
    try:
        yield discord
    finally:
        discord.gateway.drop()
        await runner.cleanup()

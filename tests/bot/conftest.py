"""A bot in a simulated Discord, with a small answerer and a real `bot.db`."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import simcord

from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Answering, Gate, Limits
from bot.state import Records, open_records
from tests.fakes import WordOverlapAnswerer


@dataclass(frozen=True, kw_only=True)
class World:
    """A simulated Discord with a person in a channel that the bot sees."""

    env: simcord.Env
    bot: CaveatBot
    person: simcord.MemberActor
    channel: simcord.ChannelHandle
    records: Records


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = open_records(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
async def make_bot(records: Records) -> AsyncIterator[Callable[..., CaveatBot]]:
    gates: list[Gate] = []

    def make(answering: Answering | None = None, limits: Limits | None = None) -> CaveatBot:
        gate = Gate(answering or WordOverlapAnswerer(), limits)
        gates.append(gate)
        return CaveatBot(Services(gate=gate, records=records), STORIES)

    yield make
    for gate in gates:
        gate.close()


@asynccontextmanager
async def world_of(bot: CaveatBot) -> AsyncIterator[World]:
    async with simcord.run(bot) as env:
        await bot.tree.sync()
        guild = env.create_guild()
        yield World(
            env=env,
            bot=bot,
            person=guild.add_member(env.create_user("ada")),
            channel=guild.create_text_channel("general"),
            records=bot.services.records,
        )


"""A bot with a small answerer and a real `bot.db`."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Answering, Gate, Limits
from bot.state import Records, open_records
from tests.bot.world import MakeBot
from tests.fakes import WordOverlapAnswerer


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = open_records(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
async def make_bot(records: Records) -> AsyncIterator[MakeBot]:
    gates: list[Gate] = []

    def make(answering: Answering | None = None, limits: Limits | None = None) -> CaveatBot:
        gate = Gate(answering or WordOverlapAnswerer(), limits)
        gates.append(gate)
        return CaveatBot(Services(gate=gate, records=records), STORIES)

    yield make
    for gate in gates:
        gate.close()

"""A Discord on loopback: one for each test, or one with a bot for the tests of a module."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.bot.wire.process import bot
from tests.bot.wire.server import Discord, serving

ANSWER_SECONDS = "0.2"


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    async with serving() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def connected(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Discord]:
    """With a bot that every test of the module leaves as it found it."""
    data_dir = tmp_path_factory.mktemp("data")
    async with serving() as served, bot(served, data_dir, ANSWER_SECONDS=ANSWER_SECONDS):
        yield served

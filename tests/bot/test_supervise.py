import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice

import discord
import pytest
from sqlalchemy import text

from bot.client import CaveatBot
from bot.faults import IntentsRefusedError, ShardingRequiredError, TokenRefusedError
from bot.logs import Terse
from bot.settings import BotSettings
from bot.state import NewFeedback, State, open_state
from bot.supervise import forget_hourly, keep_connected, pauses
from tests.bot.world import MakeBot
from tests.fakes import WordOverlapAnswerer


class Closure(discord.ConnectionClosed):
    """Discord closed the connection with a code."""

    def __init__(self, code: int) -> None:
        Exception.__init__(self, f"closed with {code}")
        self.code = code
        self.reason = ""
        self.shard_id = None


def client_that(bot: CaveatBot, outcome: Callable[[CaveatBot], None]) -> CaveatBot:
    """The bot with another way to start: `outcome` raises, or returns for a normal end."""

    async def start(_token: str, *, reconnect: bool = True) -> None:
        del reconnect
        outcome(bot)

    bot.start = start  # type: ignore[method-assign, assignment]
    return bot


async def tries(make_bot: MakeBot, *errors: Exception | None) -> list[float]:
    """The pauses between tries that end with these errors, None for a normal end."""
    slept: list[float] = []
    left = list(errors)

    def end(_bot: CaveatBot) -> None:
        error = left.pop(0)
        if error is not None:
            raise error

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    await keep_connected(lambda: client_that(make_bot(), end), "token", sleep=sleep)
    return slept


async def test_the_network_is_tried_again_with_growing_pauses(make_bot: MakeBot) -> None:
    faults = [OSError("down"), TimeoutError(), Closure(1006), discord.GatewayNotFound()]  # type: ignore[no-untyped-call]
    slept = await tries(make_bot, *faults, None)
    assert len(slept) == 4
    assert slept == sorted(slept)


async def test_the_defect_of_a_first_connection_is_tried_again(make_bot: MakeBot) -> None:
    assert len(await tries(make_bot, AttributeError("'NoneType' object has no"), None)) == 1


async def test_a_defect_of_ours_is_not_tried_again(make_bot: MakeBot) -> None:
    with pytest.raises(KeyError):
        await tries(make_bot, KeyError("ours"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (discord.LoginFailure("bad"), TokenRefusedError),
        (Closure(4004), TokenRefusedError),
        (discord.PrivilegedIntentsRequired(None), IntentsRefusedError),
        (Closure(4013), IntentsRefusedError),
        (Closure(4011), ShardingRequiredError),
    ],
)
async def test_what_no_retry_mends_ends_at_once(
    make_bot: MakeBot, error: Exception, told: type[Exception]
) -> None:
    with pytest.raises(told) as caught:
        await tries(make_bot, error)
    assert len(str(caught.value).splitlines()) == 1
    assert told.exit_code == 2  # type: ignore[attr-defined]


def test_pauses_double_up_to_a_minute() -> None:
    found = list(islice(pauses(), 12))
    assert 0.75 <= found[0] <= 1
    assert all(45 <= pause <= 60 for pause in found[7:])


async def test_old_evidence_is_forgotten_at_start_and_hourly(state: State) -> None:
    state.records.keep(WordOverlapAnswerer().answer("why"))
    hours: list[float] = []

    async def sleep(seconds: float) -> None:
        hours.append(seconds)
        if len(hours) == 2:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await forget_hourly(state, sleep=sleep)
    assert hours == [3600, 3600]


async def test_old_rows_of_every_store_are_forgotten_hourly(settings: BotSettings) -> None:
    then = datetime(2025, 1, 1, tzinfo=UTC)
    old = open_state(settings, lambda: then)
    old.records.keep(WordOverlapAnswerer().answer("why"))
    old.uses.count("user", "p", timedelta(minutes=1))
    old.refusals.refused("1:p")
    old.feedback.add(NewFeedback(answer_id="a", guild_id=None, person="p", verdict="down"))
    old.close()
    state = open_state(settings)

    async def sleep(_seconds: float) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await forget_hourly(state, sleep=sleep)
    with state.engine.connect() as connection:
        for table in ("answers", "uses", "refusals", "feedback"):
            count = text(f"SELECT count(*) FROM {table}")  # noqa: S608 - one of four names
            assert connection.execute(count).scalar() == 0
    state.close()


def test_a_passing_fault_in_discord_is_logged_without_its_trace() -> None:
    info = (OSError, OSError("no route"), None)
    record = logging.LogRecord(
        "discord.client", logging.ERROR, "x", 1, "Attempting a reconnect in %.2fs", (1.5,), info
    )
    assert Terse().filter(record)
    assert record.getMessage() == "Attempting a reconnect in 1.50s (OSError no route)"
    assert record.exc_info is None


def fail(words: str) -> None:
    raise ValueError(words)


def test_a_defect_in_discord_is_logged_with_its_places_and_without_its_words() -> None:
    words = "What was asked?"
    with pytest.raises(ValueError, match=r"asked\?") as caught:
        fail(words)
    info = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord(
        "discord.client", logging.ERROR, "x", 1, "Ignoring exception in %s", ("on_message",), info
    )
    assert Terse().filter(record)
    assert record.getMessage().startswith("Ignoring exception in on_message (ValueError)\n")
    assert "test_supervise.py" in record.getMessage()
    assert words not in record.getMessage()

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.asking.limits import MOST_WAITING, Admitted, Asker, Limiter, Refused
from bot.state import GuildSettings, State, open_state
from bot.words import words_for
from tests.bot.state.conftest import TurnedClock
from tests.bot.world import settings_in

HERE, THERE = 1, 2
EXEMPT = 77


@dataclass
class Turning:
    """Sleeps until a test turns the clock, by just as long as was slept for."""

    clock: TurnedClock
    slept: list[float] = field(default_factory=list)
    turned: asyncio.Event = field(default_factory=asyncio.Event)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.turned.wait()
        self.turned.clear()
        self.clock.turn(seconds=seconds)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def open_again(tmp_path: Path, clock: TurnedClock) -> Iterator[Callable[[], State]]:
    opened: list[State] = []

    def open_one() -> State:
        opened.append(open_state(settings_in(tmp_path), clock))
        return opened[-1]

    yield open_one
    for state in opened:
        state.close()


@pytest.fixture
def state(open_again: Callable[[], State]) -> State:
    return open_again()


@pytest.fixture
def turning(clock: TurnedClock) -> Turning:
    return Turning(clock)


@pytest.fixture
def limiter(state: State, clock: TurnedClock, turning: Turning) -> Iterator[Limiter]:
    made = Limiter(state, now=clock, sleep=turning.sleep)
    yield made
    made.close()


def asker(person: int = 1, guild: int | None = HERE, channel: int = 5, *roles: int) -> Asker:
    return Asker(person=person, guild_id=guild, channel_id=channel, roles=frozenset(roles))


def choose(state: State, **limits: int) -> None:
    chosen = GuildSettings(exempt_roles=frozenset({EXEMPT}), **limits)  # type: ignore[arg-type]
    state.guilds.write(HERE, chosen)


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0.01)


async def test_a_burst_waits_for_the_next_minute_and_is_let_in_by_order_of_arrival(
    limiter: Limiter, state: State, turning: Turning, clock: TurnedClock
) -> None:
    choose(state, per_channel_minute=2)
    clock.turn(seconds=15)
    order: list[int] = []

    async def ask(person: int) -> None:
        assert isinstance(await limiter.admit(asker(person)), Admitted)
        order.append(person)

    asked = [asyncio.create_task(ask(person)) for person in range(4)]
    await settled()
    assert order == [0, 1]
    assert turning.slept == [45]
    turning.turned.set()
    await asyncio.gather(*asked)
    assert order == [0, 1, 2, 3]


async def test_who_comes_later_does_not_overtake_those_who_wait(
    limiter: Limiter, state: State, turning: Turning, clock: TurnedClock
) -> None:
    choose(state, per_channel_minute=1)
    clock.turn(seconds=50)
    await limiter.admit(asker(1))
    waits = asyncio.create_task(limiter.admit(asker(2)))
    await settled()
    clock.turn(seconds=10)  # the window has turned, and nobody was let in yet
    late = asyncio.create_task(limiter.admit(asker(3)))
    await settled()
    assert not late.done()
    assert isinstance(await limiter.admit(asker(4, HERE, 6)), Admitted)  # another channel
    turning.turned.set()
    assert isinstance(await waits, Admitted)
    await settled()
    assert not late.done()
    turning.turned.set()
    assert isinstance(await late, Admitted)


async def test_a_wait_beyond_the_next_window_is_refused_at_once_with_its_time(
    limiter: Limiter, state: State, clock: TurnedClock
) -> None:
    choose(state, per_user_minute=1)
    assert isinstance(await limiter.admit(asker()), Admitted)
    waits = asyncio.create_task(limiter.admit(asker()))
    await settled()
    refused = await limiter.admit(asker())
    begin = int(clock().timestamp())
    assert refused == Refused(reason="user-minute", most=1, until=begin + 120)
    for language in ("en", "de"):
        assert f"<t:{begin + 120}:R>" in refused.words(words_for(language))
    waits.cancel()


async def test_so_many_may_wait_for_one_person_and_for_all(limiter: Limiter, state: State) -> None:
    choose(state, per_user_minute=10, per_channel_minute=60)
    for _ in range(10):
        assert isinstance(await limiter.admit(asker()), Admitted)
    waiting = [asyncio.create_task(limiter.admit(asker())) for _ in range(3)]
    await settled()
    assert isinstance(await limiter.admit(asker()), Refused)
    for person in range(10, 60):
        await limiter.admit(asker(person, HERE))
    waiting += [
        asyncio.create_task(limiter.admit(asker(person)))
        for person in range(100, 97 + MOST_WAITING)
    ]
    await settled()
    assert sum(not each.done() for each in waiting) == MOST_WAITING
    assert isinstance(await limiter.admit(asker(999)), Refused)
    for each in waiting:
        each.cancel()


async def test_the_day_is_refused_until_midnight_and_survives_a_restart(
    limiter: Limiter, state: State, clock: TurnedClock, open_again: Callable[[], State]
) -> None:
    choose(state, per_user_day=2)
    for _ in range(2):
        assert isinstance(await limiter.admit(asker()), Admitted)
    again = Limiter(open_again(), now=clock)
    refused = await again.admit(asker())
    midnight = int(clock().timestamp()) + 12 * 3600
    assert refused == Refused(reason="user-day", most=2, until=midnight)
    assert isinstance(await again.admit(asker(2)), Admitted)
    clock.turn(hours=12)
    assert isinstance(await again.admit(asker()), Admitted)


async def test_what_is_refused_or_waits_costs_nothing(
    limiter: Limiter, state: State, clock: TurnedClock
) -> None:
    choose(state, per_user_minute=1, per_user_day=3)
    await limiter.admit(asker())
    waits = asyncio.create_task(limiter.admit(asker()))
    await settled()
    for _ in range(5):
        assert isinstance(await limiter.admit(asker()), Refused)
    waits.cancel()
    await settled()
    for _ in range(2):
        clock.turn(seconds=60)
        assert isinstance(await limiter.admit(asker()), Admitted)
    clock.turn(seconds=60)
    assert getattr(await limiter.admit(asker()), "reason", "") == "user-day"


async def test_an_exempt_role_skips_all_limits_but_the_servers_day(
    limiter: Limiter, state: State
) -> None:
    choose(state, per_user_minute=1, per_user_day=1, per_channel_minute=1, per_guild_day=4)
    await limiter.admit(asker(2))
    for _ in range(3):
        assert isinstance(await limiter.admit(asker(1, HERE, 5, EXEMPT)), Admitted)
    refused = await limiter.admit(asker(1, HERE, 5, EXEMPT))
    assert isinstance(refused, Refused)
    assert refused.reason == "guild-day"
    assert "4" in refused.words(words_for("en"))


async def test_servers_and_direct_messages_are_counted_apart(
    limiter: Limiter, state: State
) -> None:
    choose(state, per_user_day=1, per_guild_day=1)
    assert isinstance(await limiter.admit(asker()), Admitted)
    assert isinstance(await limiter.admit(asker()), Refused)
    assert isinstance(await limiter.admit(asker(1, THERE, 6)), Admitted)
    for _ in range(GuildSettings().per_user_minute):
        assert isinstance(await limiter.admit(asker(1, None, 7)), Admitted)


async def test_with_the_database_down_it_is_counted_in_memory_and_logged_once(
    limiter: Limiter, state: State, clock: TurnedClock, caplog: pytest.LogCaptureFixture
) -> None:
    with state.engine.begin() as connection:
        connection.execute(text("ALTER TABLE uses RENAME TO lost"))
        connection.execute(text("DROP TABLE guild_settings"))
    for _ in range(GuildSettings().per_user_minute):
        clock.turn(seconds=1)
        assert isinstance(await limiter.admit(asker(12345)), Admitted)
    waits = asyncio.create_task(limiter.admit(asker(12345)))
    await settled()
    assert not waits.done()
    waits.cancel()
    clock.turn(seconds=60)
    await limiter.admit(asker(12345))
    (line,) = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert "in memory" in line.getMessage()
    assert "12345" not in caplog.text
    with state.engine.begin() as connection:
        connection.execute(text("ALTER TABLE lost RENAME TO uses"))
        connection.execute(
            text("CREATE TABLE guild_settings (guild_id BIGINT PRIMARY KEY, settings JSON)")
        )
    clock.turn(seconds=60)
    await limiter.admit(asker(12345))
    with state.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM uses")).scalar() == 4


async def test_who_waits_is_told_when_the_bot_closes(limiter: Limiter, state: State) -> None:
    choose(state, per_user_minute=1)
    await limiter.admit(asker())
    waits = asyncio.create_task(limiter.admit(asker()))
    await settled()
    limiter.close()
    refused = await waits
    assert refused == await limiter.admit(asker()) == Refused(reason="closing")
    assert await limiter.admit(asker(2)) == Admitted()  # the gate turns away who comes too late
    assert refused.words(words_for("en")) == words_for("en")("error.ClosingError")


async def test_fifty_people_at_once_are_let_in_in_order_without_a_wait(limiter: Limiter) -> None:
    order: list[int] = []

    async def ask(person: int) -> None:
        assert isinstance(await limiter.admit(asker(person)), Admitted)
        order.append(person)

    await asyncio.gather(*(ask(person) for person in range(50)))
    assert order == list(range(50))


@pytest.mark.parametrize("place", [HERE, None])
async def test_who_floods_waits_longer_each_time_in_direct_messages_too(
    limiter: Limiter, clock: TurnedClock, place: int | None
) -> None:
    for _ in range(GuildSettings().per_user_minute):
        assert isinstance(await limiter.admit(asker(1, place)), Admitted)
    waiting = [asyncio.create_task(limiter.admit(asker(1, place))) for _ in range(3)]
    await settled()
    untils, reasons = [], []
    for _ in range(9):
        refused = await limiter.admit(asker(1, place))
        assert isinstance(refused, Refused)
        untils.append(refused.until - int(clock().timestamp()))
        reasons.append(refused.reason)
    assert reasons[0] == "user-minute"
    assert reasons[-1] == "back-off"
    assert untils == sorted(untils)
    assert untils[-1] == 8 * 60
    clock.turn(seconds=120)
    assert isinstance(await limiter.admit(asker(1, place)), Refused)
    assert isinstance(await limiter.admit(asker(2, place, 6)), Admitted)
    for each in waiting:
        each.cancel()
    await settled()
    clock.turn(hours=2)
    assert isinstance(await limiter.admit(asker(1, place, 6)), Admitted)

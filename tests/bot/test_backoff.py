"""Who is refused again and again waits, and is told so once."""

from collections.abc import Iterator

import pytest

from bot.asking import backoff as backoff_module
from bot.asking.backoff import Told
from bot.asking.limits import Admitted, Asker, Limiter, Refused
from bot.settings import BotSettings
from bot.state import State, open_state
from bot.state.refusals import FREE
from tests.bot.state.conftest import TurnedClock
from tests.bot.test_limits import HERE, asker, choose


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def state(settings: BotSettings, clock: TurnedClock) -> Iterator[State]:
    opened = open_state(settings, clock)
    yield opened
    opened.close()


@pytest.fixture
def limiter(state: State, clock: TurnedClock) -> Iterator[Limiter]:
    made = Limiter(state, now=clock)
    yield made
    made.close()


def test_a_notice_is_given_once_as_long_as_it_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff_module, "MOST_REMEMBERED", 2)
    clock = TurnedClock()
    told = Told(clock)
    soon = int(clock().timestamp()) + 60
    assert [told.again("a", soon), told.again("a", soon), told.again("b", soon)] == [0, 1, 0]
    assert told.again("a", soon + 60)
    clock.turn(seconds=61)
    assert (told.holds("a"), told.holds("b")) == (True, False)
    told.again("c", soon + 60)
    told.again("d", soon + 60)
    assert not told.holds("a")


async def test_a_restart_ends_no_wait_of_who_floods(
    limiter: Limiter, state: State, clock: TurnedClock, settings: BotSettings
) -> None:
    choose(state, per_user_day=1)
    await limiter.admit(asker())
    refused = [await limiter.admit(asker()) for _ in range(FREE)]
    assert {getattr(each, "reason", None) for each in refused} == {"user-day"}
    key = f"{HERE}:{state.pseudonyms.of(1)}"
    for _ in range(5):
        state.refusals.refused(key)
    reopened = open_state(settings, clock)
    again = Limiter(reopened, now=clock)
    refusal = await again.admit(asker())
    assert refusal == Refused(
        reason="back-off", until=int(clock().timestamp()) + 32 * 60, told=False
    )
    assert await told(again, asker()) is True
    reopened.close()


async def test_a_refusal_is_told_once_as_long_as_it_holds(
    limiter: Limiter, state: State, clock: TurnedClock
) -> None:
    choose(state, per_guild_day=1)
    await limiter.admit(asker(1))
    assert [await told(limiter, asker(person)) for person in (1, 1, 2, 1)] == [0, 1, 0, 1]
    assert not limiter.was_sent_away(asker(1))
    clock.turn(hours=1)
    assert await told(limiter, asker(1)) is False
    clock.turn(hours=11)
    assert isinstance(await limiter.admit(asker(1)), Admitted)


async def told(limiter: Limiter, who: Asker) -> bool:
    refused = await limiter.admit(who)
    assert isinstance(refused, Refused)
    return refused.told

"""Who is refused again and again waits longer each time, also after a restart."""

import pytest
from sqlalchemy import func, select

from bot.state import MemoryRefusals, RefusalStore, State
from bot.state import refusals as refusals_module
from bot.state.refusals import CALM, FREE
from bot.state.schema import refusals
from tests.bot.state.conftest import OpenState, TurnedClock

Refusals = MemoryRefusals | RefusalStore


@pytest.fixture(params=["memory", "stored"])
def opened(request: pytest.FixtureRequest, state: State, clock: TurnedClock) -> Refusals:
    return state.refusals if request.param == "stored" else MemoryRefusals(clock)


def wait(counting: Refusals, clock: TurnedClock) -> int:
    until = counting.refused("1:p")
    return 0 if until is None else until - int(clock().timestamp())


def test_each_refusal_doubles_the_wait_up_to_an_hour_and_calm_forgives(
    opened: Refusals, clock: TurnedClock
) -> None:
    assert [wait(opened, clock) for _ in range(FREE)] == [0] * FREE
    minutes = [wait(opened, clock) // 60 for _ in range(9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert opened.until("1:p") is not None
    assert opened.until("1:q") is None
    clock.turn(hours=1)
    assert opened.until("1:p") is None
    clock.turn(seconds=CALM.total_seconds() * 5)
    assert wait(opened, clock) // 60 == 4
    clock.turn(hours=4)
    assert wait(opened, clock) == 0


def test_only_so_many_people_are_kept(
    opened: Refusals, state: State, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals_module, "MOST_KEPT", 3)
    for person in range(10):
        clock.turn(seconds=1)
        for _ in range(FREE + 1):
            opened.refused(str(person))
    assert [each for each in range(10) if opened.until(str(each))] == [7, 8, 9]
    assert stored(state) in {0, 3}


def test_a_restart_shortens_no_wait(open_again: OpenState, clock: TurnedClock) -> None:
    before = open_again()
    for _ in range(FREE + 3):
        before.refusals.refused("1:p")
    waits = before.refusals.until("1:p")
    before.close()
    after = open_again()
    assert after.refusals.until("1:p") == waits == int(clock().timestamp()) + 4 * 60
    assert wait(after.refusals, clock) == 8 * 60


def test_what_is_forgiven_is_deleted_three_hours_after_the_last_refusal(
    state: State, clock: TurnedClock
) -> None:
    for _ in range(50):
        state.refusals.refused("1:p")
    clock.turn(hours=2, minutes=59)
    assert state.refusals.forget_old() == 0
    clock.turn(minutes=1)
    state.forget_old()
    assert stored(state) == 0
    state.refusals.refused("1:q")
    clock.turn(hours=3)
    state.refusals.refused("1:r")  # the next one that is kept drops it, too
    assert stored(state) == 1


def test_what_belongs_to_a_server_goes_with_it(state: State) -> None:
    for key in ("1:p", "11:p", "dm:p"):
        state.refusals.refused(key)
    state.purge(1)
    assert stored(state) == 2


def stored(state: State) -> int:
    with state.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(refusals)).scalar_one()

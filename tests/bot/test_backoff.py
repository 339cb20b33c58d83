import pytest

from bot.asking import backoff as backoff_module
from bot.asking.backoff import CALM, FREE, Backoff
from tests.bot.state.conftest import TurnedClock


def wait(backoff: Backoff, clock: TurnedClock) -> int:
    until = backoff.refused("p")
    return 0 if until is None else until - int(clock().timestamp())


def test_each_refusal_doubles_the_wait_up_to_an_hour_and_calm_forgives() -> None:
    clock = TurnedClock()
    backoff = Backoff(clock)
    assert [wait(backoff, clock) for _ in range(FREE)] == [0] * FREE
    minutes = [wait(backoff, clock) // 60 for _ in range(9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert backoff.until("p") is not None
    assert backoff.until("q") is None
    clock.turn(hours=1)
    assert backoff.until("p") is None
    clock.turn(seconds=CALM.total_seconds() * 5)
    assert wait(backoff, clock) // 60 == 4
    clock.turn(hours=4)
    assert wait(backoff, clock) == 0


def test_only_so_many_people_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff_module, "MOST_REMEMBERED", 3)
    backoff = Backoff(TurnedClock())
    for person in range(10):
        backoff.refused(str(person))
    assert len(vars(backoff)["_past"]) == 3

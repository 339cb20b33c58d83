import pytest

from bot.asking import backoff as backoff_module
from bot.asking.backoff import Told
from tests.bot.state.conftest import TurnedClock


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

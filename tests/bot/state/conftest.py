"""The state in each database that it may lie in, with a clock that tests can turn."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import BotSettings
from bot.state import State, open_state
from tests.bot.world import settings_in
from tests.postgres import fresh_database


@dataclass
class TurnedClock:
    """A clock that stands until a test turns it."""

    now: datetime = field(default=datetime(2026, 11, 23, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        """Turns the clock by days, hours, seconds."""
        self.now += timedelta(**by)


OpenState = Callable[[], State]


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> BotSettings:
    """Settings that lead to an empty database of each kind."""
    if request.param == "sqlite":
        return settings_in(tmp_path)
    socket = request.getfixturevalue("postgres")
    address = fresh_database(socket, f"test_{uuid.uuid4().hex[:12]}")
    return settings_in(tmp_path, DATABASE_URL=address)


@pytest.fixture
def clock() -> TurnedClock:
    """The clock of `open_again` and `state`."""
    return TurnedClock()


@pytest.fixture
def open_again(settings: BotSettings, clock: TurnedClock) -> Iterator[OpenState]:
    """Opens the same database as another process or a restart would."""
    opened: list[State] = []

    def open_one() -> State:
        opened.append(open_state(settings, clock))
        return opened[-1]

    yield open_one
    for state in opened:
        state.close()


@pytest.fixture
def state(open_again: OpenState) -> State:
    """The state in an empty database."""
    return open_again()

"""Counts uses in windows of time, for limits that hold across restarts and processes."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete

from bot.state.schema import uses
from bot.state.writing import Clock, upsert, utc_now

MOST_IN_MEMORY = 10_000  # windows, of some hundred bytes each


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """How often something was used in the window that is running.

    Attributes:
        count: this use included.
        seconds_left: until the next window begins, at least 1.
    """

    count: int
    seconds_left: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """One use, if there are not that many in its window already.

    Attributes:
        scope: what is limited, such as "user".
        key: who uses it: a pseudonym, or the id of a channel or guild.
        window: whole seconds; windows of several lengths are counted apart.
        most: uses in a window, where they are limited.
    """

    scope: str
    key: str
    window: timedelta
    most: int = 0

    def began(self, now: int) -> int:
        """When the window that is running began, in seconds since 1970."""
        return now - now % self._seconds

    def ends(self, now: int) -> int:
        """When the next window begins, in seconds since 1970."""
        return self.began(now) + self._seconds

    def row(self, now: int) -> dict[str, Any]:
        """The row of the first use in its window."""
        return {
            "scope": self.scope,
            "key": self.key,
            "seconds": self._seconds,
            "began": self.began(now),
            "ends": self.ends(now),
            "count": 1,
        }

    @property
    def _seconds(self) -> int:
        return int(self.window.total_seconds())


@dataclass(frozen=True, kw_only=True, slots=True)
class Full:
    """A demand that its window has no more room for.

    Attributes:
        until: when the next window begins, in seconds since 1970.
    """

    demand: Demand
    until: int


class UseStore:
    """Counts in fixed windows: they begin at multiples of their length since 1970, in UTC."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def count(self, scope: str, key: str, window: timedelta) -> Use:
        """Counts one use.

        Args:
            scope: what is limited, such as "user".
            key: who uses it: a pseudonym, or the id of a channel or guild.
            window: whole seconds; windows of several lengths are counted apart.
        """
        now = int(self._now().timestamp())
        demand = Demand(scope=scope, key=key, window=window)
        with self._engine.begin() as connection:
            count = _counted(connection, demand, now)
        return Use(count=count, seconds_left=demand.ends(now) - now)

    def take(self, demands: Sequence[Demand]) -> Full | None:
        """Counts one use for every demand, or for none: then it is the first that is full."""
        now = int(self._now().timestamp())
        with self._engine.connect() as connection, connection.begin() as taking:
            for demand in demands:
                if _counted(connection, demand, now) > demand.most:
                    taking.rollback()
                    return Full(demand=demand, until=demand.ends(now))
        return None

    def forget_old(self) -> int:
        """Deletes windows that have ended; how many they were."""
        now = int(self._now().timestamp())
        with self._engine.begin() as connection:
            return connection.execute(delete(uses).where(uses.c.ends <= now)).rowcount


class MemoryUses:
    """Counts as `UseStore.take` does, in this process only; the oldest windows are forgotten."""

    def __init__(self, now: Clock = utc_now) -> None:
        self._now = now
        self._counts: OrderedDict[tuple[str, str, timedelta, int], int] = OrderedDict()

    def take(self, demands: Sequence[Demand]) -> Full | None:
        """Counts one use for every demand, or for none: then it is the first that is full."""
        now = int(self._now().timestamp())
        keys = [(each.scope, each.key, each.window, each.began(now)) for each in demands]
        for key, demand in zip(keys, demands, strict=True):
            if self._counts.get(key, 0) >= demand.most:
                return Full(demand=demand, until=demand.ends(now))
        for key in keys:
            self._counts[key] = self._counts.get(key, 0) + 1
            self._counts.move_to_end(key)
        while len(self._counts) > MOST_IN_MEMORY:
            self._counts.popitem(last=False)
        return None


def _counted(connection: Connection, demand: Demand, now: int) -> int:
    """How many uses of the window there are with this one."""
    counting = upsert(
        connection,
        uses,
        demand.row(now),
        keys=["scope", "key", "seconds", "began"],
        change={"count": uses.c.count + 1},
    ).returning(uses.c.count)
    count: int = connection.execute(counting).scalar_one()
    return count

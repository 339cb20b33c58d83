"""Counts uses in windows of time, for limits that hold across restarts and processes."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, delete

from bot.state.schema import uses
from bot.state.writing import Clock, upsert, utc_now


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """How often something was used in the window that is running.

    Attributes:
        count: this use included.
        seconds_left: until the next window begins, at least 1.
    """

    count: int
    seconds_left: int


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
        now, seconds = int(self._now().timestamp()), int(window.total_seconds())
        began = now - now % seconds
        row = {
            "scope": scope,
            "key": key,
            "seconds": seconds,
            "began": began,
            "ends": began + seconds,
            "count": 1,
        }
        with self._engine.begin() as connection:
            counting = upsert(
                connection,
                uses,
                row,
                keys=["scope", "key", "seconds", "began"],
                change={"count": uses.c.count + 1},
            ).returning(uses.c.count)
            count = connection.execute(counting).scalar_one()
        return Use(count=count, seconds_left=began + seconds - now)

    def forget_old(self) -> int:
        """Deletes windows that have ended; how many they were."""
        now = int(self._now().timestamp())
        with self._engine.begin() as connection:
            return connection.execute(delete(uses).where(uses.c.ends <= now)).rowcount

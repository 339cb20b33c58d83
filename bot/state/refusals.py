"""Lets who is refused again and again wait longer each time, also after a restart.

What is kept of it ends with the last wait, and the calm after it: three hours after the last
refusal at most, and is deleted within the next.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Engine, delete, func, select

from bot.state.schema import refusals
from bot.state.writing import Clock, upsert, utc_now

FREE = 5  # refusals that cost nothing: people try again
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
CALM = timedelta(minutes=10)  # without a refusal, after which one is forgiven
MOST_COUNTED = FREE + 7  # beyond the longest wait nothing is added
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Past:
    """How often somebody was refused, when last, and until when they wait for it.

    Both times are in seconds since 1970.
    """

    count: int
    last: int
    until: int

    def again(self, now: int) -> "Past":
        """The same with one more refusal."""
        calm = max(now - max(self.last, self.until), 0)
        count = max(self.count - calm // int(CALM.total_seconds()), 0) + 1
        wait = timedelta()
        if count > FREE:
            wait = min(FIRST * 2 ** (min(count, MOST_COUNTED) - FREE - 1), LONGEST)
        return Past(min(count, MOST_COUNTED), now, now + int(wait.total_seconds()))

    def waits(self, now: int) -> int | None:
        """Until when somebody has to wait; None when they need not."""
        return self.until if self.until > now else None

    @property
    def ends(self) -> int:
        """When all of it is forgiven."""
        return max(self.last, self.until) + self.count * int(CALM.total_seconds())


class RefusalStore:
    """The refusals of each person and place; the oldest are forgotten first."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def until(self, key: str) -> int | None:
        """Until when somebody waits, in seconds since 1970; None when they need not."""
        query = select(refusals.c.until).where(refusals.c.key == key)
        with self._engine.connect() as connection:
            until: int | None = connection.execute(query).scalar()
        return until if until is not None and until > int(self._now().timestamp()) else None

    def refused(self, key: str) -> int | None:
        """Counts a refusal; until when they wait from now on, or None."""
        now = int(self._now().timestamp())
        fresh = {"key": key, "count": 0, "last": now, "until": now, "ends": now}
        with self._engine.begin() as connection:
            # written first, so that whoever else counts for the same key waits
            touched = upsert(
                connection,
                refusals,
                fresh,
                keys=["key"],
                change={"count": refusals.c.count},
            ).returning(refusals.c.count, refusals.c.last, refusals.c.until)
            past = Past(*connection.execute(touched).one()).again(now)
            connection.execute(
                refusals.update()
                .where(refusals.c.key == key)
                .values(count=past.count, last=past.last, until=past.until, ends=past.ends)
            )
            _drop_old(connection, now)
        return past.waits(now)

    def forget_old(self) -> int:
        """Deletes what is forgiven; how many rows that were."""
        now = int(self._now().timestamp())
        with self._engine.begin() as connection:
            return connection.execute(delete(refusals).where(refusals.c.ends <= now)).rowcount


class MemoryRefusals:
    """Counts as `RefusalStore` does, in this process only; the oldest are forgotten first."""

    def __init__(self, now: Clock = utc_now) -> None:
        self._now = now
        self._past: OrderedDict[str, Past] = OrderedDict()

    def until(self, key: str) -> int | None:
        """Until when somebody waits, in seconds since 1970; None when they need not."""
        past = self._past.get(key)
        return past.waits(int(self._now().timestamp())) if past else None

    def refused(self, key: str) -> int | None:
        """Counts a refusal; until when they wait from now on, or None."""
        now = int(self._now().timestamp())
        past = self._past.pop(key, Past(0, now, now)).again(now)
        self._past[key] = past
        if len(self._past) > MOST_KEPT:
            self._past.popitem(last=False)
        return past.waits(now)


def _drop_old(connection: Connection, now: int) -> None:
    """Drops what is forgiven, and what is more than is kept."""
    connection.execute(delete(refusals).where(refusals.c.ends <= now))
    surplus = connection.execute(select(func.count()).select_from(refusals)).scalar_one()
    if surplus > MOST_KEPT:
        first = select(refusals.c.key).order_by(refusals.c.last).limit(surplus - MOST_KEPT)
        connection.execute(delete(refusals).where(refusals.c.key.in_(first)))

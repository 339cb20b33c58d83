"""What chat models used: tokens and dollars, by server and day; never who asked."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, select

from bot.state.schema import spending
from bot.state.writing import Clock, upsert, utc_now
from knowledge.model import Spent

KEPT_FOR = timedelta(days=62)  # the month that runs, and the one before
OUTSIDE = 0  # in place of a server: direct messages, and servers that the bot is not in
MICRO = 1_000_000

End = Literal["written", "quoted"] | None

_COUNTED = ("written", "fallbacks", "input_tokens", "output_tokens", "unpriced_tokens")


@dataclass(frozen=True, kw_only=True, slots=True)
class Spending:
    """What was used in some time.

    Attributes:
        written: answers that a model wrote.
        fallbacks: answers that were quoted, though a model was asked.
        unpriced_tokens: of all tokens those whose price is unknown; they are not in `dollars`.
    """

    written: int = 0
    fallbacks: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    unpriced_tokens: int = 0
    dollars: float = 0.0

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """What was used in the day and the month that run, in UTC.

    Attributes:
        day, month: by one server, or outside of servers.
        everywhere: dollars of the day, by all together.
    """

    day: Spending
    month: Spending
    everywhere: float


class SpendingStore:
    """Counts what chat models used."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def add(self, guild_id: int | None, spent: Spent, *, end: End = None) -> None:
        """Counts what one question cost.

        Args:
            guild_id: None outside of servers.
            spent: by all its calls, also when the text was thrown away.
            end: how the attempt to write an answer ended; None when there was none.
        """
        tokens = spent.input_tokens + spent.output_tokens
        counted = {
            "written": int(end == "written"),
            "fallbacks": int(end == "quoted"),
            "input_tokens": spent.input_tokens,
            "output_tokens": spent.output_tokens,
            "unpriced_tokens": tokens if spent.dollars is None else 0,
            "microdollars": math.ceil((spent.dollars or 0.0) * MICRO),
        }
        row = {"guild_id": guild_id or OUTSIDE, "day": self._today().isoformat(), **counted}
        change = {name: spending.c[name] + number for name, number in counted.items()}
        with self._engine.begin() as connection:
            connection.execute(
                upsert(connection, spending, row, keys=["guild_id", "day"], change=change)
            )

    def counts(self, guild_id: int | None, days: int) -> Spending:
        """What one server used in the last days, today included; None is outside of servers."""
        first = self._today() - timedelta(days=days - 1)
        with self._engine.connect() as connection:
            return _sum(connection, _of(guild_id), _since(first))

    def running(self, guild_id: int | None) -> Running:
        """What one server used in the day and the month that run."""
        today = self._today()
        with self._engine.connect() as connection:
            return Running(
                day=_sum(connection, _of(guild_id), _since(today)),
                month=_sum(connection, _of(guild_id), _since(today.replace(day=1))),
                everywhere=_sum(connection, _since(today)).dollars,
            )

    def forget_old(self) -> int:
        """Deletes days older than `KEPT_FOR`; how many rows they were."""
        oldest = (self._today() - KEPT_FOR).isoformat()
        with self._engine.begin() as connection:
            return connection.execute(delete(spending).where(spending.c.day < oldest)).rowcount

    def _today(self) -> date:
        return self._now().date()


def _of(guild_id: int | None) -> ColumnElement[bool]:
    return spending.c.guild_id == (guild_id or OUTSIDE)


def _since(first: date) -> ColumnElement[bool]:
    return spending.c.day >= first.isoformat()


def _sum(connection: Connection, *which: ColumnElement[bool]) -> Spending:
    columns = [func.coalesce(func.sum(spending.c[name]), 0) for name in _COUNTED]
    dollars = func.coalesce(func.sum(spending.c.microdollars), 0)
    row = connection.execute(select(*columns, dollars).where(*which)).one()
    counted = {name: int(number) for name, number in zip(_COUNTED, row, strict=False)}
    return Spending(**counted, dollars=int(row[-1]) / MICRO)

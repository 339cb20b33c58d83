"""What chat models used: tokens and dollars, by server and day; never who asked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, select, update

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserved:
    """Money that counts as spent until it is known what was.

    Attributes:
        day: on which it counts, ISO 8601.
    """

    guild_id: int
    day: str
    microdollars: int

    @property
    def dollars(self) -> float:
        """How much it is."""
        return self.microdollars / MICRO


class SpendingStore:
    """Counts what chat models used."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def reserve(self, guild_id: int | None, dollars: float) -> Reserved:
        """Counts an estimate in advance; unless it is given back to `add`, it stays counted."""
        reserved = Reserved(
            guild_id=guild_id or OUTSIDE,
            day=self._today().isoformat(),
            microdollars=math.ceil(dollars * MICRO),
        )
        self._count(reserved.guild_id, reserved.day, {"microdollars": reserved.microdollars})
        return reserved

    def add(
        self,
        guild_id: int | None,
        spent: Spent,
        *,
        end: End = None,
        reserved: Reserved | None = None,
    ) -> None:
        """Counts what one question cost.

        Args:
            guild_id: None outside of servers.
            spent: by all its calls, also when the text was thrown away.
            end: how the attempt to write an answer ended; None when there was none.
            reserved: what was counted for it in advance, and counts no more.
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
        self._count(guild_id or OUTSIDE, self._today().isoformat(), counted, back=reserved)

    def _count(
        self, guild_id: int, day: str, counted: Mapping[str, int], back: Reserved | None = None
    ) -> None:
        """Adds to the numbers of a day, and takes off again what was reserved."""
        unused = dict.fromkeys((*_COUNTED, "microdollars"), 0)
        row = {"guild_id": guild_id, "day": day, **unused, **counted}
        change = {name: spending.c[name] + number for name, number in counted.items()}
        with self._engine.begin() as connection:
            if back is not None:  # its row is gone when the server is
                connection.execute(
                    update(spending)
                    .where(spending.c.guild_id == back.guild_id, spending.c.day == back.day)
                    .values(microdollars=spending.c.microdollars - back.microdollars)
                )
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

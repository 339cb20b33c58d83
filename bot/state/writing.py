"""What every store needs to write, whichever database it writes to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as it is stored: ISO 8601 to the second, so that it sorts as text."""
    return moment.isoformat(timespec="seconds")


def upsert(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    *,
    keys: Sequence[str],
    change: Mapping[str, Any],
) -> postgresql.Insert | sqlite.Insert:
    """An insert that changes the row with the same keys instead, or leaves it if none change."""
    postgres = connection.dialect.name == "postgresql"
    statement = (postgresql.insert(table) if postgres else sqlite.insert(table)).values(row)
    if not change:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=change)

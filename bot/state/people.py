"""What lies in the database about one person: to show it, to erase it, and what they chose.

What protects others from a person is shown to them, but not theirs to erase: servers' blocks, and
the wait of who asked too much, which ends by itself.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Table, and_, delete, func, or_, select

from bot.state.schema import answers, blocks, feedback, opt_outs, refusals, uses
from bot.state.writing import Clock, stamp, upsert, utc_now
from knowledge.errors import LibraryError


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody on Discord, by all the names under which the database may know them.

    Attributes:
        id: that Discord gave them; stored only until they were told of something.
        direct_channel: id of their direct messages with the bot, where answers stand; or None.
    """

    id: int
    pseudonym: str
    direct_channel: int | None = None


class PeopleStore:
    """Finds the rows about a person in every table."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def opted_out(self, pseudonym: str) -> bool:
        """Whether a person wants nobody to have their messages checked."""
        query = select(opt_outs.c.person).where(opt_outs.c.person == pseudonym)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def opt_out(self, pseudonym: str) -> None:
        """Notes that a person's messages are not to be checked."""
        row = {"person": pseudonym, "chosen_at": stamp(self._now())}
        with self._engine.begin() as connection:
            connection.execute(upsert(connection, opt_outs, row, keys=["person"], change={}))

    def opt_in(self, pseudonym: str) -> None:
        """Forgets that choice."""
        with self._engine.begin() as connection:
            connection.execute(delete(opt_outs).where(opt_outs.c.person == pseudonym))

    def rows(self, person: Person) -> dict[str, list[dict[str, Any]]]:
        """Every row about a person as it is stored, by its table."""
        with self._engine.connect() as connection:
            return {
                table.name: [
                    dict(row)
                    for row in connection.execute(select(table).where(which)).mappings().all()
                ]
                for table, which in {**_about(person), **_against(person)}.items()
            }

    def erase(self, person: Person) -> dict[str, int]:
        """Deletes every row that is a person's own; how many there were, by their table.

        In SQLite the file is written anew then, so that nothing of them is left in its free space
        or its log; when others use it just now, deleted values are overwritten all the same.
        """
        with self._engine.begin() as connection:
            counts = {
                table.name: connection.execute(delete(table).where(which)).rowcount
                for table, which in _about(person).items()
            }
        if self._engine.dialect.name == "sqlite":
            with suppress(LibraryError), self._engine.connect() as connection:
                connection.exec_driver_sql("VACUUM")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return counts

    def left(self, person: Person) -> dict[str, int]:
        """How many rows about a person `erase` leaves, by their table."""
        with self._engine.connect() as connection:
            return {
                table.name: connection.execute(
                    select(func.count()).select_from(table).where(which)
                ).scalar_one()
                for table, which in _against(person).items()
            }


def _about(person: Person) -> Mapping[Table, ColumnElement[bool]]:
    """Which rows of each table are about a person, and theirs."""
    name, direct = person.pseudonym, person.direct_channel
    theirs = and_(uses.c.scope == "user", uses.c.key.endswith(f":{name}"))
    channel = and_(uses.c.scope == "channel", uses.c.key == str(direct))
    said = or_(feedback.c.person == name, feedback.c.reporter_id == person.id)
    return {
        feedback: said,
        answers: and_(answers.c.guild_id.is_(None), answers.c.channel_id == (direct or 0)),
        uses: or_(theirs, channel),
        opt_outs: opt_outs.c.person == name,
    }


def _against(person: Person) -> Mapping[Table, ColumnElement[bool]]:
    """Which rows of each table protect others from a person."""
    return {
        blocks: blocks.c.person == person.pseudonym,
        refusals: refusals.c.key.endswith(f":{person.pseudonym}"),
    }

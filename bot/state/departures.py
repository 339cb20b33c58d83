"""Servers that the bot was taken out of: what is kept of them is deleted after a while."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Connection, Engine, and_, delete, or_, select, union

from bot.state.schema import (
    answers,
    blocks,
    departures,
    feedback,
    guild_settings,
    refusals,
    spending,
    syncs,
    uses,
)
from bot.state.spending import OUTSIDE
from bot.state.writing import Clock, stamp, upsert, utc_now

GRACE = timedelta(days=30)  # in which a server may take the bot back as it was


class DepartureStore:
    """Notes when servers were left, and deletes what belongs to those that stayed away."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def left(self, guild_id: int) -> None:
        """Notes that the bot was taken out of a server; of an earlier time that one stays."""
        with self._engine.begin() as connection:
            self._note(connection, guild_id)

    def present(self, guild_ids: Collection[int]) -> None:
        """Notes all servers that the bot is in: the others that it knows of were left."""
        here = frozenset(guild_ids)
        known = union(
            select(guild_settings.c.guild_id),
            select(answers.c.guild_id),
            select(feedback.c.guild_id),
            select(blocks.c.guild_id),
            select(spending.c.guild_id).where(spending.c.guild_id != OUTSIDE),
        )
        with self._engine.begin() as connection:
            for guild_id in connection.execute(select(departures.c.guild_id)).scalars().all():
                if guild_id in here:
                    connection.execute(delete(departures).where(departures.c.guild_id == guild_id))
            for guild_id in connection.execute(known).scalars().all():
                if guild_id is not None and guild_id not in here:
                    self._note(connection, guild_id)

    def back(self, guild_id: int) -> None:
        """Notes that the bot is in a server again."""
        with self._engine.begin() as connection:
            connection.execute(delete(departures).where(departures.c.guild_id == guild_id))

    def due(self) -> tuple[int, ...]:
        """The servers that were left longer than `GRACE` ago."""
        oldest = stamp(self._now() - GRACE)
        query = select(departures.c.guild_id).where(departures.c.left_at < oldest)
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def purge(self, guild_id: int) -> None:
        """Deletes everything that belongs to a server."""
        number = str(guild_id)
        counted = or_(
            and_(uses.c.scope.in_(["guild", "welcome"]), uses.c.key == number),
            and_(uses.c.scope == "user", uses.c.key.startswith(f"{number}:")),
        )
        with self._engine.begin() as connection:
            for table in (answers, feedback, guild_settings, blocks, spending, departures):
                connection.execute(delete(table).where(table.c.guild_id == guild_id))
            connection.execute(delete(uses).where(counted))
            connection.execute(delete(refusals).where(refusals.c.key.startswith(f"{number}:")))
            connection.execute(delete(syncs).where(syncs.c.scope == number))

    def _note(self, connection: Connection, guild_id: int) -> None:
        row = {"guild_id": guild_id, "left_at": stamp(self._now())}
        connection.execute(upsert(connection, departures, row, keys=["guild_id"], change={}))

"""Whose questions a server wants ignored."""

import threading
from collections import OrderedDict
from collections.abc import Collection

from sqlalchemy import Engine, delete, insert, select

from bot.state.schema import blocks
from bot.state.writing import Clock, stamp, utc_now

MOST_BLOCKED = 1_000  # in a server
MOST_REMEMBERED = 5_000  # servers


class BlockStore:
    """Pseudonyms of blocked members by server; remembers what it read."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now
        self._remembered: OrderedDict[int, frozenset[str]] = OrderedDict()
        self._lock = threading.Lock()

    def blocked(self, guild_id: int) -> frozenset[str]:
        """The pseudonyms of everybody who is blocked in a server."""
        with self._lock:
            if guild_id in self._remembered:
                self._remembered.move_to_end(guild_id)
                return self._remembered[guild_id]
            query = select(blocks.c.person).where(blocks.c.guild_id == guild_id)
            with self._engine.connect() as connection:
                found = frozenset(connection.execute(query).scalars())
            self._remembered[guild_id] = found
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
            return found

    def remembered(self, guild_id: int) -> frozenset[str] | None:
        """What `blocked` would give without reading, or None; never waits."""
        return self._remembered.get(guild_id)

    def block(self, guild_id: int, people: Collection[str]) -> None:
        """Blocks people by their pseudonyms, as long as `MOST_BLOCKED` allows it."""
        known = self.blocked(guild_id)
        fresh = sorted(set(people) - known)[: max(MOST_BLOCKED - len(known), 0)]
        rows = [
            {"guild_id": guild_id, "person": each, "blocked_at": stamp(self._now())}
            for each in fresh
        ]
        self.unblock(guild_id, fresh)  # whom another process blocked meanwhile
        with self._lock, self._engine.begin() as connection:
            if rows:
                connection.execute(insert(blocks), rows)
            self._remembered.pop(guild_id, None)

    def unblock(self, guild_id: int, people: Collection[str] | None = None) -> None:
        """Hears people again; None are all of them."""
        which = blocks.c.guild_id == guild_id
        if people is not None:
            which &= blocks.c.person.in_(people)
        with self._lock, self._engine.begin() as connection:
            connection.execute(delete(blocks).where(which))
            self._remembered.pop(guild_id, None)

    def forget_read(self) -> None:
        """Reads everything anew from now on, as rows were deleted elsewhere."""
        with self._lock:
            self._remembered.clear()

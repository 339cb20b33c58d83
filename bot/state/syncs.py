"""Remembers which commands Discord was told of."""

from sqlalchemy import Engine, select

from bot.state.schema import syncs
from bot.state.writing import Clock, stamp, upsert, utc_now

EVERYWHERE = "global"


class SyncStore:
    """The digest of the commands that Discord knows, everywhere and in single guilds."""

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self._engine = engine
        self._now = now

    def mark_synced(self, digest: str, scope: str = EVERYWHERE) -> None:
        """Notes which commands Discord was told of, everywhere or in one guild."""
        row = {"digest": digest, "synced_at": stamp(self._now())}
        with self._engine.begin() as connection:
            whole = {"scope": scope, **row}
            connection.execute(upsert(connection, syncs, whole, keys=["scope"], change=row))

    def synced(self) -> dict[str, str]:
        """The digest of the commands that Discord knows, by scope."""
        with self._engine.connect() as connection:
            return {row.scope: row.digest for row in connection.execute(select(syncs))}

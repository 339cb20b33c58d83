"""What the bot remembers, in `bot.db`: the evidence for its answers, never who asked what.

Every method blocks for a moment; call them from a thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Engine,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.cited import CitedPassage
from knowledge.database import open_database
from knowledge.model import Answer

SCHEMA_VERSION = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"
KEPT_FOR = timedelta(days=30)
EVERYWHERE = "global"

metadata = MetaData()

answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("build", String),
    Column("asked_at", String, nullable=False, index=True),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    Column("outcome", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("cited", JSON, nullable=False),
)

syncs = Table(
    "syncs",
    metadata,
    Column("scope", String, primary_key=True),  # "global" or a guild's id
    Column("digest", String, nullable=False),
    Column("synced_at", String, nullable=False),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The passages behind an answer.

    Attributes:
        asked_at: ISO 8601 in UTC.
        build: the index build that was read.
    """

    answer_id: str
    asked_at: str
    build: str | None
    cited: tuple[CitedPassage, ...]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Records:
    """Reads and writes `bot.db`."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _utc_now) -> None:
        self._engine = engine
        self._now = now

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def keep(self, answer: Answer) -> None:
        """Stores what an answer rests on; neither the question nor its author."""
        row = {
            "id": answer.id,
            "build": answer.build,
            "asked_at": self._now().isoformat(timespec="seconds"),
            "outcome": answer.outcome,
            "mode": answer.mode,
            "cited": [CitedPassage.of(citation).write() for citation in answer.citations],
        }
        with self._engine.begin() as connection:
            connection.execute(insert(answers).values(row))

    def locate(self, answer_id: str, *, channel_id: int, message_id: int) -> None:
        """Notes which message shows an answer."""
        place = {"channel_id": channel_id, "message_id": message_id}
        with self._engine.begin() as connection:
            connection.execute(update(answers).where(answers.c.id == answer_id).values(place))

    def evidence(self, answer_id: str) -> Evidence | None:
        """The evidence for an answer, or None when it is unknown or was forgotten."""
        query = select(answers).where(answers.c.id == answer_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        return Evidence(
            answer_id=answer_id,
            asked_at=row["asked_at"],
            build=row["build"],
            cited=tuple(CitedPassage.read(record) for record in row["cited"]),
        )

    def forget_old(self) -> int:
        """Deletes answers older than `KEPT_FOR`; how many they were."""
        oldest = (self._now() - KEPT_FOR).isoformat(timespec="seconds")
        with self._engine.begin() as connection:
            return connection.execute(delete(answers).where(answers.c.asked_at < oldest)).rowcount

    def mark_synced(self, digest: str, scope: str = EVERYWHERE) -> None:
        """Notes which commands Discord was told of, everywhere or in one guild."""
        row = {"digest": digest, "synced_at": self._now().isoformat(timespec="seconds")}
        with self._engine.begin() as connection:
            connection.execute(
                upsert(syncs)
                .values(scope=scope, **row)
                .on_conflict_do_update(index_elements=[syncs.c.scope], set_=row)
            )

    def synced(self) -> dict[str, str]:
        """The digest of the commands that Discord knows, by scope."""
        with self._engine.connect() as connection:
            return {row.scope: row.digest for row in connection.execute(select(syncs))}


def open_records(data_dir: Path) -> Records:
    """The bot's memory in `data_dir`, created when there is none.

    Raises:
        LibraryError: when the file is damaged, read-only or from a newer version.
    """
    engine = open_database(
        data_dir / "bot.db", migrations=MIGRATIONS, schema_version=SCHEMA_VERSION
    )
    return Records(engine)

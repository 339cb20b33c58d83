"""What a build tells of its sources' past; a build of an earlier version tells nothing."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge.library import Change, Holding, Library, Retraction

SCHEMA = """
CREATE TABLE times (source_id TEXT PRIMARY KEY, added TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE changes (row INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE retractions (row INTEGER PRIMARY KEY, record TEXT NOT NULL);
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chronicle:
    """When sources came and changed, and which were retracted, as of the build.

    Attributes:
        times: when each source was added and when it changed last, by source id; ISO 8601 in UTC.
        changes: what happened to sources, newest first.
        retractions: the sources that were retracted, newest first.
    """

    times: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    retractions: tuple[Retraction, ...] = ()

    def record(self) -> list[Any]:
        """All of it, as JSON can hold it."""
        changes = [asdict(change) for change in self.changes]
        retractions = [asdict(retraction) for retraction in self.retractions]
        return [dict(self.times), changes, retractions]


def chronicle_of(library: Library, holdings: Iterable[Holding]) -> Chronicle:
    """What the library tells of its past; `holdings` are its sources."""
    return Chronicle(
        times={each.source.id: (each.added_at, each.changed_at) for each in holdings},
        changes=library.history.changes(),
        retractions=library.history.retractions(),
    )


def write_chronicle(connection: sqlite3.Connection, chronicle: Chronicle) -> None:
    """Writes it into a catalogue that has none."""
    connection.executescript(SCHEMA)
    connection.executemany(
        "INSERT INTO times VALUES (?, ?, ?)",
        [(source_id, *times) for source_id, times in chronicle.times.items()],
    )
    _, changes, retractions = chronicle.record()
    for table, records in (("changes", changes), ("retractions", retractions)):
        connection.executemany(
            f"INSERT INTO {table} (record) VALUES (?)",  # noqa: S608 - one of two names
            [(json.dumps(record),) for record in records],
        )


def read_chronicle(connection: sqlite3.Connection) -> Chronicle:
    """What a catalogue tells; nothing when an earlier version of Caveat wrote it."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'times'")
    if tables.fetchone() is None:
        return Chronicle()
    return Chronicle(
        times={
            source_id: (added, changed)
            for source_id, added, changed in connection.execute(
                "SELECT source_id, added, changed FROM times"
            )
        },
        changes=tuple(
            Change(**json.loads(record))
            for (record,) in connection.execute("SELECT record FROM changes ORDER BY row")
        ),
        retractions=tuple(
            Retraction(**json.loads(record))
            for (record,) in connection.execute("SELECT record FROM retractions ORDER BY row")
        ),
    )

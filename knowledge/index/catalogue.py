"""Sources and chunks of one build, in a read-only SQLite file."""

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from knowledge.index.chronicle import Chronicle, read_chronicle, write_chronicle
from knowledge.model import Chunk, Source
from knowledge.references import heading_references

SCHEMA = """
CREATE TABLE sources (id TEXT PRIMARY KEY, record TEXT NOT NULL, locators TEXT NOT NULL);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL REFERENCES sources (id),
    ordinal INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX chunk_places ON chunks (source_id, ordinal);
CREATE TABLE provisions (name TEXT NOT NULL, chunk_id TEXT NOT NULL);
CREATE INDEX provision_names ON provisions (name);
"""


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A chunk with the key of its vector."""

    chunk: Chunk
    text_hash: str


class CatalogueWriter:
    """Fills the catalogue of a new build."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript(SCHEMA)
        self._rows = 0

    def add(self, source: Source, locators: Sequence[str], entries: Iterable[Entry]) -> None:
        """Adds a source with its chunks."""
        self._connection.execute(
            "INSERT INTO sources VALUES (?, ?, ?)",
            (source.id, json.dumps(dataclasses.asdict(source)), json.dumps(list(locators))),
        )
        for entry in entries:
            chunk = entry.chunk
            self._connection.execute(
                "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)",
                (
                    self._rows,
                    chunk.id,
                    chunk.source_id,
                    chunk.ordinal,
                    entry.text_hash,
                    json.dumps(dataclasses.asdict(chunk)),
                ),
            )
            self._rows += 1
            headed = (chunk.heading_path, *(path for _, path in chunk.heading_breaks))
            provisions = {name for path in headed for name in heading_references(path)}
            self._connection.executemany(
                "INSERT INTO provisions VALUES (?, ?)",
                [(name, chunk.id) for name in sorted(provisions)],
            )

    def tell(self, chronicle: Chronicle) -> None:
        """Adds what is told of the sources' past; once."""
        write_chronicle(self._connection, chronicle)

    def close(self) -> None:
        """Writes everything to disk."""
        self._connection.commit()
        self._connection.close()


class Catalogue:
    """Looks up chunks and sources of a build."""

    def __init__(self, path: Path) -> None:
        # immutable: the file never changes, so SQLite takes no locks and writes nothing beside it
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._sources = {
            source_id: _source(json.loads(record))
            for source_id, record in self._connection.execute("SELECT id, record FROM sources")
        }

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source of the build, by id."""
        return self._sources

    def locators(self) -> dict[str, tuple[str, ...]]:
        """The paths and URLs of each source, by source id."""
        return {
            source_id: tuple(json.loads(locators))
            for source_id, locators in self._connection.execute("SELECT id, locators FROM sources")
        }

    def chronicle(self) -> Chronicle:
        """What the build tells of its sources' past."""
        return read_chronicle(self._connection)

    def passage_counts(self) -> dict[str, int]:
        """How many chunks each source has, by source id; one without is missing."""
        return dict(
            self._connection.execute(
                "SELECT source_id, COUNT(*) FROM chunks GROUP BY source_id"
            ).fetchall()
        )

    def chunks_of(self, source_id: str) -> tuple[Chunk, ...]:
        """All chunks of a source, in order."""
        rows = self._connection.execute(
            "SELECT record FROM chunks WHERE source_id = ? ORDER BY ordinal", (source_id,)
        )
        return tuple(_chunk(json.loads(record)) for (record,) in rows)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Chunks by id; an unknown id is missing from the result."""
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(
            f"SELECT id, record FROM chunks WHERE id IN ({marks})",  # noqa: S608 - marks only
            list(ids),
        )
        return {chunk_id: _chunk(json.loads(record)) for chunk_id, record in rows}

    def places(self, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Source and row in its `SourceVectors` of chunks by id; an unknown id is missing."""
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(
            f"SELECT id, source_id, ordinal FROM chunks WHERE id IN ({marks})",  # noqa: S608
            list(ids),
        )
        return {chunk_id: (source_id, ordinal) for chunk_id, source_id, ordinal in rows}

    def keys_of(self, source_id: str) -> tuple[tuple[str, str], ...]:
        """Id and vector key of each of a source's chunks, in order."""
        rows = self._connection.execute(
            "SELECT id, text_hash FROM chunks WHERE source_id = ? ORDER BY ordinal", (source_id,)
        )
        return tuple(rows)

    def ids_of(self, sources: Iterable[str]) -> set[str]:
        """Ids of all chunks of these sources."""
        return {
            chunk_id
            for source_id in sources
            for (chunk_id,) in self._connection.execute(
                "SELECT id FROM chunks WHERE source_id = ?", (source_id,)
            )
        }

    def rows_of(self, sources: Iterable[str]) -> list[int]:
        """Rows of all chunks of these sources."""
        return [
            row
            for source_id in sources
            for (row,) in self._connection.execute(
                "SELECT row FROM chunks WHERE source_id = ?", (source_id,)
            )
        ]

    def under(self, provision: str) -> list[str]:
        """Ids of the chunks that stand under the heading of a provision, or of a part of it."""
        marks = [f"{provision}{mark}" for mark in "(.-"]
        rows = self._connection.execute(
            "SELECT DISTINCT chunk_id FROM provisions WHERE name = ?1 OR substr(name, 1, "
            "length(?2)) = ?2 OR substr(name, 1, length(?3)) = ?3 OR substr(name, 1, "
            "length(?4)) = ?4 ORDER BY rowid",
            (provision, *marks),
        )
        return [chunk_id for (chunk_id,) in rows]

    def provisions(self) -> dict[str, tuple[str, ...]]:
        """The provisions that each source has headings of, or a title, by source id."""
        found = {key: heading_references((source.title,)) for key, source in self._sources.items()}
        rows = self._connection.execute(
            "SELECT DISTINCT chunks.source_id, provisions.name FROM provisions "
            "JOIN chunks ON chunks.id = provisions.chunk_id"
        )
        for source_id, name in rows:
            found[source_id] = (*found[source_id], name)
        return found

    def ids_at(self, rows: Sequence[int]) -> list[str]:
        """Ids of the chunks in these rows, in the same order."""
        marks = ",".join("?" * len(rows))
        found = dict(
            self._connection.execute(
                f"SELECT row, id FROM chunks WHERE row IN ({marks})",  # noqa: S608 - marks only
                [int(row) for row in rows],
            ).fetchall()
        )
        return [found[int(row)] for row in rows]

    def vector_keys(self) -> dict[str, str]:
        """The key of each chunk's vector, by chunk id."""
        return dict(self._connection.execute("SELECT id, text_hash FROM chunks").fetchall())


def _source(record: dict[str, object]) -> Source:
    record["authors"] = tuple(record["authors"])  # type: ignore[arg-type]  # a list, as written
    return Source(**record)  # type: ignore[arg-type]  # as written by the writer above


def _chunk(record: dict[str, object]) -> Chunk:
    names: list[str] = record["heading_path"]  # type: ignore[assignment]  # as written
    pages: list[tuple[int, int]] = record["page_breaks"]  # type: ignore[assignment]
    breaks: list[tuple[int, list[str]]] = record["heading_breaks"]  # type: ignore[assignment]
    # a build that was published before there were any has none
    links: list[tuple[int, int, str]] = record.get("links", [])  # type: ignore[assignment]
    record["heading_path"] = tuple(names)
    record["page_breaks"] = tuple((offset, page) for offset, page in pages)
    record["heading_breaks"] = tuple((offset, tuple(path)) for offset, path in breaks)
    record["links"] = tuple((start, end, address) for start, end, address in links)
    return Chunk(**record)  # type: ignore[arg-type]

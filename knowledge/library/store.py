"""Reads and writes the library; each method is one transaction."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, func, insert, select, update

from knowledge.database import SQLITE
from knowledge.library import schema
from knowledge.library.database import only_writer
from knowledge.library.gaps import Gaps
from knowledge.library.history import (
    History,
    keep_retraction,
    note_change,
    note_ends,
    note_status,
)
from knowledge.library.records import Acquisition, Change, Happening, Holding, Locator, Version
from knowledge.library.rows import chunk_row, document_row, row_chunk, row_document, row_source
from knowledge.library.rows import source_row as _source_row
from knowledge.library.steps import drop_orphans, keep_version, put_locator
from knowledge.library.suggestions import Suggestions
from knowledge.library.vectors import VectorCache
from knowledge.model import Chunk, Document, Source


class Library:
    """The sources, documents, chunks and vectors that Caveat holds.

    Attributes:
        vectors: the cached vectors.
        gaps: what readers asked and it did not answer.
        history: what happened to sources, and which were retracted.
        suggestions: what readers would add.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.vectors = VectorCache(engine)
        self.gaps = Gaps(engine)
        self.history = History(engine)
        self.suggestions = Suggestions(engine)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def only_writer(self) -> AbstractContextManager[None]:
        """Holds the right to write, where `knowledge.locking.writer_lock` does not reach.

        Raises:
            LibraryLockedError: another ingest holds it.
        """
        return only_writer(self._engine)

    def holdings(self) -> tuple[Holding, ...]:
        """Every source with what the library holds of it, in the order they were added."""
        return self._holdings()

    def holding(self, source_id: str) -> Holding | None:
        """One source with what the library holds of it, or None."""
        return next(iter(self._holdings(schema.sources.c.id == source_id)), None)

    def _holdings(self, *conditions: ColumnElement[bool]) -> tuple[Holding, ...]:
        chunks, locators, sources = schema.chunks.c, schema.locators.c, schema.sources.c
        counted = (
            select(func.count()).where(chunks.source_id == sources.id).scalar_subquery()
        ).label("chunk_count")
        with self._engine.connect() as connection:
            names: dict[str, list[str]] = {}
            for source_id, locator in connection.execute(
                select(locators.source_id, locators.locator)
                .join(schema.sources)
                .where(*conditions)
                .order_by(locators.locator)
            ):
                names.setdefault(source_id, []).append(locator)
            rows = connection.execute(
                select(schema.sources, schema.documents.c.content_hash, counted)
                .join(schema.documents)
                .where(*conditions)
                .order_by(sources.added_at, sources.id)
            ).mappings()
            return tuple(
                Holding(
                    source=row_source(row),
                    locators=tuple(names.get(row["id"], ())),
                    chunks=row["chunk_count"],
                    content_hash=row["content_hash"],
                    added_at=row["added_at"],
                    changed_at=row["changed_at"],
                    overrides=row["overrides"],
                )
                for row in rows
            )

    def locator(self, name: str) -> Locator | None:
        """What is known of a path or URL, or None when it was never read."""
        with self._engine.connect() as connection:
            row = (
                connection.execute(select(schema.locators).where(schema.locators.c.locator == name))
                .mappings()
                .first()
            )
        return Locator(**row) if row else None

    def locators(self) -> tuple[Locator, ...]:
        """Every path and URL that the library knows, in order."""
        table = schema.locators
        with self._engine.connect() as connection:
            rows = connection.execute(select(table).order_by(table.c.locator)).mappings()
            return tuple(Locator(**row) for row in rows)

    def versions(self) -> dict[str, tuple[Version, ...]]:
        """Earlier versions of each source that has changed, oldest first, by source id."""
        table = schema.versions.c
        found: dict[str, list[Version]] = {}
        with self._engine.connect() as connection:
            for source_id, content_hash, since, until in connection.execute(
                select(table.source_id, table.content_hash, table.since, table.until).order_by(
                    table.id
                )
            ):
                version = Version(content_hash=content_hash, since=since, until=until)
                found.setdefault(source_id, []).append(version)
        return {source_id: tuple(versions) for source_id, versions in found.items()}

    def forget_locator(self, name: str, *, now: str) -> tuple[str, ...]:
        """Forgets a path or URL.

        Returns:
            Ids of sources that were removed because no path or URL gives their text any more.
        """
        with self._engine.begin() as connection:
            connection.execute(delete(schema.locators).where(schema.locators.c.locator == name))
            return drop_orphans(connection, now)

    def source_with_text(self, content_hash: str) -> str | None:
        """Id of the source whose document has this very text, or None."""
        with self._engine.connect() as connection:
            return connection.execute(
                select(schema.documents.c.source_id).where(
                    schema.documents.c.content_hash == content_hash
                )
            ).scalar()

    def document(self, source_id: str) -> tuple[Document, str] | None:
        """A source's document and the title embedded with its chunks, or None."""
        with self._engine.connect() as connection:
            row = (
                connection.execute(
                    select(schema.documents).where(schema.documents.c.source_id == source_id)
                )
                .mappings()
                .first()
            )
        return (row_document(row), row["embedded_title"]) if row else None

    def chunks(self, source_id: str) -> tuple[tuple[Chunk, str], ...]:
        """A source's chunks in order, each with the key of its vector."""
        with self._engine.connect() as connection:
            text = connection.execute(
                select(schema.documents.c.text).where(schema.documents.c.source_id == source_id)
            ).scalar_one()
            rows = connection.execute(
                select(schema.chunks)
                .where(schema.chunks.c.source_id == source_id)
                .order_by(schema.chunks.c.ordinal)
            ).mappings()
            return tuple((row_chunk(row, text), row["text_hash"]) for row in rows)

    def chunk_keys(self, source_id: str) -> tuple[tuple[str, str], ...]:
        """Id and vector key of each of a source's chunks, in order."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(schema.chunks.c.id, schema.chunks.c.text_hash)
                .where(schema.chunks.c.source_id == source_id)
                .order_by(schema.chunks.c.ordinal)
            )
            return tuple((chunk_id, text_hash) for chunk_id, text_hash in rows)

    def take_in(self, acquisition: Acquisition, *, now: str) -> tuple[str, ...]:
        """Stores a new document, or replaces the source's earlier one, in one step.

        Returns:
            Ids of sources that were removed because no path or URL gives their text any more.
        """
        source = acquisition.source
        with self._engine.begin() as connection:
            note_status(connection, source, at=now)
            values = {
                **_source_row(source),
                "overrides": dict(acquisition.overrides),
                "changed_at": now,
            }
            known = connection.execute(
                update(schema.sources).where(schema.sources.c.id == source.id).values(values)
            ).rowcount
            if not known:
                connection.execute(insert(schema.sources).values(**values, added_at=now))
            if not known or keep_version(connection, source.id, acquisition.document, now):
                what: Happening = "changed" if known else "added"
                change = Change(at=now, what=what, source_id=source.id, title=source.title)
                note_change(connection, change)
            for table in (schema.chunks, schema.documents):
                connection.execute(delete(table).where(table.c.source_id == source.id))
            connection.execute(
                insert(schema.documents),
                document_row(source.id, acquisition.document, acquisition.embedded_title),
            )
            rows = [
                chunk_row(chunk, text_hash)
                for chunk, text_hash in zip(
                    acquisition.chunks, acquisition.text_hashes, strict=True
                )
            ]
            if rows:
                connection.execute(insert(schema.chunks), rows)
            put_locator(connection, acquisition.locator)
            return drop_orphans(connection, now)

    def note_locator(self, locator: Locator) -> tuple[str, ...]:
        """Records that a path or URL gives the text of a source the library holds.

        Returns:
            Ids of sources that were removed because no path or URL gives their text any more.
        """
        with self._engine.begin() as connection:
            put_locator(connection, locator)
            return drop_orphans(connection, locator.checked_at)

    def describe(self, source: Source, overrides: Mapping[str, Any], *, now: str) -> None:
        """Changes a source's bibliographic record; its document stays as it is."""
        with self._engine.begin() as connection:
            note_status(connection, source, at=now)
            connection.execute(
                update(schema.sources)
                .where(schema.sources.c.id == source.id)
                .values({**_source_row(source), "overrides": dict(overrides), "changed_at": now})
            )

    def remove(self, source_id: str, *, now: str) -> None:
        """Removes a source with its document, chunks and locators; cached vectors stay."""
        with self._engine.begin() as connection:
            note_ends(connection, [source_id], what="removed", at=now)
            connection.execute(delete(schema.sources).where(schema.sources.c.id == source_id))

    def retract(self, source_id: str, *, why: str, now: str) -> bool:
        """Removes a source, and remembers it so that it does not come back by itself.

        Returns:
            False when there is no such source.
        """
        with self._engine.begin() as connection:
            if not keep_retraction(connection, source_id, why=why, at=now):
                return False
            note_ends(connection, [source_id], what="retracted", at=now)
            connection.execute(delete(schema.sources).where(schema.sources.c.id == source_id))
        return True

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the database's own structure; PostgreSQL tells nothing."""
        if self._engine.dialect.name != SQLITE:
            return ()
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return tuple(
            f"The library's database is damaged: {line}. Restore it from a backup."
            for line in found
            if line != "ok"
        )

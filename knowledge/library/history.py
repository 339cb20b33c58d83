"""What happened to sources, and which of them were retracted."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

from sqlalchemy import Connection, Engine, delete, insert, or_, select

from knowledge.errors import RejectedSourceError
from knowledge.library import schema
from knowledge.library.records import Change, Happening, Retraction
from knowledge.model import Source
from knowledge.web import canonical_url

MOST_CHANGES = 500
RETRACTION = [column for column in schema.retractions.columns if column.name != "content_hash"]


class History:
    """Reads what `Library` wrote of its own changes, and undoes a retraction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def changes(self) -> tuple[Change, ...]:
        """What happened to sources, newest first; at most the newest `MOST_CHANGES`."""
        table = schema.changes
        columns = [column for column in table.columns if column is not table.c.id]
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(*columns).order_by(table.c.id.desc()).limit(MOST_CHANGES)
            ).mappings()
            return tuple(Change(**row) for row in rows)

    def retractions(self) -> tuple[Retraction, ...]:
        """Every source that was retracted and not restored, newest first."""
        table = schema.retractions.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(*RETRACTION).order_by(table.at.desc(), table.source_id)
            ).mappings()
            return tuple(Retraction(**row) for row in rows)

    def retraction(
        self, *, source_id: str = "", places: Collection[str] = (), content_hash: str = ""
    ) -> Retraction | None:
        """The retraction of a source, or of one at one of these places or with this text."""
        table, known = schema.retractions.c, schema.retracted_places.c
        there = select(known.source_id).where(known.place.in_(tuple(places)))
        named = or_(
            table.source_id == source_id,
            table.content_hash == content_hash,
            table.source_id.in_(there),
        )
        with self._engine.connect() as connection:
            found = connection.execute(
                select(*RETRACTION).where(named).order_by(table.at.desc())
            ).mappings()
            row = found.first()
        return Retraction(**row) if row else None

    def restore(self, source_id: str) -> tuple[str, ...] | None:
        """Forgets a retraction, so that the source may be taken in again.

        Returns:
            The paths and URLs that it was known by, or None when it is not retracted.
        """
        places = schema.retracted_places.c
        with self._engine.begin() as connection:
            known = connection.execute(
                select(places.place).where(places.source_id == source_id).order_by(places.place)
            ).scalars()
            found = tuple(known)
            gone = connection.execute(
                delete(schema.retractions).where(schema.retractions.c.source_id == source_id)
            ).rowcount
        return found if gone else None


def note_change(connection: Connection, change: Change) -> None:
    """Adds a change, and drops what is older than the newest `MOST_CHANGES`."""
    table = schema.changes
    connection.execute(insert(table).values(asdict(change)))
    newest = select(table.c.id).order_by(table.c.id.desc()).limit(MOST_CHANGES)
    connection.execute(delete(table).where(table.c.id.not_in(newest)))


def note_ends(
    connection: Connection, source_ids: Iterable[str], *, what: Happening, at: str
) -> None:
    """Notes that sources, which are still there, are about to leave."""
    sources = schema.sources.c
    for source_id, title in connection.execute(
        select(sources.id, sources.title).where(sources.id.in_(tuple(source_ids)))
    ).all():
        note_change(connection, Change(at=at, what=what, source_id=source_id, title=title))


def note_status(connection: Connection, source: Source, *, at: str) -> None:
    """Notes another legal status or successor of a source, before its record is replaced."""
    sources = schema.sources.c
    known = connection.execute(
        select(sources.status, sources.superseded_by).where(sources.id == source.id)
    ).first()
    if known is None or tuple(known) == (source.status, source.superseded_by):
        return
    note_change(
        connection,
        Change(
            at=at,
            what="status",
            source_id=source.id,
            title=source.title,
            before=known.status,
            after=source.status,
            superseded_by=source.superseded_by,
        ),
    )


def keep_retraction(connection: Connection, source_id: str, *, why: str, at: str) -> bool:
    """Remembers a source, which is still there, as retracted; False when there is none."""
    sources, documents, locators = schema.sources, schema.documents.c, schema.locators.c
    row = connection.execute(
        select(sources.c.title, sources.c.url, sources.c.kind, documents.content_hash)
        .join(schema.documents)
        .where(sources.c.id == source_id)
    ).first()
    if row is None:
        return False
    table = schema.retractions
    connection.execute(delete(table).where(table.c.source_id == source_id))
    connection.execute(
        insert(table).values(
            source_id=source_id,
            title=row.title,
            at=at,
            why=why,
            content_hash=row.content_hash,
        )
    )
    places = set(
        connection.execute(
            select(locators.locator).where(locators.source_id == source_id)
        ).scalars()
    )
    # a brief's link leads to a source that it rests on, which is not what was retracted
    if row.url is not None and row.kind != "brief":
        places.add(_canonical(row.url))
    rows = [{"place": place, "source_id": source_id} for place in sorted(places)]
    if rows:
        connection.execute(insert(schema.retracted_places), rows)
    return True


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except RejectedSourceError:
        return url

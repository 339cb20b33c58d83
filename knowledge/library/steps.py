"""Steps that several of the library's transactions share."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, func, insert, select

from knowledge.library import schema
from knowledge.library.history import note_ends
from knowledge.library.records import Locator
from knowledge.model import Document


def put_locator(connection: Connection, locator: Locator) -> None:
    """Stores what is now known of a path or URL."""
    table = schema.locators
    connection.execute(delete(table).where(table.c.locator == locator.locator))
    connection.execute(insert(table).values(asdict(locator)))


def keep_version(connection: Connection, source_id: str, document: Document, now: str) -> bool:
    """Notes what the source's document was until now, when its text changes; whether it does."""
    documents, versions = schema.documents.c, schema.versions
    earlier = connection.execute(
        select(documents.content_hash).where(documents.source_id == source_id)
    ).scalar()
    if earlier is None or earlier == document.content_hash:
        return False
    since = connection.execute(
        select(func.max(versions.c.until)).where(versions.c.source_id == source_id)
    ).scalar() or (
        connection.execute(
            select(schema.sources.c.added_at).where(schema.sources.c.id == source_id)
        ).scalar_one()
    )
    connection.execute(
        insert(versions).values(source_id=source_id, content_hash=earlier, since=since, until=now)
    )
    return True


def drop_orphans(connection: Connection, now: str) -> tuple[str, ...]:
    """Removes sources that no path or URL gives any more; their ids."""
    sources = schema.sources
    named = select(schema.locators.c.source_id)
    orphans = connection.execute(select(sources.c.id).where(sources.c.id.not_in(named))).scalars()
    found = tuple(orphans)
    note_ends(connection, found, what="removed", at=now)
    connection.execute(delete(sources).where(sources.c.id.in_(found)))
    return found

"""Where the library's database lies and how it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import SQLITE_BUSY

from sqlalchemy import URL, Connection, Engine, Table, text
from sqlalchemy.exc import DBAPIError

from knowledge.database import (
    BUSY_TIMEOUT_MS,
    SQLITE,
    VERSION_TABLE,
    database_url,
    open_database,
)
from knowledge.errors import LibraryError, LibraryLockedError
from knowledge.library.schema import SCHEMA_VERSION
from knowledge.settings import KnowledgeSettings

MIGRATIONS = Path(__file__).parent / "migrations"
FILE = "library.db"
PRIMARY_CODE = 0xFF  # of SQLite's extended result codes, https://www.sqlite.org/rescode.html

SHARED_VERSION_TABLE = "alembic_version_library"  # in a database with other tables than ours
WRITER_LOCK = 0xCA7EA8  # any number, the same for every process
BUSY_STATES = {"55P03", "57014"}  # PostgreSQL: a lock, or the statement, took too long

Place = Path | URL  # the folder of library.db, or a database named by DATABASE_URL
FileIdentity = tuple[int, int]  # the device, and the number of the file on it
NO_FILE: FileIdentity = (0, 0)


def library_place(settings: KnowledgeSettings) -> Place:
    """Where the library of these settings lies.

    Raises:
        SettingsError: when DATABASE_URL cannot be used.
    """
    address = settings.database_url.get_secret_value().strip() if settings.database_url else ""
    return database_url(address) if address else settings.data_dir


def connect_library(place: Place, *, patience_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """The library's database, created when there is none.

    Args:
        place: the folder of all state, or the database that it shares with other tables.
        patience_ms: how long a write waits, in milliseconds, while another process writes.

    Raises:
        LibraryError: when it is damaged, read-only, out of reach or from a newer version.
        SettingsError: when the driver of PostgreSQL is not installed.
    """
    own = isinstance(place, Path)
    return open_database(
        place / FILE if isinstance(place, Path) else place,
        migrations=MIGRATIONS,
        schema_version=SCHEMA_VERSION,
        version_table=VERSION_TABLE if own else SHARED_VERSION_TABLE,
        patience_ms=patience_ms,
    )


def library_file(place: Place) -> FileIdentity | None:
    """Which file is the library there, or None when nothing was taken in yet.

    A library in PostgreSQL is in no file: it is there, and stays the same.
    """
    if isinstance(place, Path):
        path = place / FILE
    elif place.get_backend_name() == SQLITE:
        path = Path(place.database or "")
    else:
        return NO_FILE
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def is_busy(error: BaseException) -> bool:
    """Whether the library could not be used because another process was writing to it."""
    cause = error.__cause__
    original = cause.orig if isinstance(cause, DBAPIError) else cause
    if getattr(original, "sqlstate", None) in BUSY_STATES:
        return True
    code = getattr(original, "sqlite_errorcode", 0)
    return bool(code & PRIMARY_CODE == SQLITE_BUSY)


@contextmanager
def only_writer(engine: Engine) -> Iterator[None]:
    """Holds the right to write to a library in PostgreSQL, which other machines may reach, too.

    An SQLite file needs no more than `knowledge.locking.writer_lock`.

    Raises:
        LibraryLockedError: another ingest holds it.
    """
    if engine.dialect.name == SQLITE:
        yield
        return
    with engine.connect() as connection:
        # of the session: the database frees it when this process dies
        lock = text("SELECT pg_try_advisory_lock(:key)")
        free = connection.execute(lock, {"key": WRITER_LOCK}).scalar_one()
        connection.commit()
        if not free:
            raise LibraryLockedError(
                "Another ingest is writing to the library in PostgreSQL, from another data folder "
                "or machine. Wait until it is done, or stop it; nothing is lost by that."
            )
        try:
            yield
        finally:
            connection.invalidate()  # the lock goes with the session


def one_at_a_time(connection: Connection, table: Table) -> None:
    """Lets a transaction that is about to decide by what a table holds be the only such one.

    In SQLite, any statement that writes does so, even one that changes nothing.
    """
    if connection.dialect.name != SQLITE:
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def overwrite_deleted(connection: Connection) -> None:
    """Has what this connection deletes overwritten, instead of left in a free page of the file.

    In PostgreSQL that is the matter of its own VACUUM.
    """
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def shed_log(engine: Engine) -> None:
    """Empties SQLite's log of changes, where deleted values lie until others take their place.

    When that fails, they do so a little longer.
    """
    if engine.dialect.name != SQLITE:
        return
    with suppress(LibraryError), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

"""Where the library's database lies and how it is opened."""

from contextlib import suppress
from pathlib import Path
from sqlite3 import SQLITE_BUSY

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from knowledge.database import BUSY_TIMEOUT_MS, open_database
from knowledge.errors import LibraryError
from knowledge.library.schema import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"
FILE = "library.db"
PRIMARY_CODE = 0xFF  # of SQLite's extended result codes, https://www.sqlite.org/rescode.html

FileIdentity = tuple[int, int]  # the device, and the number of the file on it


def connect_library(data_dir: Path, *, patience_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """The library's database in `data_dir`, created when there is none.

    Args:
        data_dir: the folder of all state.
        patience_ms: how long a write waits, in milliseconds, while another process writes.

    Raises:
        LibraryError: when the file is damaged, read-only or from a newer version.
    """
    return open_database(
        data_dir / FILE,
        migrations=MIGRATIONS,
        schema_version=SCHEMA_VERSION,
        patience_ms=patience_ms,
    )


def library_file(data_dir: Path) -> FileIdentity | None:
    """Which file is the library in `data_dir`, or None when nothing was taken in yet."""
    try:
        found = (data_dir / FILE).stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def is_busy(error: BaseException) -> bool:
    """Whether the library could not be used because another process was writing to it."""
    cause = error.__cause__
    original = cause.orig if isinstance(cause, DBAPIError) else cause
    code = getattr(original, "sqlite_errorcode", 0)
    return bool(code & PRIMARY_CODE == SQLITE_BUSY)


def overwrite_deleted(connection: Connection) -> None:
    """Has what this connection deletes overwritten, instead of left in a free page of the file."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")


def shed_log(engine: Engine) -> None:
    """Empties SQLite's log of changes, where deleted values lie until others take their place.

    When that fails, they do so a little longer.
    """
    with suppress(LibraryError), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

"""Where the library's database lies and how it is opened."""

from pathlib import Path

from sqlalchemy import Engine

from knowledge.database import BUSY_TIMEOUT_MS, open_database
from knowledge.library.schema import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"
FILE = "library.db"

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

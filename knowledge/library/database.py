"""Where the library's database lies and how it is opened."""

from pathlib import Path

from sqlalchemy import Engine

from knowledge.database import open_database
from knowledge.library.schema import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"


def connect_library(data_dir: Path) -> Engine:
    """The library's database in `data_dir`, created when there is none.

    Raises:
        LibraryError: when the file is damaged, read-only or from a newer version.
    """
    return open_database(
        data_dir / "library.db", migrations=MIGRATIONS, schema_version=SCHEMA_VERSION
    )

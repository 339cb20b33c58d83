"""Opens an SQLite database and brings its schema up to date."""

from functools import partial
from pathlib import Path

from sqlalchemy import Engine, ExceptionContext, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from knowledge.errors import LibraryError

BUSY_TIMEOUT_MS = 10_000


def open_database(
    path: Path, *, migrations: Path, schema_version: str, patience_ms: int = BUSY_TIMEOUT_MS
) -> Engine:
    """An engine for the database at `path`, created or migrated to `schema_version`.

    Args:
        path: the database file; its folder is created.
        migrations: an Alembic script folder.
        schema_version: the newest revision in `migrations`.
        patience_ms: how long a write waits, in milliseconds, while another process writes.

    Raises:
        LibraryError: when the file is no database, cannot be written, or was made by a newer
            version of Caveat. The engine raises it too, for a full disk or a damaged file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(URL.create("sqlite", database=str(path)))
        event.listen(engine, "connect", partial(_configure, patience_ms))
        found = _version(engine)
        if found != schema_version:
            _migrate(engine, migrations, found)
    except (DatabaseError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise LibraryError(
            f"{path} cannot be used ({reason}). Free some space or mend its permissions; if it is "
            "damaged, restore it from a backup, or move it away and run ingest again."
        ) from error
    event.listen(engine, "handle_error", _explain)
    return engine


def _explain(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    # the subclasses that are left out are mistakes in Caveat's own statements
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        path = context.engine.url.database if context.engine else "The database"
        raise LibraryError(
            f"{path} cannot be read or written ({error.orig}). Free some space or mend its "
            "permissions, or restore it from a backup if it is damaged; what was stored before "
            "is kept."
        ) from error


def _configure(patience_ms: int, connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the DBAPI's own connection
    for pragma in (
        f"busy_timeout = {patience_ms}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(version) if version else None


def _migrate(engine: Engine, migrations: Path, found: str | None) -> None:
    # alembic is slow to import and needed on the first day only
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise LibraryError(
            f"{engine.url.database} was written by a newer version of Caveat (schema {found}). "
            "Install that version or restore a backup."
        )
    with engine.begin() as connection:
        # all or nothing, and after another process that is doing the same
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

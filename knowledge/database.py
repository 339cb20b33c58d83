"""Opens an SQL database, SQLite or PostgreSQL, and brings its schema up to date."""

import sqlite3
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from knowledge.errors import LibraryError, SettingsError

BUSY_TIMEOUT_MS = 10_000
LOOKS_AGAIN = 0.02  # seconds
PRIMARY_CODE = 0xFF  # of an extended result code of SQLite
CONNECT_SECONDS = 10
VERSION_TABLE = "alembic_version"
EARLIER = "of an earlier release"  # stands for a revision that is yet to be looked for
MIGRATION_LOCK = 0xCA7EA7  # any number, the same for every process
SQLITE, POSTGRESQL = "sqlite", "postgresql"
DRIVERS = {
    SQLITE: "sqlite",
    "postgres": "postgresql+psycopg",
    POSTGRESQL: "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def open_database(
    where: Path | URL,
    *,
    migrations: Path,
    schema_version: str,
    version_table: str = VERSION_TABLE,
    patience_ms: int = BUSY_TIMEOUT_MS,
) -> Engine:
    """An engine for the database, created or migrated to `schema_version`.

    Args:
        where: the SQLite file, whose folder is created, or what `database_url` read.
        migrations: an Alembic script folder.
        schema_version: the newest revision in `migrations`.
        version_table: where the database keeps its revision. An SQLite file given by its path
            that keeps it in Alembic's own table is taken over.
        patience_ms: how long a write waits, in milliseconds, while another one is under way.

    Raises:
        LibraryError: when it is no database, cannot be reached or written, or was made by a newer
            version of Caveat. The engine raises it too, for a full disk or a damaged file.
        SettingsError: when the driver of PostgreSQL is not installed.
    """
    url = URL.create(SQLITE, database=str(where)) if isinstance(where, Path) else where
    try:
        engine = _engine(url, patience_ms)
        try:
            found = _version(engine, version_table)
            if found != schema_version:
                if found is None and isinstance(where, Path):
                    found = EARLIER
                _migrate(engine, migrations, version_table, found)
        except BaseException:
            engine.dispose()
            raise
    except (DatabaseError, OSError) as error:
        raise LibraryError(
            f"{_name(url)} cannot be used ({_reason(error)}). {_cure(url)}"
        ) from error
    event.listen(engine, "handle_error", _explain)
    return engine


def database_url(setting: str) -> URL:
    """The address of a database as an operator writes it: postgresql://... or sqlite:///FILE.

    Raises:
        SettingsError: when it is neither; the message never holds the address.
    """
    try:
        url = make_url(setting.strip())
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in DRIVERS or not url.database:
        raise SettingsError(
            "DATABASE_URL must look like postgresql://user:password@host/database or "
            "sqlite:///path/to/file.db."
        )
    if "@" in (url.host or ""):  # the rest of a password, which messages would show as the host
        raise SettingsError(
            "DATABASE_URL has more than one @: write an @ in the password as %40, and / as %2F."
        )
    if "@" in url.database and url.drivername != SQLITE:
        raise SettingsError(
            "DATABASE_URL has a / before its @: write a / in the user or password as %2F."
        )
    return url.set(drivername=DRIVERS[url.drivername])


def _engine(url: URL, patience_ms: int) -> Engine:
    if url.get_backend_name() == SQLITE:
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url)
        event.listen(engine, "connect", partial(_configure, patience_ms))
        return engine
    timeouts = f"-c lock_timeout={patience_ms} -c statement_timeout={2 * patience_ms}"
    limits = {"connect_timeout": CONNECT_SECONDS, "options": timeouts}
    try:
        return create_engine(url, pool_pre_ping=True, connect_args=limits)
    except (ImportError, NoSuchModuleError) as error:
        raise SettingsError(
            "DATABASE_URL names PostgreSQL, whose driver is not installed. Install the extra "
            "`postgres`: `python -m pip install -c constraints.txt -e '.[postgres]'`"
        ) from error


def _name(url: URL | None) -> str:
    """A database without user or password."""
    if url is None:
        return "The database"
    if url.get_backend_name() == SQLITE:
        return str(url.database)
    host = url.host or url.query.get("host") or "this machine"
    return f"The PostgreSQL database {url.database} on {host}"


def _cure(url: URL | None) -> str:
    if url is not None and url.get_backend_name() != SQLITE:
        return "See that it runs and that DATABASE_URL names a user who may create tables."
    return (
        "Free some space or mend its permissions; if it is damaged, restore it from a backup, or "
        "move it away and run ingest again."
    )


def _reason(error: BaseException) -> str:
    """The driver's own words on one line; they name host and user, never a password."""
    return " ".join(str(getattr(error, "orig", None) or error).split())


def _explain(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    if context.is_pre_ping:  # the pool then connects anew
        return
    # the subclasses that are left out are mistakes in Caveat's own statements
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        url = context.engine.url if context.engine else None
        cure = (
            "Free some space or mend its permissions, or restore it from a backup if it is "
            "damaged; what was stored before is kept."
            if url is None or url.get_backend_name() == SQLITE
            else "See that it runs; what was stored before is kept."
        )
        raise LibraryError(
            f"{_name(url)} cannot be read or written ({_reason(error)}). {cure}"
        ) from error


def _configure(patience_ms: int, connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the DBAPI's own connection
    cursor.execute(f"PRAGMA busy_timeout = {patience_ms}")
    _keep_a_log(cursor, patience_ms)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _keep_a_log(cursor: sqlite3.Cursor, patience_ms: int) -> None:
    """Has readers and a writer work at once; SQLite itself does not wait for its turn in this."""
    until = monotonic() + patience_ms / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(LOOKS_AGAIN)
        else:
            return


def _version(engine: Engine, version_table: str) -> str | None:
    """The revision of the schema, or None when there is none yet or it is kept elsewhere."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(version_table):
            return None
        return _revision(connection, version_table)


def _revision(connection: Connection, version_table: str) -> str | None:
    quoted = connection.dialect.identifier_preparer.quote(version_table)
    version = connection.execute(text(f"SELECT version_num FROM {quoted}")).scalar()  # noqa: S608
    return str(version) if version else None


def _migrate(engine: Engine, migrations: Path, version_table: str, found: str | None) -> None:
    # alembic is slow to import and needed on the first day only
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.begin() as connection:
        # all or nothing, and after another process that is doing the same
        _lock(connection)
        if found == EARLIER:
            found = _take_over(connection, version_table)
        if found is not None and found not in known:
            raise LibraryError(
                f"{_name(engine.url)} was written by a newer version of Caveat (schema {found}). "
                "Install that version or restore a backup."
            )
        config.attributes["connection"] = connection
        config.attributes["version_table"] = version_table
        command.upgrade(config, "head")


def _lock(connection: Connection) -> None:
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})


def _take_over(connection: Connection, version_table: str) -> str | None:
    """The revision that an SQLite file keeps in Alembic's own table, which is renamed.

    In PostgreSQL that table may be of another program.
    """
    tables = inspect(connection)
    if connection.dialect.name != SQLITE or tables.has_table(version_table):
        return None
    if not tables.has_table(VERSION_TABLE):
        return None
    connection.exec_driver_sql(f"ALTER TABLE {VERSION_TABLE} RENAME TO {version_table}")
    return _revision(connection, version_table)

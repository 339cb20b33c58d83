"""A real PostgreSQL server of the tests' own, on a socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

ACCOUNTS = ("postgres", "nobody")  # PostgreSQL does not run as root
SECONDS = 60


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, or None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server while the block lasts; the folder of its socket.

    Args:
        folder: of the programs.
    """
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path must be short
    prefix = _unprivileged(home)
    data = home / "data"
    options = f"-k {home} -c listen_addresses= -c fsync=off -c max_connections=50"
    control = [*prefix, str(folder / "pg_ctl"), "-D", str(data), "-w", "-t", str(SECONDS)]
    try:
        made = [str(folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
        _call([*prefix, *made, "-E", "UTF8", "--no-sync", "--locale=C"])
        _call([*control, "-o", options, "-l", str(home / "log"), "start"])
        try:
            yield str(home)
        finally:
            _call([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def fresh_database(socket: str, name: str) -> str:
    """The address of a new, empty database."""
    with psycopg.connect(host=socket, user="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"postgresql://postgres:unused@/{name}?host={socket}"


def _unprivileged(home: Path) -> list[str]:
    """What stands before a command so that it runs without root's rights; it gets the folder."""
    if os.geteuid() != 0:
        return []
    known = {account.pw_name: account for account in pwd.getpwall()}
    account = next(known[name] for name in ACCOUNTS if name in known)
    os.chown(home, account.pw_uid, account.pw_gid)
    ids = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    return ["setpriv", *ids, "--"]


def _call(command: list[str]) -> None:
    subprocess.run(  # noqa: S603 - programs of the system
        command,
        check=True,
        timeout=SECONDS,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

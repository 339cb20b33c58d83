"""One writer at a time."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import LibraryError, LibraryLockedError


@contextmanager
def writer_lock(data_dir: Path) -> Iterator[None]:
    """Holds the right to write to the library; the operating system frees it if the process dies.

    Raises:
        LibraryLockedError: another process holds it; the message names the process.
        LibraryError: the data folder cannot be written.
    """
    holder = data_dir / "ingest.holder.json"
    lock = FileLock(data_dir / "ingest.lock", timeout=0)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LibraryLockedError(
            f"Another ingest is writing to {data_dir} ({_describe(holder)}). Wait until it is "
            "done, or stop it; nothing is lost by that."
        ) from error
    except OSError as error:
        raise LibraryError(
            f"{data_dir} cannot be written ({error.strerror}). Set CAVEAT_DATA_DIR to a folder "
            "that can, or mend its permissions."
        ) from error
    try:
        started = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(json.dumps({"process": os.getpid(), "since": started}), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe(holder: Path) -> str:
    try:
        record = json.loads(holder.read_text("utf-8"))
        return f"process {record['process']} since {record['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "its process is not known"

"""Gives a new build, or a reader, files that are there already."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

PRIVATE = "caveat-"


def share_tree(source: Path, target: Path) -> None:
    """The same files under another name, without a copy where the file system can do that.

    Only for files that nobody changes any more.
    """
    shutil.copytree(source, target, copy_function=link)


def link(source: str | Path, target: str | Path) -> None:
    """The same file under another name, or a copy of it; only for one that nobody changes."""
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target)


def private_copy(source: Path) -> Path:
    """A copy for this process alone, in the system's folder for temporary files.

    Copies that killed processes left behind are removed.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PRIVATE}*-*"):
        owner = left.name.removeprefix(PRIVATE).partition("-")[0]
        if owner.isdecimal() and not _is_alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    target = Path(tempfile.mkdtemp(prefix=f"{PRIVATE}{os.getpid()}-"))
    try:
        # what is published may be read-only, and the copy is to be written and removed
        shutil.copytree(source, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
        for folder in (target, *(path for path in target.rglob("*") if path.is_dir())):
            folder.chmod(stat.S_IRWXU)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return target


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

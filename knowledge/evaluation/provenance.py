"""What a result says of the program that made it."""

import shutil
import subprocess
from pathlib import Path

from knowledge.search import Searcher

ROOT = Path(__file__).parents[2]


def commit() -> str | None:
    """The short hash of the checkout that this program runs from, or None outside of one."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return None
    done = subprocess.run(  # noqa: S603 - fixed words, no shell
        [git, "-C", str(ROOT), "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None if done.returncode == 0 else None


def origin(searcher: Searcher) -> dict[str, str | None]:
    """The build that a searcher reads, its encoder, and the commit of the program."""
    manifest = searcher.snapshots.current().manifest
    return {
        "build": manifest.build,
        "encoder": manifest.encoder_identity().key,
        "commit": commit(),
    }

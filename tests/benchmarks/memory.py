"""How much memory a process holds, and how much disk a folder; needs the standard library alone."""

import re
from pathlib import Path

BLOCK = 512  # bytes, the unit of st_blocks


def resident(process: int | str = "self") -> dict[str, int]:
    """Resident memory of a process in megabytes.

    `rss` is all of it, `anonymous` leaves out the pages of files, which the system takes back
    whenever it needs them.
    """
    status = Path(f"/proc/{process}/status").read_text("ascii")
    held = {name: int(kilobytes) for name, kilobytes in re.findall(r"(\w+):\s+(\d+) kB", status)}
    return {"rss": held["VmRSS"] // 1024, "anonymous": held["RssAnon"] // 1024}


def on_disk(folder: Path) -> int:
    """Megabytes that a folder's files take; a file with two names counts once."""
    found = (path.stat() for path in folder.rglob("*") if path.is_file())
    blocks = {status.st_ino: status.st_blocks for status in found}
    return sum(blocks.values()) * BLOCK // 1_000_000

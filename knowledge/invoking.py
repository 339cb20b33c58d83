"""Commands in the words that start them from where the reader is."""

import re
import shlex
import shutil
import sys
from pathlib import Path

_COMMAND = re.compile(r"(?<![\w/\\.-])python -m (?=(?:bot|ingest|knowledge|pip)\b)")


def runnable(text: str) -> str:
    """A text whose commands, such as "python -m ingest sync", work when they are pasted."""
    python = _this_python()
    return _COMMAND.sub(lambda _: f"{python} -m ", text)


def _this_python() -> str:
    """What to type for the Python that runs: its name where that leads to it, else its path."""
    here = Path(sys.executable)
    if shutil.which("python") == str(here):
        return "python"
    try:
        return shlex.quote(str(here.relative_to(Path.cwd())))
    except (ValueError, OSError):  # it lies elsewhere, or the working directory is gone
        return shlex.quote(str(here))

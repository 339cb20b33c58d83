"""`python -m knowledge`: looks into the library without answering."""

import sys
from collections.abc import Sequence

from knowledge.edge import run_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    return run_command(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    from knowledge.looking import run  # noqa: PLC0415 - seconds of imports

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m ingest`: takes documents into the library and publishes the index."""

import sys
from collections.abc import Sequence

from knowledge.edge import run_command

STOPPED = "Stopped. What was read so far is kept; run it again to go on."


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    return run_command(lambda: _run(arguments), stopped=STOPPED)


def _run(arguments: Sequence[str] | None) -> int:
    from ingest import commands, inspection, moderation  # noqa: PLC0415 - seconds of imports
    from ingest.options import build_parser  # noqa: PLC0415
    from ingest.settings import IngestSettings  # noqa: PLC0415
    from knowledge.settings import read_settings  # noqa: PLC0415

    run = {
        "add": commands.add,
        "set": commands.describe,
        "sync": commands.sync,
        "watch": commands.watch,
        "remove": commands.remove,
        "retract": commands.retract,
        "restore": commands.restore,
        "suggestions": moderation.suggestions,
        "rebuild": commands.rebuild,
        "list": inspection.show,
        "status": inspection.status,
        "verify": inspection.verify,
        "check": inspection.check,
        "rollback": inspection.rollback,
    }
    options = build_parser().parse_args(arguments)
    return run[options.command](options, read_settings(IngestSettings))


if __name__ == "__main__":
    sys.exit(main())

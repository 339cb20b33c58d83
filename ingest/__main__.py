"""`python -m ingest`: takes documents into the library and publishes the index."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from ingest import commands, inspection, moderation
from ingest.options import build_parser
from ingest.settings import IngestSettings
from knowledge.errors import CaveatError
from knowledge.invoking import runnable
from knowledge.settings import read_settings

COMMANDS: Mapping[str, Callable[[argparse.Namespace, IngestSettings], int]] = {
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    options = build_parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options, read_settings(IngestSettings))
    except CaveatError as error:
        print(runnable(str(error)), file=sys.stderr)
        return error.exit_code
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(
            f"The data folder cannot be written: {error.strerror or error}{where}. Free some "
            "space or mend its permissions, and run it again; what was stored before is kept.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was read so far is kept; run it again to go on.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

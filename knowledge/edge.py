"""Where a command meets the shell that runs it: sentences and exit codes, no traces."""

import io
import os
import sys
from collections.abc import Callable

from knowledge.errors import CaveatError
from knowledge.invoking import runnable

STOPPED = "Stopped. Run it again to go on."


def run_command(command: Callable[[], int], *, stopped: str = STOPPED) -> int:
    """The exit code of a command; what ends it early is told in a sentence on standard error.

    Args:
        command: prints its result and returns its exit code. What takes long to import is imported
            in it, so that an interrupt is met there too.
        stopped: told when an interrupt ends it.
    """
    _write_whatever_can_be_shown()
    try:
        code = command()
        if sys.stdout is not None:  # it is None where the shell closed it
            sys.stdout.flush()
    except CaveatError as error:
        return _told(runnable(str(error)), error.exit_code)
    except BrokenPipeError:  # whoever read the output has had enough of it
        _abandon_output()
        return 1
    except OSError as error:
        return _told(_cause(error), 1)
    except KeyboardInterrupt:
        return _told(stopped, 1)
    return code


def _write_whatever_can_be_shown() -> None:
    """Has characters that the terminal's encoding lacks shown as question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace" if stream is sys.stderr else "replace")


def _told(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - what the operator reads
    return code


def _cause(error: OSError) -> str:
    try:
        sys.stdout.flush()
    except OSError:
        _abandon_output()
    what = error.filename or "The output, or a file of the data folder,"
    return (
        f"{what} cannot be read or written: {error.strerror or error}. Free some space or mend its "
        "permissions, and run it again; what was stored before is kept."
    )


def _abandon_output() -> None:
    """Sends what is still to be written nowhere, or the interpreter would fail over it at its end.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    try:
        output = sys.stdout.fileno()
    except (OSError, ValueError):  # it is no file, or closed
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, output)
    os.close(nowhere)

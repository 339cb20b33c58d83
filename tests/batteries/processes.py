"""Runs actions in forks of this process, so that the libraries are imported once."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path


def forked(action: Callable[[], object], output: str | Path) -> int:
    """Id of a new process that runs the action; what it prints goes to a file.

    Its exit code is what the action gives if that is a number, 70 if it raised.
    """
    if process := os.fork():
        return process
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        code = action()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)
    except BaseException:  # noqa: BLE001 - the fork must not go on as its parent
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(70)


def wait_for(process: int) -> int:
    """Exit code of a process once it has ended; the negative signal when it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def has_ended(process: int) -> bool:
    """Whether the process has ended; it can still be waited for."""
    found = os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return found is not None


def end(process: int) -> int:
    """Kills a process of ours and gives its exit code."""
    os.kill(process, signal.SIGKILL)
    return wait_for(process)

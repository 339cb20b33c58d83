"""The process in which documents are read: `python -m ingest.sandbox.worker READER MEMORY`.

It reads requests from standard input until that ends, and writes a reply to each.
"""

import ctypes
import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ingest.extract import Extracted
from ingest.sandbox.messages import (
    Reply,
    Request,
    counted_peak,
    receive_request,
    send_reply,
)
from knowledge.errors import FailedSourceError, RejectedSourceError

_PR_SET_PDEATHSIG = 1
_GRACE = 5.0  # seconds: the wall clock comes first where both limits are due


def main(arguments: list[str]) -> None:
    """Serves requests with the function that `arguments` name, within so many bytes."""
    module, _, function = arguments[0].partition(":")
    _die_with_parent()
    _limit(int(arguments[1]))
    requests, replies = _pipes()
    read = getattr(importlib.import_module(module), function)
    counted = counted_peak(resource.getrusage(resource.RUSAGE_SELF))
    send_reply(replies, Reply(outcome="read", peak=counted))  # tells that the worker has begun
    while (request := receive_request(requests)) is not None:
        _limit_processor_time(request.seconds)
        try:
            reply = _read(request, read)
            del request
            send_reply(replies, reply)
        except MemoryError:
            send_reply(replies, Reply(outcome="memory"))


def _read(request: Request, read: Callable[..., Extracted]) -> Reply:
    try:
        extracted = read(request.data, name=request.name)
    except RejectedSourceError as error:
        return Reply(outcome="rejected", reason=str(error), peak=_peak())
    except FailedSourceError as error:
        return Reply(outcome="failed", reason=str(error), peak=_peak())
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the edge of the process
        reason = f"It cannot be read ({type(error).__name__}: {error})."
        return Reply(outcome="failed", reason=reason, peak=_peak())
    return Reply(outcome="read", extracted=extracted, peak=_peak())


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Requests and replies; what a parser prints must not end up among the replies."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, replies


def _limit(memory: int) -> None:
    """Sets the limits that hold for the whole life of the process."""
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # reading a document writes no file
    ):
        # a system may refuse a limit (macOS does for address space); the others still help
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _limit_processor_time(seconds: float) -> None:
    """Has the system end the process should the ingest fail to."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    due = int(usage.ru_utime + usage.ru_stime + seconds + _GRACE) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (due, most))


def _die_with_parent() -> None:
    """Ends the process when the ingest is killed, even in the middle of a document."""
    parent = os.getppid()

    def leave_if_orphaned(_signal: int, _frame: object) -> None:
        # also sent when only the thread that started this process has ended
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGHUP, leave_if_orphaned)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the ingest decides what an interrupt means
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGHUP, 0, 0, 0)


def _peak() -> int:
    """Bytes that this program has held at most.

    What the system counts for the process (`ru_maxrss`) would begin with what the ingest held when
    it started it, an embedding model and all.
    """
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return counted_peak(resource.getrusage(resource.RUSAGE_SELF))


if __name__ == "__main__":
    main(sys.argv[1:])

"""A worker seen from the ingest: started, asked, killed."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from ingest.sandbox.limits import Limits
from ingest.sandbox.messages import (
    Reply,
    Request,
    UnusableReplyError,
    counted_peak,
    receive_reply,
    send_request,
)
from ingest.sandbox.watch import Watch
from knowledge.errors import CaveatError, FailedSourceError, RejectedSourceError

_ROOT = Path(__file__).parents[2]
# All that the worker is told of its surroundings: the bot's token and keys stay with the ingest.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR")
# What the allocators of C and C++ libraries do when there is no memory left.
_ABORTS = (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGKILL)
_START_SECONDS = 60


class Worker:
    """A process that reads one document after the other.

    Attributes:
        worn: whether a fresh worker should take over.
    """

    def __init__(self, reader: str, limits: Limits) -> None:
        self._limits = limits
        self._read = 0
        self._peak = 0
        self.worn = False
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        # -P: nothing is imported from the folder that the command happens to run in.
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", "ingest.sandbox.worker", reader, str(limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # parsers complain there about every damaged file
            env={**environment, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._replies = cast("BinaryIO", self._process.stdout)
        begun = None
        with suppress(FailedSourceError):  # no document is to blame here
            begun = self._heard(_START_SECONDS)
        if begun is None:
            self.kill()
            raise CaveatError(
                "The process that reads documents could not be started: run `python -m "
                f"ingest.sandbox.worker {reader} {limits.memory}` to see why."
            )
        self._counted_before = begun.peak  # the ingest's own memory counts at first

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, data: bytes, name: str) -> Reply:
        """What became of a document.

        Raises:
            FailedSourceError: the worker ended over it; it is worn then.
        """
        seconds = self._limits.seconds_for(len(data))
        self._read += 1
        self.worn = True  # until it has answered in time
        request = Request(data=data, name=name, seconds=seconds)
        reply = self._heard(seconds, request)
        if reply is None:
            raise FailedSourceError(self._cause_of_death())
        if reply.outcome == "memory":
            raise FailedSourceError(self._too_much_memory())
        if reply.outcome == "rejected":
            self._settle(reply)
            raise RejectedSourceError(reply.reason)
        self._settle(reply)
        if reply.outcome == "failed":
            raise FailedSourceError(reply.reason)
        return reply

    def kill(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._requests, self._replies):
            with suppress(OSError):  # what could not be sent any more
                stream.close()

    def _heard(self, seconds: float, request: Request | None = None) -> Reply | None:
        """The worker's next reply, or None when it ended without one."""
        watch = Watch(self._process, seconds)
        try:
            if request is not None:
                with suppress(OSError):  # it ended; what it said before, if anything, can be read
                    send_request(self._requests, request)
            reply = receive_reply(self._replies, most=self._limits.memory)
        except UnusableReplyError as error:
            raise FailedSourceError(
                "The program that reads such files answered with something else: it was stopped."
            ) from error
        finally:
            late = watch.fired()
            self._peak = watch.peak
        if late:
            raise FailedSourceError(
                f"It took longer than {seconds:.3g} s to read and was given up: split it."
            )
        return reply

    def _settle(self, reply: Reply) -> None:
        # What a large document left behind must not count against the next one.
        large = reply.peak > self._limits.memory / 2
        self.worn = large or self._read >= self._limits.documents

    def _too_much_memory(self) -> str:
        gigabytes = self._limits.memory / 1e9
        return f"Reading it needs more than {gigabytes:.1f} GB of memory: split it."

    def _cause_of_death(self) -> str:
        # Not Popen.kill, which would collect the process, and its memory use would be lost.
        os.kill(self._process.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self._process.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        self._process.returncode = code
        # the kernel's count begins with the ingest's own memory, which may be more than the limit
        counted = counted_peak(usage)
        counted = counted if counted > self._counted_before * 1.1 else 0
        grown = max(counted, self._peak) > self._limits.memory / 2
        if code == -signal.SIGXCPU:
            return "It took too much processor time to read and was given up: split it."
        if -code in _ABORTS and grown:
            return self._too_much_memory()
        ending = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        cause = "it is too large or damaged" if -code in _ABORTS else "it is damaged"
        return f"The program that reads such files crashed over it ({ending}): {cause}."

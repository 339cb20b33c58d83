"""Looks after the worker while it reads a document."""

import os
import re
import subprocess
import threading
import time
from pathlib import Path

LOOK_SECONDS = 0.02
# on a busy machine a worker gets a share of a processor; one that only waits is given up in the end
MOST_WAITING = 10


class Watch:
    """Kills a process that takes too long, and looks how much memory it has.

    Attributes:
        peak: bytes of address space that the process was seen to have.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        """Begins to watch.

        Args:
            process: what is watched.
            seconds: of processor time from now on; `MOST_WAITING` times as many may pass.
        """
        self._process = process
        self._seconds = seconds
        self._late = False
        self._over = threading.Event()
        self.peak = 0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def fired(self) -> bool:
        """Ends the watch; whether the process was killed."""
        self._over.set()
        self._thread.join()
        return self._late

    def _look(self) -> None:
        began, used_before = time.monotonic(), _processor_seconds(self._process.pid)
        while not self._over.wait(LOOK_SECONDS):
            self.peak = max(self.peak, _address_space(self._process.pid))
            passed = time.monotonic() - began
            used = _processor_seconds(self._process.pid)
            counted = passed if used is None or used_before is None else used - used_before
            if counted >= self._seconds or passed >= MOST_WAITING * self._seconds:
                self._late = True
                self._process.kill()
                return


def _processor_seconds(pid: int) -> float | None:
    """The processor time that a process has used; None when nothing tells."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    user, system = fields[11:13]  # utime and stime of proc(5), counted from the state
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _address_space(pid: int) -> int:
    """Bytes that a process ever had mapped; 0 when it is gone, or where nothing tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"^VmPeak:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0

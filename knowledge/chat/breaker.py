"""Leaves a chat model alone for a while when it is down, so that nobody waits for it in vain."""

import logging
import threading
import time
from collections.abc import Callable

from knowledge.chat.faults import Fault
from knowledge.chat.model import ChatError

FAULTS_IN_A_ROW = 3
REST_SECONDS = 60.0
KEY_REST_SECONDS = 600.0

_log = logging.getLogger(__name__)


class Breaker:
    """Counts faults of one model; safe to use from several threads.

    Args:
        name: of the model, for the log.
        clock: tells seconds.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._clock = clock
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._until: float | None = None
        self._trying = False

    def refuse(self) -> None:
        """Lets a call wait for its turn only while there is hope.

        Raises:
            ChatError: while the model is left alone.
        """
        with self._lock:
            if self._resting():
                raise _resting()

    def admit(self) -> bool:
        """Lets a call through; True when it is the one that tries whether the model is back.

        Raises:
            ChatError: while the model is left alone.
        """
        with self._lock:
            if self._resting():
                raise _resting()
            self._trying = self._until is not None
            return self._trying

    def answered(self) -> None:
        """The model gave a reply."""
        with self._lock:
            self._close()

    def failed(self, fault: Fault, *, trial: bool) -> None:
        """A call ended with a fault; `trial` is what `admit` returned for it."""
        with self._lock:
            if trial:
                self._trying = False
            if fault.code == "key":
                self._open(KEY_REST_SECONDS, fault)
            elif not fault.down:
                self._close()  # the server is there, and answered
            elif self._until is None or trial:
                self._in_a_row += 1
                if trial or self._in_a_row >= FAULTS_IN_A_ROW:
                    self._open(REST_SECONDS, fault)

    def withdrawn(self, *, trial: bool) -> None:
        """A call ended without telling anything of the model."""
        with self._lock:
            if trial:
                self._trying = False

    def _resting(self) -> bool:
        return self._until is not None and (self._trying or self._clock() < self._until)

    def _open(self, seconds: float, fault: Fault) -> None:
        if self._until is None:
            _log.warning(
                "The chat model %s is left alone for %d seconds at a time (%s): %s",
                self._name,
                seconds,
                fault.code,
                fault.why,
            )
        self._until = self._clock() + seconds

    def _close(self) -> None:
        if self._until is not None:
            _log.info("The chat model %s answers again", self._name)
        self._in_a_row, self._until, self._trying = 0, None, False


def _resting() -> ChatError:
    return ChatError(
        "resting",
        "The chat model failed again and again and is left alone for a while: see the log.",
    )

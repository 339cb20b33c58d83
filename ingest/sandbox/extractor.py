"""Extraction that no document can crash, stall or bloat: the dangerous ones go to a worker."""

import threading
from types import TracebackType
from typing import Self

from ingest.extract import Extracted, extract
from ingest.extract.kinds import kind_of
from ingest.sandbox.limits import Limits
from ingest.sandbox.process import Worker
from knowledge.errors import FailedSourceError

_READER = "ingest.extract:extract"
_TEXTS = frozenset({"text", "markdown"})


class Extractor:
    """Reads documents, with one worker process that is started when the first one needs it.

    Threads may share it; they take turns. A worker that crashed, ran too long or has read many
    documents is replaced.
    """

    def __init__(self, limits: Limits | None = None, *, reader: str = _READER) -> None:
        self._limits = limits or Limits()
        self._reader = reader
        self._worker: Worker | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def extract(self, data: bytes, name: str) -> Extracted:
        """The document that `data` holds, with what it says of itself.

        Raises:
            RejectedSourceError: it is of a kind that is not supported.
            FailedSourceError: it is damaged, empty, or cost more to read than the limits allow.
            CaveatError: no worker could be started.
        """
        if self._is_harmless(data, name):
            return extract(data, name=name)
        with self._lock:
            worker = self._ready_worker()
            try:
                reply = worker.ask(data, name)
            finally:
                if worker.worn:
                    self._dismiss()
        if reply.extracted is None:
            raise FailedSourceError("The program that reads such files gave no answer.")
        return reply.extracted

    def close(self) -> None:
        """Ends the worker; a later `extract` starts another."""
        with self._lock:
            self._dismiss()

    def _is_harmless(self, data: bytes, name: str) -> bool:
        """Whether a document is a small text, for which a process of its own is not worth it."""
        if len(data) > self._limits.in_process or data.startswith(b"PK"):
            return False
        return kind_of(data, name) in _TEXTS

    def _ready_worker(self) -> Worker:
        if self._worker is None or not self._worker.alive:
            self._dismiss()
            self._worker = Worker(self._reader, self._limits)
        return self._worker

    def _dismiss(self) -> None:
        if self._worker is not None:
            self._worker.kill()
        self._worker = None


def run_extraction(data: bytes, *, name: str, limits: Limits | None = None) -> Extracted:
    """What `Extractor.extract` gives, for a single document."""
    with Extractor(limits) as extractor:
        return extractor.extract(data, name)

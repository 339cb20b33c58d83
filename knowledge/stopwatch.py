"""Measures how long the stages of an answer take."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds to a stage the time that is spent inside."""
        begin = time.perf_counter()
        yield
        spent = (time.perf_counter() - begin) * 1000
        self._stages[name] = round(self._stages.get(name, 0.0) + spent, 2)

    def stop(self) -> dict[str, float]:
        """The milliseconds of each stage, and "total"."""
        return {
            "total": round((time.perf_counter() - self._start) * 1000, 2),
            **self._stages,
        }

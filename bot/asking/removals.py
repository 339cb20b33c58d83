"""Sentences of chat models that answers left out, for those who look at the evidence.

They may repeat words of a question, which no database may hold: so they are kept in memory only,
shown for a day at most, and a restart forgets them.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from knowledge.model import Answer, Removed

MOST_KEPT = 1_000  # answers
SECONDS = 24 * 3600.0


class Removals:
    """The removed sentences of the latest answers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, tuple[Removed, ...]]] = OrderedDict()

    def keep(self, answer: Answer) -> None:
        """Keeps what an answer left out, if anything."""
        self._forget_old()
        if answer.written is None or not answer.written.removed:
            return
        self._kept[answer.id] = self._clock(), answer.written.removed
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def of(self, answer_id: str) -> tuple[Removed, ...]:
        """What an answer left out; nothing when that was forgotten."""
        self._forget_old()
        return self._kept.get(answer_id, (0.0, ()))[1]

    def forget(self, answer_id: str) -> None:
        """Forgets those of an answer."""
        self._kept.pop(answer_id, None)

    def forget_all(self) -> None:
        """Forgets everything: whose answers they belong to is not known."""
        self._kept.clear()

    def _forget_old(self) -> None:
        oldest = self._clock() - SECONDS
        while self._kept and next(iter(self._kept.values()))[0] < oldest:
            self._kept.popitem(last=False)

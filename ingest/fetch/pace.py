"""How long a source may take, and how often a host is asked."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from knowledge.errors import FailedSourceError

_random = random.SystemRandom()


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """The moment at which a source is given up.

    Attributes:
        ends_at: on the clock.
        seconds: how long there was.
    """

    clock: Callable[[], float]
    ends_at: float
    seconds: float

    @property
    def remaining(self) -> float:
        """Seconds that are left; negative when it is over."""
        return self.ends_at - self.clock()

    def at_most(self, seconds: float | None) -> float:
        """A time-out that does not reach past the end.

        Raises:
            FailedSourceError: it is over.
        """
        remaining = self.remaining
        if remaining <= 0:
            raise FailedSourceError(
                f"it took longer than {self.seconds:g} seconds; try again later, or download it "
                "and add the file"
            )
        return remaining if seconds is None else min(seconds, remaining)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Keeps a distance in time between two requests to one host, whichever thread makes them."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    _asked: dict[str, float] = field(default_factory=dict)  # when, by host
    _lock: Lock = field(default_factory=Lock)

    def wait(self, host: str, delay: float) -> None:
        """Returns when the host may be asked again, `delay` seconds after the last time."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._asked[host] + delay) if host in self._asked else now
            self._asked[host] = turn
        if turn > now:
            self.sleep(turn - now)

    def forget(self) -> None:
        """Lets every host be asked at once."""
        self._asked.clear()


def back_off(attempt: int, seconds: float) -> float:
    """Seconds before a retry: doubled for each attempt from 0 on, with up to half taken off."""
    return seconds * 2.0**attempt * _random.uniform(0.5, 1.0)


def retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for; None when it asks for nothing readable."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())

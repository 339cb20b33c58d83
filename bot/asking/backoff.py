"""Lets who is refused again and again wait longer each time; kept in memory only."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta

from bot.state.writing import Clock, utc_now

FREE = 5  # refusals that cost nothing: people try again
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
CALM = timedelta(minutes=10)  # without a refusal, after which one is forgiven
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Past:
    """How often somebody was refused, when last, and until when they wait for it."""

    refusals: int
    last: float
    until: float


class Backoff:
    """The refusals of each person and place; the oldest are forgotten first."""

    def __init__(self, now: Clock = utc_now) -> None:
        self._now = now
        self._past: OrderedDict[str, _Past] = OrderedDict()

    def until(self, key: str) -> int | None:
        """Until when somebody waits, in seconds since 1970; None when they need not."""
        past = self._past.get(key)
        return int(past.until) if past and past.until > self._now().timestamp() else None

    def refused(self, key: str) -> int | None:
        """Counts a refusal; until when they wait from now on, or None."""
        now = self._now().timestamp()
        past = self._past.pop(key, _Past(0, now, 0.0))
        calm = max(now - max(past.last, past.until), 0.0)
        refusals = max(past.refusals - int(calm / CALM.total_seconds()), 0) + 1
        wait = 0.0
        if refusals > FREE:
            doubled = FIRST.total_seconds() * 2.0 ** min(refusals - FREE - 1, 10)
            wait = min(doubled, LONGEST.total_seconds())
        # beyond the longest wait nothing is added, so that it is forgiven in due time
        self._past[key] = _Past(min(refusals, FREE + 7), now, now + wait)
        if len(self._past) > MOST_REMEMBERED:
            self._past.popitem(last=False)
        return int(now + wait) if wait else None

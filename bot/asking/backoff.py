"""Makes who is refused again and again wait, and tells each of them so once, not at every try."""

from collections import OrderedDict
from functools import partial

from bot.asking.spare import Spared
from bot.state import MemoryRefusals, RefusalStore
from bot.state.writing import Clock, utc_now

MOST_REMEMBERED = 10_000


class Backoff:
    """The waits of people, each by a key; kept in the database, in memory while that fails."""

    def __init__(self, store: RefusalStore, spared: Spared, now: Clock = utc_now) -> None:
        self._store = store
        self._spared = spared
        self._spare = MemoryRefusals(now)

    async def until(self, key: str) -> int | None:
        """Until when somebody waits, in seconds since 1970; None when they need not."""
        return await self._spared.use(
            partial(self._store.until, key), partial(self._spare.until, key)
        )

    async def refused(self, key: str) -> int | None:
        """Counts a refusal; until when they wait from now on, or None."""
        return await self._spared.use(
            partial(self._store.refused, key), partial(self._spare.refused, key)
        )


class Told:
    """What people were told a moment ago; the oldest is forgotten first."""

    def __init__(self, now: Clock = utc_now) -> None:
        self._now = now
        self._until: OrderedDict[str, int] = OrderedDict()

    def holds(self, key: str) -> bool:
        """Whether something was told, and still is true."""
        return self._until.get(key, 0) > self._now().timestamp()

    def again(self, key: str, until: int) -> bool:
        """Notes that something is true until then; whether it was told before."""
        told = self.holds(key)
        self._until[key] = max(until, self._until.get(key, 0))
        self._until.move_to_end(key)
        if len(self._until) > MOST_REMEMBERED:
            self._until.popitem(last=False)
        return told

"""How much people may ask: a burst waits for its turn, and who asked enough is told until when.

What is counted lies in the bot's database. When that cannot be used, it is counted in memory, so
that a fault there keeps nobody from an answer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Literal

from bot.asking.backoff import Backoff, Told
from bot.asking.spare import Spared
from bot.state import Demand, Full, GuildSettings, MemoryUses, State
from bot.state.writing import Clock, utc_now
from bot.words import Words

log = logging.getLogger(__name__)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MOST_WAITING = 50
MOST_WAITING_PER_PERSON = 3
LONGEST_WAIT = timedelta(seconds=70)  # with the gate's patience within Discord's 15 minutes
REMINDED = timedelta(hours=1)  # after which a refusal that goes on is told again
SHORTEST_WAIT = 0.05  # seconds, should the clock of the window be behind

Sleep = Callable[[float], Awaitable[None]]
Reason = Literal["user-minute", "user-day", "channel-minute", "guild-day", "back-off", "closing"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Who asks, and where.

    Attributes:
        person: id of the user; only its pseudonym is kept.
        guild_id: None in direct messages.
        roles: ids of the roles that the person has there.
    """

    person: int
    guild_id: int | None
    channel_id: int
    roles: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Admitted:
    """The question may be answered now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """The question is not answered.

    Attributes:
        reason: which limit was reached; "closing" when the bot is shutting down.
        most: of that limit.
        until: when to try again, in seconds since 1970.
        told: whether they were told so before.
    """

    reason: Reason
    most: int = 0
    until: int = 0
    told: bool = False

    def words(self, words: Words) -> str:
        """What the asker is told; Discord shows the time in their own zone and language."""
        if self.reason == "closing":
            return words("error.ClosingError")
        return words(f"limits.{self.reason}", most=self.most, when=f"<t:{self.until}:R>")


@dataclass(eq=False, kw_only=True, slots=True)
class _Ticket:
    """A question that waits for the window of `full` to end."""

    person: int
    demands: Sequence[Demand]
    full: Full
    deadline: float
    outcome: "asyncio.Future[Admitted | Refused]"


class Limiter:
    """Lets questions through in the order of their arrival."""

    def __init__(self, state: State, *, now: Clock = utc_now, sleep: Sleep = asyncio.sleep) -> None:
        """Reads nothing yet.

        Args:
            state: what is counted, and what the servers chose.
            now: the time, by the same clock as the state's.
            sleep: waits that many seconds.
        """
        self._state = state
        self._now = now
        self._sleep = sleep
        self._spare = MemoryUses(now)
        self._spared = Spared(now)
        self._backoff = Backoff(state.refusals, self._spared, now)
        self._told = Told(now)
        self._turn = asyncio.Lock()
        self._waiting: list[_Ticket] = []
        self._pump: asyncio.Task[None] | None = None
        self._closed = False

    async def admit(self, asker: Asker) -> Admitted | Refused:
        """Whether the question may be answered, at once or after a wait of at most `LONGEST_WAIT`.

        What is refused, or waits, is counted nowhere until it is let through.
        """
        verdict = await self._verdict(asker)
        if isinstance(verdict, Refused) and verdict.until:
            lasts = verdict.until
            if verdict.reason != "back-off":  # a window may last until midnight
                lasts = min(lasts, int(self._now().timestamp() + REMINDED.total_seconds()))
            return replace(verdict, told=self._told.again(_notice(asker, verdict.reason), lasts))
        return verdict

    def was_sent_away(self, asker: Asker) -> bool:
        """Whether somebody was told that they have to wait, and tries again before the time."""
        return self._told.holds(_notice(asker, "back-off"))

    async def _verdict(self, asker: Asker) -> Admitted | Refused:
        async with self._turn:
            demands = await self._demands(asker)
            person = next((each.key for each in demands if each.scope == "user"), None)
            waits = await self._backoff.until(person) if person is not None else None
            if person is not None and waits is not None:
                until = await self._backoff.refused(person)
                return Refused(reason="back-off", until=until or waits)
            full = self._ahead(demands) or await self._take(demands)
            if full is None:
                return Admitted()
            refused = self._refused(asker.person, full)
            if refused is not None:
                return await self._delayed(refused, person)
            if self._closed:
                return Refused(reason="closing")
            ticket = _Ticket(
                person=asker.person,
                demands=demands,
                full=full,
                deadline=self._now().timestamp() + LONGEST_WAIT.total_seconds(),
                outcome=asyncio.get_running_loop().create_future(),
            )
            self._waiting.append(ticket)
            if self._pump is None or self._pump.done():
                self._pump = asyncio.create_task(self._let_in())
        try:
            return await ticket.outcome
        finally:
            if ticket in self._waiting:  # the asker has left
                self._waiting.remove(ticket)

    def close(self) -> None:
        """Sends away who waits, and who would have to from now on: the bot is shutting down."""
        self._closed = True
        if self._pump is not None:
            self._pump.cancel()
        self._send_away()

    def _ahead(self, demands: Sequence[Demand]) -> Full | None:
        """What others wait for whom a newcomer with these demands must not overtake."""
        found = (ticket.full for ticket in self._waiting if ticket.full.demand in demands)
        return next(found, None)

    def _refused(self, person: int, full: Full) -> Refused | None:
        """The refusal of a question that cannot wait, or None when it can."""
        demand = full.demand
        ahead = sum(ticket.full.demand == demand for ticket in self._waiting)
        until = full.until + ahead // max(demand.most, 1) * int(demand.window.total_seconds())
        mine = sum(ticket.person == person for ticket in self._waiting)
        may_wait = (
            demand.window == MINUTE
            and until <= self._now().timestamp() + LONGEST_WAIT.total_seconds()
            and mine < MOST_WAITING_PER_PERSON
            and len(self._waiting) < MOST_WAITING
        )
        return None if may_wait else _refusal(full, until)

    async def _delayed(self, refused: Refused, person: str | None) -> Refused:
        """The refusal, which counts against who reached a limit of their own."""
        if person is None or not refused.reason.startswith("user"):
            return refused
        until = await self._backoff.refused(person)
        if until is None or until <= refused.until:
            return refused
        return Refused(reason="back-off", until=until)

    async def _let_in(self) -> None:
        """Lets in who waits, window by window, as long as someone does."""
        try:
            while self._waiting:
                next_window = min(ticket.full.until for ticket in self._waiting)
                await self._sleep(max(next_window - self._now().timestamp(), SHORTEST_WAIT))
                async with self._turn:
                    await self._try_again()
        except Exception as error:  # noqa: BLE001 - nobody may wait for ever
            log.error("Waiting questions were sent away (%s).", type(error).__name__)  # noqa: TRY400
            self._send_away()

    async def _try_again(self) -> None:
        still: list[Full] = []
        for ticket in tuple(self._waiting):
            full = next((each for each in still if each.demand in ticket.demands), None)
            full = full or await self._take(ticket.demands)
            if ticket.outcome.done():  # the asker has left
                continue
            if full is None:
                ticket.outcome.set_result(Admitted())
            elif full.demand.window != MINUTE or full.until > ticket.deadline:
                ticket.outcome.set_result(_refusal(full, full.until))
            else:
                ticket.full = full
                still.append(full)
                continue
            self._waiting.remove(ticket)

    def _send_away(self) -> None:
        for ticket in self._waiting:
            if not ticket.outcome.done():
                ticket.outcome.set_result(Refused(reason="closing"))
        self._waiting.clear()

    async def _demands(self, asker: Asker) -> Sequence[Demand]:
        """What a question takes up; people have a count of their own in every server."""
        guild_id, chosen = asker.guild_id, GuildSettings()
        if guild_id is not None:
            read = partial(self._state.guilds.read, guild_id)
            chosen = await self._spared.use(read, GuildSettings)
        demands = []
        if guild_id is not None:
            key, most = str(guild_id), chosen.per_guild_day
            demands.append(Demand(scope="guild", key=key, window=DAY, most=most))
        if asker.roles & chosen.exempt_roles:
            return demands
        place = "dm" if guild_id is None else str(guild_id)
        person = f"{place}:{self._state.pseudonyms.of(asker.person)}"
        channel, minute = str(asker.channel_id), chosen.per_channel_minute
        return [
            *demands,
            Demand(scope="user", key=person, window=DAY, most=chosen.per_user_day),
            Demand(scope="user", key=person, window=MINUTE, most=chosen.per_user_minute),
            Demand(scope="channel", key=channel, window=MINUTE, most=minute),
        ]

    async def _take(self, demands: Sequence[Demand]) -> Full | None:
        """Counts a question, or tells which limit it would pass."""
        return await self._spared.use(
            partial(self._state.uses.take, demands), partial(self._spare.take, demands)
        )


def _notice(asker: Asker, reason: Reason) -> str:
    """What is told of a refusal: to whom, where and why."""
    place = asker.channel_id if reason == "channel-minute" else asker.guild_id
    return f"{place}:{asker.person}:{reason}"


def _refusal(full: Full, until: int) -> Refused:
    demand = full.demand
    reasons: dict[tuple[str, timedelta], Reason] = {
        ("user", MINUTE): "user-minute",
        ("user", DAY): "user-day",
        ("channel", MINUTE): "channel-minute",
        ("guild", DAY): "guild-day",
    }
    return Refused(reason=reasons[demand.scope, demand.window], most=demand.most, until=until)

"""What answers may cost: the caps of servers and of the operator, with what is under way."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Literal

from bot.state import FAULTS, End, GuildSettings, Reserved, Running, State
from knowledge.chat import Terms
from knowledge.model import Spent
from knowledge.writing import Depth

log = logging.getLogger(__name__)

# of one answer with its plan, rather too many: what is under way counts as if it used them
INPUT_TOKENS = 6_000
OUTPUT_TOKENS: dict[Depth, int] = {"brief": 800, "standard": 1_300, "deep": 2_300}
MOST_OWED = 1_000

Refusal = Literal["no-model", "reached", "unknown"]


@dataclass(eq=False, kw_only=True, slots=True)
class Hold:
    """Money that is set aside for an answer under way.

    Attributes:
        reserved: the same, where it could be stored; it is then part of what was spent.
    """

    guild_id: int | None
    dollars: float
    reserved: Reserved | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Owed:
    """What could not be stored yet."""

    guild_id: int | None
    spent: Spent
    end: End
    reserved: Reserved | None

    @property
    def dollars(self) -> float:
        """Beyond what is stored."""
        return (self.spent.dollars or 0.0) - (self.reserved.dollars if self.reserved else 0.0)


class Purse:
    """Sets money aside for each answer, and counts what it cost.

    What is set aside is stored as spent until the answer is paid, so that what a killed process
    had under way stays counted.
    """

    def __init__(self, state: State, *, terms: Terms | None, daily: float | None = None) -> None:
        """Reads nothing yet.

        Args:
            state: what was spent, and the caps of servers.
            terms: of the model; without a price nothing is known of dollars.
            daily: dollars that may be spent in a day, everywhere together; None for no cap.
        """
        self._state = state
        self._terms = terms
        self._daily = daily
        self._turn = asyncio.Lock()
        self._holds: list[Hold] = []
        self._owed: list[_Owed] = []

    async def take(self, guild_id: int | None, depth: Depth) -> Hold | Refusal:
        """Money for one answer, or why there is none.

        "no-model": a cap of 0 says that no model is wanted. "unknown": what was spent cannot be
        read, and there is a cap. An answer may be the one that passes a cap; together with those
        under way none goes beyond it.
        """
        async with self._turn:
            try:
                caps = await asyncio.to_thread(self._caps, guild_id)
                if 0 in caps:
                    return "no-model"
                if any(cap is not None for cap in caps):
                    running = await asyncio.to_thread(self._state.spending.running, guild_id)
                    if self._reached(caps, running, guild_id):
                        return "reached"
            except FAULTS as error:
                log.warning("What was spent cannot be read (%s).", type(error).__name__)
                return "unknown"
            hold = Hold(guild_id=guild_id, dollars=self._estimate(depth))
            await self._reserve(hold)
            self._holds.append(hold)
            return hold

    async def settle(self, hold: Hold, spent: Spent | None, *, end: End = None) -> None:
        """Counts what an answer cost, in place of what was set aside for it.

        Args:
            hold: as taken; no more of it is set aside.
            spent: None when nothing is known of it.
            end: how a model's attempt to write ended; None when it did not write.
        """
        async with self._turn:
            if hold in self._holds:
                self._holds.remove(hold)
            if spent is not None or end is not None or hold.reserved is not None:
                used = spent or Spent(input_tokens=0, output_tokens=0, dollars=0.0)
                owed = _Owed(guild_id=hold.guild_id, spent=used, end=end, reserved=hold.reserved)
                self._owed.append(owed)
            await self._pay()

    async def _reserve(self, hold: Hold) -> None:
        """Stores what is set aside; where that fails, this process alone knows of it."""
        if not hold.dollars:
            return
        try:
            hold.reserved = await asyncio.to_thread(
                self._state.spending.reserve, hold.guild_id, hold.dollars
            )
        except FAULTS as error:
            log.warning("What is set aside was not stored (%s).", type(error).__name__)

    async def _pay(self) -> None:
        """Stores what was spent; what cannot be stored counts all the same, and is tried again."""
        while self._owed:
            first = self._owed[0]
            try:
                await asyncio.to_thread(
                    self._state.spending.add,
                    first.guild_id,
                    first.spent,
                    end=first.end,
                    reserved=first.reserved,
                )
            except FAULTS as error:
                log.warning("What an answer cost was not stored (%s).", type(error).__name__)
                del self._owed[:-MOST_OWED]
                return
            self._owed.pop(0)

    def _caps(self, guild_id: int | None) -> tuple[float | None, float | None, float | None]:
        """Of the day, of the month, and of everything in a day."""
        chosen = GuildSettings() if guild_id is None else self._state.guilds.read(guild_id)
        return chosen.dollars_per_day, chosen.dollars_per_month, self._daily

    def _reached(
        self,
        caps: tuple[float | None, float | None, float | None],
        running: Running,
        guild_id: int | None,
    ) -> bool:
        here, everywhere = self._pending(guild_id), self._pending()
        used = (
            running.day.dollars + here,
            running.month.dollars + here,
            running.everywhere + everywhere,
        )
        return any(
            cap is not None and dollars >= cap for cap, dollars in zip(caps, used, strict=True)
        )

    def _pending(self, *guild_ids: int | None) -> float:
        """Dollars that are set aside or owed and not stored yet, of some server or of all."""
        held = [(each.guild_id, each.dollars) for each in self._holds if each.reserved is None]
        owed = [(each.guild_id, each.dollars) for each in self._owed]
        return sum(
            dollars for whose, dollars in (*held, *owed) if not guild_ids or whose in guild_ids
        )

    def _estimate(self, depth: Depth) -> float:
        price = self._terms.price if self._terms else None
        return price.of(INPUT_TOKENS, OUTPUT_TOKENS[depth]) if price else 0.0

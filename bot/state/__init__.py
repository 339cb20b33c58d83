"""What the bot remembers, never who asked what: evidence, settings, feedback, uses, costs.

Every method of a store blocks for a moment; call them from a thread, with `asyncio.to_thread`.
"""

from bot.state.answers import KEPT_FOR, Counts, DayCounts, Evidence, Records, ShownAnswer
from bot.state.blocks import BlockStore
from bot.state.departures import GRACE, DepartureStore
from bot.state.feedback import (
    FeedbackCounts,
    FeedbackReport,
    FeedbackStore,
    NewFeedback,
    Reason,
    Verdict,
)
from bot.state.guilds import MOST_DOLLARS, GuildSettings, GuildStore
from bot.state.opening import FAULTS, State, open_state
from bot.state.people import PeopleStore, Person
from bot.state.pseudonyms import Pseudonyms
from bot.state.refusals import MemoryRefusals, RefusalStore
from bot.state.spending import End, Reserved, Running, Spending, SpendingStore
from bot.state.syncs import EVERYWHERE, SyncStore
from bot.state.uses import Demand, Full, MemoryUses, Use, UseStore

__all__ = [
    "EVERYWHERE",
    "FAULTS",
    "GRACE",
    "KEPT_FOR",
    "MOST_DOLLARS",
    "BlockStore",
    "Counts",
    "DayCounts",
    "Demand",
    "DepartureStore",
    "End",
    "Evidence",
    "FeedbackCounts",
    "FeedbackReport",
    "FeedbackStore",
    "Full",
    "GuildSettings",
    "GuildStore",
    "MemoryRefusals",
    "MemoryUses",
    "NewFeedback",
    "PeopleStore",
    "Person",
    "Pseudonyms",
    "Reason",
    "Records",
    "RefusalStore",
    "Reserved",
    "Running",
    "ShownAnswer",
    "Spending",
    "SpendingStore",
    "State",
    "SyncStore",
    "Use",
    "UseStore",
    "Verdict",
    "open_state",
]

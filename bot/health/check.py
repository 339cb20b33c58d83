"""What doctor finds at one place."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]

NO_CURE = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What was looked at.

    Attributes:
        why: one sentence on what was found.
        cure: one sentence on what to do, or "" when there is nothing to do.
    """

    name: str
    state: State
    why: str
    cure: str = NO_CURE

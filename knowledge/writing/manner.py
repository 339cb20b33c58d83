"""How an answer is to be written, and how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Depth = Literal["brief", "standard", "deep"]
StageName = Literal["searching", "reading", "writing", "checking"]
DEPTHS: tuple[Depth, ...] = ("brief", "standard", "deep")


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How an answer is to be written.

    Attributes:
        depth: "brief" is two or three sentences, "standard" about six, "deep" about fourteen.
        plain: for a reader of fourteen years.
    """

    depth: Depth = "standard"
    plain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """What is being done for an answer right now.

    Attributes:
        sources: how many are in front of the writer; 0 while they are searched for.
    """

    name: StageName
    sources: int = 0


Told = Callable[[Stage], None]
STANDARD = Manner()

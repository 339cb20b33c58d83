"""Weighs what speaks against a sentence, as `tests/evals/fit_support.py` learnt it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.support.comparing import Comparison
from knowledge.support.traits import OF, traits
from knowledge.support.verdict import Reason

CEILING = 1.5  # to which a trait counts, of what is much of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """How much speaks against a sentence.

    Attributes:
        doubt: 0 when nothing does; 1 and more is too much.
        reason: what speaks most against it when it is too much, else None.
        detail: words that tell it; may be empty.
    """

    doubt: float
    reason: Reason | None = None
    detail: str = ""


@cache
def learnt() -> Mapping[str, tuple[float, float]]:
    """Of each trait that counts, how much of it is much, and what that weighs."""
    packaged = files("knowledge.support") / "weights.json"
    read: dict[str, Any] = json.loads(packaged.read_text("utf-8"))
    return {name: (float(each["much"]), float(each["weight"])) for name, each in read.items()}


def weigh(comparison: Comparison) -> Weighed:
    """How much speaks against a sentence beside a passage."""
    found = traits(comparison)
    parts = {
        name: weight * min(CEILING, found[name] / much) for name, (much, weight) in learnt().items()
    }
    doubt = sum(parts.values())
    if doubt < 1.0:
        return Weighed(doubt=doubt)
    by_reason: dict[Reason, float] = {}
    for name, part in parts.items():
        reason = OF[name]
        by_reason[reason] = by_reason.get(reason, 0.0) + part
    worst = max(by_reason, key=lambda reason: by_reason[reason])
    detail = comparison.open_words if worst == "uncovered" else ""
    return Weighed(doubt=doubt, reason=worst, detail=detail)

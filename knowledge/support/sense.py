"""Weighs what speaks against a sentence."""

from dataclasses import dataclass

from knowledge.support.traits import Comparison, Traits, traits
from knowledge.support.verdict import Reason

LIMIT = 1.0
_WEIGHTS: dict[str, tuple[float, Reason]] = {
    "uncovered-share": (1.2, "uncovered"),
    "uncovered-run": (0.22, "uncovered"),
    "uncovered-whole-clause": (0.4, "uncovered"),
    "outside-region": (0.4, "uncovered"),
    "denial-added": (0.8, "negation"),
    "denial-dropped": (0.5, "negation"),
    "opposed-alone": (0.8, "negation"),
    "became-sure": (0.5, "modality"),
    "became-duty": (0.9, "modality"),
    "became-weak": (0.9, "modality"),
    "duty-absent": (0.4, "modality"),
    "sure-absent": (0.5, "modality"),
    "widened": (0.9, "scope"),
    "every-added": (0.4, "scope"),
    "only-added": (0.5, "scope"),
    "speaker-kind": (0.6, "attribution"),
    "speaker-unknown": (0.5, "attribution"),
    "opinion-as-fact": (0.4, "attribution"),
    "number-far": (0.6, "number"),
    "date-far": (0.6, "date"),
    "near-changed": (0.2, "uncovered"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """How much speaks against a sentence.

    Attributes:
        doubt: from 0 up.
        reason: what speaks most against it when it is too much, else None.
        detail: words that tell it; may be empty.
    """

    doubt: float
    reason: Reason | None
    detail: str = ""


def weigh(comparison: Comparison) -> Weighed:
    """How much speaks against a sentence beside a passage."""
    found: Traits = traits(comparison)
    parts = {name: found[name] * weight for name, (weight, _) in _WEIGHTS.items()}
    doubt = sum(parts.values())
    if doubt < LIMIT:
        return Weighed(doubt=doubt, reason=None)
    worst = max(parts, key=lambda name: parts[name])
    reason = _WEIGHTS[worst][1]
    uncovered = (comparison.tokens[place].text for place in sorted(comparison.alignment.uncovered))
    detail = " ".join(uncovered) if reason == "uncovered" else ""
    return Weighed(doubt=doubt, reason=reason, detail=detail)

"""What speaks against a sentence beside its passage, as numbers from 0 up."""

from collections.abc import Mapping

from knowledge.support.aligning import Alignment
from knowledge.support.classes import class_traits
from knowledge.support.comparing import Comparison
from knowledge.support.differing import difference
from knowledge.support.governing import governing_traits
from knowledge.support.placing import placing_traits
from knowledge.support.saying import saying_traits
from knowledge.support.verdict import Reason

MOST = 4.0  # of anything that is counted
KEPT = "*"  # behind the names of those that count as far as the sentence repeats its passage
OF: Mapping[str, Reason] = {
    "uncovered-whole-clause": "uncovered",
    "added-at-end": "uncovered",
    "lost-conditions": "scope",
    "condition-left-out": "scope",
    "every-added": "scope",
    "widened": "scope",
    "local-every": "scope",
    "denial-dropped": "negation",
    "local-opposite": "negation",
    "duty-absent": "modality",
    "became-duty": "modality",
    "likely-dropped": "modality",
    "local-modal-weaker": "modality",
    "local-modal-other": "modality",
    "sayer-other": "attribution",
    "sayer-other-there": "attribution",
    "sayer-unknown-there": "attribution",
    "first-opinion-lost": "attribution",
    "misplaced-date": "date",
    "misplaced-name": "name",
}
LEAST_OPEN = 2  # content words of a clause that nothing holds
OPEN_SHARE = 0.7


def traits(comparison: Comparison) -> dict[str, float]:
    """Every trait by its name in `OF`, and again with `KEPT` behind it."""
    best = comparison.given(comparison.best) if comparison.best is not None else ()
    differing = difference(comparison.alignment, best)
    found = {
        "uncovered-whole-clause": float(_open_clauses(comparison.alignment)),
        "added-at-end": differing.added_at_end * differing.kept,
        "lost-conditions": differing.lost_conditions * differing.kept,
        **class_traits(comparison),
        **governing_traits(comparison),
        **saying_traits(comparison),
        **placing_traits(comparison),
    }
    # in a sentence that repeats its passage a small difference is meant
    near = {f"{name}{KEPT}": value * differing.kept**2 for name, value in found.items()}
    return {name: min(MOST, value) for name, value in (found | near).items()}


def _open_clauses(alignment: Alignment) -> int:
    """Clauses of which the passage holds nearly nothing."""
    clauses: dict[int, list[bool]] = {}
    for place, token in enumerate(alignment.tokens):
        if token.content:
            clauses.setdefault(token.clause, []).append(place in alignment.uncovered)
    return sum(
        sum(missing) >= LEAST_OPEN and sum(missing) >= OPEN_SHARE * len(missing)
        for missing in clauses.values()
    )

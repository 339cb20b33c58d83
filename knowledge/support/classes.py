"""Kinds of cues that a sentence has and its passage has not, or the other way round."""

from knowledge.support.comparing import Comparison
from knowledge.support.cues import Cue, Kind

_WEAK: frozenset[Kind] = frozenset({"leave", "possible", "likely", "advice", "plan"})


def class_traits(comparison: Comparison) -> dict[str, float]:
    """What was added and dropped, by kind."""
    near_cues = _near(comparison)
    mine: set[Kind] = {kind for cue in comparison.mine for kind in cue.kinds}
    near: set[Kind] = {kind for cue in near_cues for kind in cue.kinds}
    anywhere: set[Kind] = {
        kind for found in comparison.theirs.values() for cue in found for kind in cue.kinds
    }
    denials = _denials(near_cues) - _denials(comparison.mine)
    every_added = "every" in mine and "every" not in anywhere
    return {
        "denial-dropped": float(max(0, denials)),
        "duty-absent": float("duty" in mine and "duty" not in anywhere),
        "became-duty": float("duty" in mine and "duty" not in near and bool(near & _WEAK)),
        "likely-dropped": float("likely" in near and "likely" not in mine),
        "every-added": float(every_added),
        "widened": float(every_added and "some" in near),
        "condition-left-out": float(_conditions_left_out(comparison)),
    }


def _near(comparison: Comparison) -> list[Cue]:
    """The cues of the passage's clauses that the sentence comes from."""
    clauses = {
        (link.sentence, comparison.given(link.sentence)[link.given].clause)
        for link in comparison.alignment.links
    }
    return [
        cue
        for number, found in comparison.theirs.items()
        for cue in found
        if (number, cue.clause) in clauses
    ]


def _denials(found: tuple[Cue, ...] | list[Cue]) -> int:
    return sum("denial" in cue.kinds for cue in found)


def _conditions_left_out(comparison: Comparison) -> int:
    """Clauses of the best sentence that set a condition and of which nothing was taken over."""
    if comparison.best is None:
        return 0
    tokens = comparison.given(comparison.best)
    links = comparison.alignment.links
    taken = {link.given for link in links if link.sentence == comparison.best}
    clauses: dict[int, set[int]] = {}
    for place, token in enumerate(tokens):
        if token.content:
            clauses.setdefault(token.clause, set()).add(place)
    count = 0
    for cue in comparison.theirs[comparison.best]:
        if "condition" in cue.kinds:
            held = {place for place in clauses.get(cue.clause, ()) if place >= cue.start}
            count += bool(held) and not held & taken
    return count

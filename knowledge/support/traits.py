"""What speaks against a sentence beside its passage, as numbers from 0 up."""

from collections.abc import Mapping

from knowledge.support.acting import acting_traits
from knowledge.support.adding import adding_traits
from knowledge.support.binding import binding_traits
from knowledge.support.comparing import Comparison
from knowledge.support.conditions import condition_traits
from knowledge.support.denying import denying_traits
from knowledge.support.editing import editing_traits
from knowledge.support.edits import edits
from knowledge.support.opposing import opposing_traits
from knowledge.support.saying import saying_traits
from knowledge.support.verdict import Reason

MOST = 4.0  # of anything that is counted
KEPT = "*"  # behind the names of those that count as far as the sentence repeats its passage
# of single edits, which count so by themselves
EDITED: Mapping[str, Reason] = {
    "lead-left-out": "scope",
    "restriction-left-out": "scope",
    "end-left-out": "scope",
    "detail-left-out": "scope",
    "range-widened": "scope",
    "range-lessened": "scope",
    "exchanged-actor": "name",
    "exchanged-name": "name",
    "exchanged-opposite": "negation",
    "exchanged-number": "number",
    "exchanged-there": "name",
    "swapped": "negation",
    "new-phrase": "uncovered",
    "new-at-end": "uncovered",
    "strewn-end": "uncovered",
}
ANYWHERE: Mapping[str, Reason] = {
    "condition-left-out": "scope",
    "denial-lost": "negation",
    "denied-otherwise": "negation",
    "meant-firmer": "modality",
    "told-as-done": "modality",
    "other-actor": "name",
    "other-actor-there": "name",
    "sayer-other": "attribution",
    "sayer-new": "attribution",
    "saying-lost": "attribution",
    "bound-otherwise": "number",
    "counts-otherwise": "number",
}
OF: Mapping[str, Reason] = {
    **EDITED,
    **ANYWHERE,
    **{f"{name}{KEPT}": reason for name, reason in (*ANYWHERE.items(), ("opposite", "negation"))},
}


def traits(comparison: Comparison) -> dict[str, float]:
    """Every trait by its name in `OF`."""
    found = edits(comparison)
    share = found.share if found is not None else 0.0
    anywhere = {
        **acting_traits(comparison),
        **binding_traits(comparison),
        **condition_traits(comparison),
        **denying_traits(comparison),
        **opposing_traits(comparison),
        **saying_traits(comparison),
    }
    # in a sentence that repeats its passage a small difference is meant
    near = {f"{name}{KEPT}": value * share**2 for name, value in anywhere.items()}
    edited = {**editing_traits(found), **adding_traits(comparison, found)}
    return {name: min(MOST, value) for name, value in (edited | anywhere | near).items()}

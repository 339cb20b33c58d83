"""Words that stand where the passage has their opposite."""

from collections.abc import Sequence

from knowledge.support.comparing import Comparison
from knowledge.support.cues import Cue
from knowledge.support.lexicon import lexicon

_COMPARED = frozenset(["more", "less", "fewer", "higher", "lower", "larger", "smaller"])
BESIDE = 5  # words to either side of an opposite
BEFORE, BEHIND = 6, 2  # words to either side in which a denial turns one


def opposing_traits(comparison: Comparison) -> dict[str, float]:
    """How many words nothing near holds, while their opposite stands beside linked words."""
    sides = lexicon().opposed
    linked = {each.claimed: each for each in comparison.alignment.links if each.strength == 1.0}
    taken = {(each.sentence, each.given) for each in linked.values()}
    count = 0
    compared = any(each.lower == "than" for each in comparison.tokens)
    for place, token in enumerate(comparison.tokens):
        own = sides.get(token.lemma)
        if not own or place in linked or (token.lower in _COMPARED and compared):
            continue
        against = {side ^ 1 for side in own}
        spots = {
            (linked[each].sentence, linked[each].given + step)
            for each in range(place - BESIDE, place + BESIDE + 1)
            if each in linked
            for step in range(-BESIDE, BESIDE + 1)
        }
        denied = _denied(comparison.mine, place)
        count += any(
            denied == _denied(comparison.theirs[number], at)
            for number, at in sorted(spots - taken)
            if 0 <= at < len(comparison.given(number))
            and sides.get(comparison.given(number)[at].lemma, frozenset()) & against
        )
    return {"opposite": float(count)}


def _denied(found: Sequence[Cue], place: int) -> bool:
    """Whether a denial, other than the word itself, stands beside it."""
    return any(
        "denial" in cue.kinds and cue.start != place and -BEFORE <= cue.start - place <= BEHIND
        for cue in found
    )

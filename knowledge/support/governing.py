"""Whether the same small words govern a word in the sentence and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.support.comparing import Comparison
from knowledge.support.cues import MODAL, Cue, Kind
from knowledge.support.lexicon import lexicon
from knowledge.support.tokens import Token

MODAL_REACH, RANGE_REACH = 6, 4  # words
CLOSE, WIDE = 1, 3  # content words that may stand between
BESIDE = 5  # words to either side of an opposite
_RANGE: frozenset[Kind] = frozenset({"every"})
_STRONG: frozenset[Kind] = frozenset({"duty", "sure"})
_WEAK: frozenset[Kind] = frozenset({"leave", "possible", "likely", "advice", "plan"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A word among its neighbours and their cues."""

    tokens: Sequence[Token]
    cues: Sequence[Cue]
    at: int

    def under(self, kinds: frozenset[Kind], reach: int, between: int) -> frozenset[Kind]:
        """The kinds of cues close in front of the word."""
        found: set[Kind] = set()
        for cue in self.cues:
            if cue.end <= self.at <= cue.end + reach and cue.kinds & kinds:
                inside = sum(token.content for token in self.tokens[cue.end : self.at])
                if inside <= between and self.tokens[self.at].clause - cue.clause <= 1:
                    found |= cue.kinds & kinds
        return frozenset(found)

    def denied(self) -> bool:
        """Whether a denial, other than the word itself, stands beside it."""
        return any(
            "denial" in cue.kinds and cue.start != self.at and -6 <= cue.start - self.at <= 2  # noqa: PLR2004 - words
            for cue in self.cues
        )


def governing_traits(comparison: Comparison) -> dict[str, float]:
    """How many words are governed otherwise, by how."""
    weaker = other = every = 0
    for link in comparison.alignment.links:
        here = _Place(comparison.tokens, comparison.mine, link.claimed)
        there = _Place(
            comparison.given(link.sentence), comparison.theirs[link.sentence], link.given
        )
        change = _modal_change(here, there)
        weaker += change == "weaker"
        other += change == "other"
        every += "every" in here.under(_RANGE, RANGE_REACH, CLOSE) and not there.under(
            _RANGE, RANGE_REACH + WIDE, WIDE
        )
    return {
        "local-modal-weaker": float(weaker),
        "local-modal-other": float(other),
        "local-every": float(every),
        "local-opposite": float(_opposites(comparison)),
    }


def _modal_change(here: _Place, there: _Place) -> str:
    mine, theirs = here.under(MODAL, MODAL_REACH, CLOSE), there.under(MODAL, MODAL_REACH, CLOSE)
    if not mine or not theirs:
        return ""
    mine_wide = here.under(MODAL, MODAL_REACH + WIDE, WIDE)
    theirs_wide = there.under(MODAL, MODAL_REACH + WIDE, WIDE)
    if mine & theirs_wide or theirs & mine_wide:
        return ""
    if theirs & _STRONG and mine & _WEAK:
        return "weaker"
    return "stronger" if mine & _STRONG and theirs & _WEAK else "other"


def _opposites(comparison: Comparison) -> int:
    """Words that nothing near holds, where the passage has their opposite beside linked words."""
    sides = lexicon().opposed
    linked = {each.claimed: each for each in comparison.alignment.links if each.strength == 1.0}
    taken = {(each.sentence, each.given) for each in linked.values()}
    count = 0
    for place, token in enumerate(comparison.tokens):
        own = sides.get(token.lemma)
        if not own or place in linked:
            continue
        against = {side ^ 1 for side in own}
        beside = range(place - BESIDE, place + BESIDE + 1)
        spots = {
            (linked[each].sentence, linked[each].given + step)
            for each in beside
            if each in linked
            for step in range(-BESIDE, BESIDE + 1)
        }
        here = _Place(comparison.tokens, comparison.mine, place).denied()
        count += any(
            here == _Place(comparison.given(number), comparison.theirs[number], at).denied()
            for number, at in sorted(spots - taken)
            if 0 <= at < len(comparison.given(number))
            and sides.get(comparison.given(number)[at].lemma, frozenset()) & against
        )
    return count

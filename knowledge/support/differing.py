"""What a sentence has more or less than the one of the passage that it comes nearest to."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.support.aligning import Alignment
from knowledge.support.tokens import Token

LONGEST = 120  # words that are compared
_CONDITIONS = frozenset(
    ["if", "unless", "except", "provided", "only", "until", "where", "whose", "excluding"]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """How two sentences differ.

    Attributes:
        kept: share of the content words that both have in the same order, 0 to 1.
        added_at_end: content words at the end that the passage does not hold.
        lost_conditions: words that set a condition and were left out.
    """

    kept: float = 0.0
    added_at_end: int = 0
    lost_conditions: int = 0


def difference(alignment: Alignment, theirs: Sequence[Token]) -> Difference:
    """How a sentence differs from the best one of its passage; synonyms are no difference."""
    mine = alignment.tokens
    if not alignment.region or len(mine) > LONGEST or len(theirs) > LONGEST:
        return Difference()
    own = {
        link.claimed: theirs[link.given].lemma
        for link in alignment.links
        if link.sentence == alignment.region[0]
    }
    here = [own.get(place, token.lemma) for place, token in enumerate(mine)]
    there = [token.lemma for token in theirs]
    changes = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    content = sum(token.content for token in mine) or 1
    kept = sum(
        token.content
        for change, start, end, _, _ in changes
        if change == "equal"
        for token in mine[start:end]
    )
    lost = sum(
        token.lower in _CONDITIONS
        for change, start, end, low, high in changes
        if change != "equal" and _lessens(alignment, theirs, (start, end), (low, high))
        for token in theirs[low:high]
    )
    return Difference(
        kept=kept / content, added_at_end=_added_at_end(alignment, changes), lost_conditions=lost
    )


def _lessens(
    alignment: Alignment,
    theirs: Sequence[Token],
    added: tuple[int, int],
    gone: tuple[int, int],
) -> bool:
    """Whether more was left out at a place than put there."""
    linked = {link.given for link in alignment.links if link.sentence == alignment.region[0]}
    mine = {token.lemma for token in alignment.tokens}
    put = sum(alignment.tokens[place].content for place in range(*added))
    left = sum(
        theirs[place].content and place not in linked and theirs[place].lemma not in mine
        for place in range(*gone)
    )
    return left > put or added[0] == added[1]


def _added_at_end(alignment: Alignment, changes: Sequence[tuple[str, int, int, int, int]]) -> int:
    if not changes or changes[-1][0] == "equal":
        return 0
    change, start, end, low, high = changes[-1]
    if change == "replace" and end - start <= _SHORT and high - low <= _SHORT:
        return 0
    return sum(place in alignment.uncovered for place in range(start, end))


_SHORT = 4  # words that may take the place of others

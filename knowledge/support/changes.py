"""The small words that were changed in a sentence that otherwise repeats its passage."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from knowledge.support.cues import MODAL, Kind, cues
from knowledge.support.figures import figures, same_figure
from knowledge.support.tokens import Token
from knowledge.support.verdict import Reason

NEAR = 0.7  # share of the words that repeat the passage
LONGEST = 150  # words that are compared
_LONGEST_CHANGE = 4  # words
_DENIAL: frozenset[Kind] = frozenset({"denial"})


def turned(mine: Sequence[Token], theirs: Sequence[Token]) -> tuple[Reason, str] | None:
    """The number, denial or modal that was changed in a sentence that else repeats one, or None."""
    if len(mine) > LONGEST or len(theirs) > LONGEST:
        return None
    matcher = SequenceMatcher(
        None, [token.lower for token in mine], [token.lower for token in theirs], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    if sum(block.size for block in blocks) < NEAR * len(mine):
        return None
    for tag, start, end, other, last in matcher.get_opcodes():
        inside = start > 0 and end < len(mine) and other > 0 and last < len(theirs)
        if tag == "equal" or not inside or max(end - start, last - other) > _LONGEST_CHANGE:
            continue
        here, there = _kinds(mine[start:end]), _kinds(theirs[other:last])
        words = " ".join(token.text for token in mine[start:end])
        if counts_otherwise(words, " ".join(token.text for token in theirs[other:last])):
            return "number", words
        if (here & _DENIAL) != (there & _DENIAL):
            return "negation", words
        # one that was only put in may have been moved there: "it proposes" to "is proposed"
        moved = not there & MODAL and here & MODAL & _kinds(theirs)
        if (here & MODAL or there & MODAL) and not here & there & MODAL and not moved:
            return "modality", words
    return None


def counts_otherwise(words: str, given: str) -> bool:
    """Whether words hold a number where others have another one."""
    mine, theirs = figures(words), figures(given)
    return bool(theirs) and any(
        not any(same_figure(one, other) for other in theirs) for one in mine
    )


def _kinds(tokens: Sequence[Token]) -> frozenset[Kind]:
    return frozenset(kind for cue in cues(tokens) for kind in cue)

"""What was left out of a sentence of the passage, put into it, and exchanged.

Each edit counts as far as the sentence otherwise repeats its passage: who rewords a sentence
changes much of it, so that one change among many tells nothing.
"""

from collections.abc import Iterator, Sequence

from knowledge.support.changes import counts_otherwise
from knowledge.support.edits import Edit, Edits
from knowledge.support.figures import figures
from knowledge.support.grammar import AUXILIARIES, NONE, PARTS, PREPOSITIONS, WHOLE
from knowledge.support.lexicon import lexicon
from knowledge.support.tokens import Token

FEW = 3  # content words that stand for others
LONGEST_LEAD = 8  # words in front that limit what follows
LONGEST_ADJECTIVE = 2  # words
NEAR = 4  # words in front of what was left out
NAMES = (
    "lead-left-out",
    "restriction-left-out",
    "end-left-out",
    "detail-left-out",
    "exchanged-actor",
    "exchanged-name",
    "exchanged-opposite",
    "exchanged-number",
    "exchanged-there",
    "range-widened",
    "range-lessened",
    "swapped",
)
_GRANTING = frozenset(["if", "provided", "when", "where"])
_LEADING = frozenset({"for", "in", "among", "of", "where"})
_CLAUSES = frozenset({"that", "who", "whose", "where", "when", "than"})
_LINKING = PREPOSITIONS | _CLAUSES | {"which", "whom", "to"}
_ANY = frozenset(["a", "an", "any", "anyone", "anybody", "every", "each", "no", "people", "who"])
# when and where it was: as a rule no harm is done if it is left out
_SETTING = frozenset(
    """
    practice addition evening morning night afternoon year years month months week day fact general
    view monday tuesday wednesday thursday friday saturday sunday today yesterday period series end
    start meantime particular short total sample last autumn summer winter spring
    """.split()  # noqa: SIM905 - a list reads worse
)
_PRESENT = (AUXILIARIES - {"was", "were", "had", "did", "been", "being", "be"}) | {"is", "are"}


def editing_traits(found: Edits | None) -> dict[str, float]:
    """How much was left out, put in and exchanged, by how."""
    total = dict.fromkeys(NAMES, 0.0)
    if found is None:
        return total
    for edit in found.found:
        for name in (*_left_out(found, edit), *_exchanged(found, edit), *_range(found, edit)):
            total[name] += edit.rest
    total["swapped"] = _swapped(found)
    return total


def _left_out(found: Edits, edit: Edit) -> Iterator[str]:
    if not edit.gone or edit.put:
        return
    theirs, (low, high) = found.theirs, edit.theirs
    lowers = {token.lower for token in theirs[low:high]}
    if lowers & _SETTING:
        return
    if low == 0:
        adjective = high <= LONGEST_ADJECTIVE and high < len(theirs) and theirs[high].content
        if adjective and theirs[0].content and _one_of_many(theirs, low, high):
            yield "restriction-left-out"
        elif theirs[0].lower in _LEADING and high <= LONGEST_LEAD:
            yield "lead-left-out"
    elif _restricts(theirs, low, high) and _one_of_many(theirs, low, high):
        if high == len(theirs):
            yield "end-left-out"
        else:
            yield "detail-left-out" if _happened(theirs) else "restriction-left-out"


def _restricts(theirs: Sequence[Token], low: int, high: int) -> bool:
    """Whether words tell which ones: "of high-risk systems", "closed"."""
    first = theirs[low]
    if first.clause != theirs[low - 1].clause and first.lower not in _CLAUSES:
        return False
    if first.lower in _LINKING or first.lower.endswith(("ed", "ing")):
        return True
    return high < len(theirs) and theirs[high].content and high - low <= LONGEST_ADJECTIVE


def _one_of_many(theirs: Sequence[Token], low: int, high: int) -> bool:
    """Whether they tell which of many: "models of that size", not "the town of Arlen"."""
    behind = theirs[high] if high < len(theirs) else theirs[low - 1]
    adjective = theirs[low].lower not in _LINKING and behind.content
    head = (behind if adjective or not low else theirs[low - 1]).lower
    before = {token.lower for token in theirs[max(0, low - NEAR) : low]}
    return (head.endswith("s") and not head.endswith("ss")) or bool(before & _ANY)


def _happened(theirs: Sequence[Token]) -> bool:
    """Whether a sentence tells what happened, rather than what holds."""
    lowers = {token.lower for token in theirs}
    if lowers & {"was", "were", "had"}:
        return True
    verbs = lexicon().verbs
    past = any(word in verbs and word.endswith("ed") for word in lowers)
    return past and not lowers & _PRESENT


def _exchanged(found: Edits, edit: Edit) -> Iterator[str]:
    known = lexicon()
    if len(edit.put) > FEW or len(edit.gone) > FEW:
        return
    words = _text(found.mine, edit.mine)
    shares = any(each.worded and each.unit in {"percent", "times"} for each in figures(words))
    if not shares and counts_otherwise(words, _text(found.theirs, edit.theirs)):
        yield "exchanged-number"
    elif _moved_in(found, edit):
        yield "exchanged-there"
    elif edit.fresh and edit.gone:
        fresh, gone = found.mine[edit.fresh[-1]], found.theirs[edit.gone[-1]]
        if _opposed(found, edit):
            yield "exchanged-opposite"
        elif fresh.lemma in known.agents and gone.lemma in known.agents:
            yield "exchanged-actor"
        elif fresh.text[0].isupper() and edit.fresh[-1] and gone.text[0].isupper():
            yield "exchanged-name"


def _moved_in(found: Edits, edit: Edit) -> bool:
    """Whether a word from elsewhere in the passage took the place of another."""
    light = lexicon().light
    moved = any(found.mine[place].lemma not in light for place in set(edit.moved) - found.kept)
    gone = any(found.theirs[place].lemma not in light for place in edit.gone)
    return moved and gone and set(edit.fresh) <= set(edit.moved)


def _text(tokens: Sequence[Token], span: tuple[int, int]) -> str:
    return " ".join(token.text for token in tokens[slice(*span)])


def _opposed(found: Edits, edit: Edit) -> bool:
    """Whether a word took the place of its opposite."""
    sides = lexicon().opposed
    against = {side ^ 1 for place in edit.gone for side in sides.get(found.theirs[place].lemma, ())}
    return any(sides.get(found.mine[place].lemma, frozenset()) & against for place in edit.fresh)


def _range(found: Edits, edit: Edit) -> Iterator[str]:
    """Whether "all" or "some" was put where the passage has it otherwise."""
    mine = {token.lower for token in found.mine[slice(*edit.mine)]}
    theirs = {token.lower for token in found.theirs[slice(*edit.theirs)]}
    if "unless" in mine and theirs & _GRANTING:
        yield "exchanged-opposite"
    denied = any(token.lower in NONE | {"not"} for token in found.theirs)
    if mine & (WHOLE - NONE if denied else WHOLE) and not theirs & WHOLE:
        yield "range-widened"
    elif mine & PARTS and theirs & WHOLE:
        yield "range-lessened"


def _swapped(found: Edits) -> float:
    """How far two edits put in what the other takes out."""
    pieces = [
        (_words(found.mine, edit.mine), _words(found.theirs, edit.theirs), edit.put)
        for edit in found.found
    ]
    return sum(
        found.rest(frozenset(one[2] + other[2]))
        for at, one in enumerate(pieces)
        for other in pieces[at + 1 :]
        if one[0] & other[1] and other[0] & one[1] and max(len(one[2]), len(other[2])) <= FEW
    )


def _words(tokens: Sequence[Token], span: tuple[int, int]) -> frozenset[str]:
    return frozenset(
        token.lemma for token in tokens[slice(*span)] if token.content or token.lower.isdigit()
    )

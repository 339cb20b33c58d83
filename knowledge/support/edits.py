"""The edits by which a sentence differs from the one of its passage that it comes nearest to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from knowledge.support.aligning import found_in
from knowledge.support.comparing import Comparison
from knowledge.support.tokens import Token

LONGEST = 120  # words that are compared
LEAST_REST = 3  # content words besides an edit, of which it is asked how many are kept
POWER = 8  # by which an edit counts less where much else is changed too

Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the sentence that stand where the passage has others.

    Attributes:
        mine: places in the sentence: the first, and the one behind the last.
        theirs: the same in the passage's sentence.
        put: content words of the sentence among them.
        fresh: those that the passage's sentences it comes from do not hold.
        moved: those that other sentences or clauses of the passage hold.
        gone: content words of the passage's sentence that were left out.
        rest: how far everything else is kept, 0 to 1.
    """

    mine: tuple[int, int]
    theirs: tuple[int, int]
    put: tuple[int, ...]
    fresh: tuple[int, ...]
    moved: tuple[int, ...]
    gone: tuple[int, ...]
    rest: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Edits:
    """How a sentence differs from one of a passage.

    Attributes:
        mine: the words of the sentence.
        theirs: the words of the one of the passage.
        found: the edits, in order.
        kept: the content words that stand in their order, or beside the neighbour they had.
    """

    mine: Sequence[Token]
    theirs: Sequence[Token]
    found: tuple[Edit, ...]
    kept: frozenset[int]

    @property
    def share(self) -> float:
        """Share of the content words that are kept."""
        return len(self.kept) / (sum(token.content for token in self.mine) or 1)

    def rest(self, places: frozenset[int]) -> float:
        """How far the content words besides some are kept, 0 to 1; 0 if these are too few."""
        return _rest(self.mine, self.kept, places)


def edits(comparison: Comparison) -> Edits | None:
    """The edits, or None where nothing can be compared; synonyms are no edit."""
    if comparison.best is None:
        return None
    mine, theirs = comparison.tokens, comparison.given(comparison.best)
    if max(len(mine), len(theirs)) > LONGEST:
        return None
    links = comparison.alignment.links
    own = {link.claimed: link.given for link in links if link.sentence == comparison.best}
    here = [
        theirs[own[place]].lemma if place in own else token.lemma
        for place, token in enumerate(mine)
    ]
    there = [token.lemma for token in theirs]
    changes = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    kept = _kept(mine, theirs, own, changes)
    held = frozenset(link.claimed for link in links)
    known = {here[place] for place, token in enumerate(mine) if token.content}
    known |= {token.lemma for token in mine if token.content}
    found = []
    for change, start, end, low, high in changes:
        if change != "equal":
            put = tuple(place for place in range(start, end) if mine[place].content)
            fresh = tuple(place for place in put if place not in held)
            gone = tuple(
                place
                for place in range(low, high)
                if theirs[place].content and theirs[place].lemma not in known
            )
            clauses = {token.clause for token in theirs[low:high]}
            moved = tuple(
                place
                for place in put
                if (place in comparison.alignment.elsewhere and _in_text(comparison, mine[place]))
                or (place in held and place not in own)
                or (place in own and theirs[own[place]].clause not in clauses)
            )
            rest = _rest(mine, kept, frozenset(put))
            found.append(Edit((start, end), (low, high), put, fresh, moved, gone, rest))
    return Edits(mine=mine, theirs=theirs, found=tuple(found), kept=kept)


def _in_text(comparison: Comparison, token: Token) -> bool:
    return any(found_in(token, each)[0] for each in comparison.passage)


def _rest(mine: Sequence[Token], kept: frozenset[int], places: frozenset[int]) -> float:
    others = [place for place, token in enumerate(mine) if token.content and place not in places]
    if len(others) < LEAST_REST:
        return 0.0
    share = sum(place in kept for place in others) / len(others)
    return float(share**POWER)


def _kept(
    mine: Sequence[Token],
    theirs: Sequence[Token],
    own: Mapping[int, int],
    changes: Sequence[Opcode],
) -> frozenset[int]:
    kept = {
        place
        for change, start, end, _, _ in changes
        if change == "equal"
        for place in range(start, end)
    }
    order = {place: at for at, place in enumerate(p for p, t in enumerate(theirs) if t.content)}
    content = [place for place, token in enumerate(mine) if token.content]
    ranks = {place: order.get(own[place]) for place in content if place in own}
    for one, other in pairwise(content):
        before, behind = ranks.get(one), ranks.get(other)
        if before is not None and behind == before + 1:
            kept |= {one, other}
    return frozenset(kept) & frozenset(content)

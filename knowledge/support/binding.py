"""Whether a number tells of the same thing in the sentence and in its passage."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from knowledge.support.aligning import found_in
from knowledge.support.comparing import Comparison
from knowledge.support.dates import dates
from knowledge.support.figures import Figure, same_figure
from knowledge.support.rules import claimed_figures, facts_of
from knowledge.support.tokens import Token

REACH = 8  # words to either side of a number
MOST_FIGURES = 8  # of one sentence that are looked at
MOST_GIVEN = 60  # of a passage
_SCALES = frozenset(
    ["hundred", "thousand", "million", "billion", "trillion", "percent", "per", "cent"]
)
_TURNED = 0.4  # what a word counts less on the other side of a number
_AWAY = 0.5  # what a word counts less behind a clause's end


def binding_traits(comparison: Comparison) -> dict[str, float]:
    """How much more the words around a number stand around another one in the passage."""
    margins = list(_margins(comparison))
    return {
        "bound-otherwise": max((each for each, _ in margins), default=0.0),
        "counts-otherwise": float(sum(noun for _, noun in margins)),
    }


def _margins(comparison: Comparison) -> Iterator[tuple[float, bool]]:
    offset = len(comparison.about) + 1
    known = facts_of(comparison.text, comparison.about).figures
    figures = [each for each in known if each.start >= offset]
    given = [
        (each, place)
        for each in figures[:MOST_GIVEN]
        if (place := _place(comparison, each.start - offset)) is not None
    ]
    for claimed in claimed_figures(comparison.sentence, dates(comparison.sentence))[:MOST_FIGURES]:
        holding = [(each, at) for each, at in given if same_figure(claimed, each)]
        rivals = [
            (each, at)
            for each, at in given
            if each.unit == claimed.unit and not same_figure(claimed, each)
        ]
        if not holding or not rivals:
            continue
        around = _around(comparison.tokens, claimed)
        best = max(_score(comparison, around, at) for _, at in holding)
        other = max(_score(comparison, around, at) for _, at in rivals)
        counted = _counted(comparison.tokens, _at(comparison.tokens, claimed.start))
        held = [_counted(comparison.given(number), at) for _, (number, at) in holding]
        noun = (
            bool(counted)
            and claimed.value > 1
            and all(each and not each & counted for each in held)
            and any(_counted(comparison.given(number), at) & counted for _, (number, at) in rivals)
        )
        yield max(0.0, other - best), noun


def _counted(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """What a number counts: the content words right behind it."""
    found: set[str] = set()
    for token in tokens[at + 1 : at + 4]:
        if token.content:
            found.add(token.lemma)
        elif not token.lower.isdigit() and token.lower not in _SCALES:
            break
    return frozenset(found)


def _place(comparison: Comparison, start: int) -> tuple[int, int] | None:
    """The number of the passage's sentence at a place of its text, and of the word there."""
    for number, each in enumerate(comparison.passage):
        low, high = each.sentence.span
        if low <= start < high:
            return number, _at(each.sentence.tokens, start)
    return None


def _at(tokens: Sequence[Token], start: int) -> int:
    return min(bisect_right(tokens, start, key=lambda token: token.end), len(tokens) - 1)


def _around(tokens: Sequence[Token], claimed: Figure) -> list[tuple[Token, float, bool]]:
    """The words near a number, each with how near it is, to 1, and whether it stands behind."""
    middle = _at(tokens, claimed.start)
    found: list[tuple[Token, float, bool]] = []
    for at in range(max(0, middle - REACH), min(len(tokens), middle + REACH + 1)):
        token = tokens[at]
        if token.content and not claimed.start <= token.start < claimed.end:
            found.append((token, _nearness(tokens, at, middle), at > middle))
    return found


def _nearness(tokens: Sequence[Token], at: int, middle: int) -> float:
    clauses = abs(tokens[at].clause - tokens[middle].clause)
    return max(0.0, 1.0 - abs(at - middle) / (REACH + 1)) * _AWAY ** min(clauses, 3)


def _score(
    comparison: Comparison, around: Sequence[tuple[Token, float, bool]], place: tuple[int, int]
) -> float:
    number, middle = place
    where = comparison.passage[number]
    tokens = where.sentence.tokens
    total = 0.0
    for token, near, behind in around:
        strength, places = found_in(token, where)
        total += (
            near
            * strength
            * max(
                (
                    _nearness(tokens, at, middle) * (1.0 if (at > middle) == behind else _TURNED)
                    for at in places
                ),
                default=0.0,
            )
        )
    return total

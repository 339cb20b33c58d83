"""Conditions of the passage that a sentence leaves out although it takes over what they limit."""

from collections.abc import Sequence

from knowledge.support.comparing import Comparison
from knowledge.support.grammar import CONDITIONS
from knowledge.support.tokens import Token

LEAST_TAKEN = 0.5  # share of the content words of what is limited


def condition_traits(comparison: Comparison) -> dict[str, float]:
    """How many conditions were left out of what was taken over."""
    return {"condition-left-out": float(_left_out(comparison, comparison.best))}


def _left_out(comparison: Comparison, number: int | None) -> int:
    if number is None:
        return 0
    tokens = comparison.given(number)
    taken = {link.given for link in comparison.alignment.links if link.sentence == number}
    mine = {token.lower for token in comparison.tokens}
    clauses = _clauses(tokens)
    count = 0
    for place, token in enumerate(tokens):
        if token.lower not in CONDITIONS or (token.lower == "only" and "only" in mine):
            continue
        held = [at for at in clauses.get(token.clause, ()) if at > place]
        held = held or clauses.get(token.clause + 1, [])
        if not held or any(at in taken for at in held):
            continue
        limited = clauses.get(_limits(comparison.text, tokens, place), [])
        count += bool(limited) and sum(at in taken for at in limited) >= LEAST_TAKEN * len(limited)
    return count


def _clauses(tokens: Sequence[Token]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, token in enumerate(tokens):
        if token.content:
            found.setdefault(token.clause, []).append(place)
    return found


def _limits(text: str, tokens: Sequence[Token], place: int) -> int:
    """The number of the clause that a condition limits: the one in front, or else behind."""
    clause = tokens[place].clause
    first = place
    while first and tokens[first - 1].lower in CONDITIONS:
        first -= 1
    before = text[tokens[first - 1].end : tokens[first].start] if first else ";"
    numbers = sorted({token.clause for token in tokens if token.content})
    if ";" in before or "." in before or ":" in before:
        return next((each for each in numbers if each > clause), -1)
    inside = [at for at in range(place) if tokens[at].clause == clause and tokens[at].content]
    if tokens[place].lower == "only" and inside:
        return clause
    return max((each for each in numbers if each < clause), default=-1)

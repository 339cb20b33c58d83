"""Phrases that were added to a sentence of the passage."""

from collections.abc import Sequence

from knowledge.support.aligning import found_in
from knowledge.support.comparing import Comparison
from knowledge.support.edits import Edits
from knowledge.support.lexicon import lexicon
from knowledge.support.tokens import Token

LEAST, MOST = 2, 12  # content words at the end
NEW = 0.5  # share of the words of a phrase that nothing holds
_JOINING = frozenset(["and", "or", "but", "because", "while", "which", "who", "so", "since"])
_OPENING = frozenset(
    """
    and or but because although though while whereas if unless when where which who that since so
    as than to by with for after before under from into in on through
    """.split()  # noqa: SIM905 - a list reads worse
)


def adding_traits(comparison: Comparison, found: Edits | None) -> dict[str, float]:
    """How many words the longest new phrase has, and whether one ends the sentence.

    They count as far as the rest of the sentence repeats its passage, and only where more words
    are new than the passage has left that they may stand for.
    """
    tokens = comparison.tokens
    fresh = {place for place in comparison.alignment.uncovered if _heavy(tokens[place])}
    phrases = _phrases(tokens)
    new = [
        each
        for each in phrases
        if fresh & set(each)
        and len(fresh & set(each)) >= NEW * sum(_heavy(tokens[place]) for place in each)
    ]
    counts = [len(fresh & set(each)) for each in new]
    if found is None:
        return {"new-phrase": 0.0, "new-at-end": 0.0, "strewn-end": 0.0}
    strewn = _strewn_end(comparison, found)
    if sum(counts) <= _replaceable(comparison):
        return {"new-phrase": 0.0, "new-at-end": 0.0, "strewn-end": strewn}
    rest = found.rest(frozenset(place for each in new for place in each))
    return {
        "new-phrase": max(counts) * rest,
        "new-at-end": (phrases[-1] in new) * rest,
        "strewn-end": strewn,
    }


def _strewn_end(comparison: Comparison, found: Edits) -> float:
    """How far a sentence is kept but for an end of which no one sentence holds more than half."""
    tokens = comparison.tokens
    last = max(found.kept, default=-1)
    while last >= 0 and tokens[last].lower not in _JOINING:
        last += 1
        if last == len(tokens):
            return 0.0
        if tokens[last].clause != tokens[last - 1].clause:
            break
    end = [place for place in range(last, len(tokens)) if tokens[place].content]
    if not LEAST <= len(end) <= MOST:
        return 0.0
    held = max(
        sum(bool(found_in(tokens[place], each)[0]) for place in end)
        for each in (*comparison.passage, comparison.heading)
    )
    return found.rest(frozenset(end)) if 2 * held <= len(end) else 0.0


def _heavy(token: Token) -> bool:
    return token.lemma not in lexicon().light


def _phrases(tokens: Sequence[Token]) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for place, token in enumerate(tokens):
        if token.lower in _OPENING or (place and token.clause != tokens[place - 1].clause):
            found.append([])
        if token.content:
            found[-1].append(place)
    return [each for each in found if each]


def _replaceable(comparison: Comparison) -> int:
    """How many words were left out of clauses that were otherwise taken over."""
    if comparison.best is None:
        return 0
    tokens = comparison.given(comparison.best)
    links = comparison.alignment.links
    taken = {link.given for link in links if link.sentence == comparison.best}
    clauses = {tokens[place].clause for place in taken}
    return sum(
        token.content and place not in taken and token.clause in clauses and _heavy(token)
        for place, token in enumerate(tokens)
    )

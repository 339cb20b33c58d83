"""Finds the verbs of a sentence without a parser, by their forms and the words around them."""

from collections.abc import Sequence

from knowledge.support.grammar import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    OWN,
    PREPOSITIONS,
    PRONOUNS,
    TOWARDS,
)
from knowledge.support.lexicon import lexicon
from knowledge.support.tokens import Token

Group = tuple[int, int]
"""The places of the first and the main word of a verb: "would" and "oblige"."""

_NO_VERB_BEHIND = DETERMINERS | PREPOSITIONS
_VERB_BEHIND = AUXILIARIES | ADVERBS | OWN | PRONOUNS | {"to", "who", "which"}
_NOUN_REACH = 5  # words in front of a participle


def verb_groups(tokens: Sequence[Token]) -> list[Group]:
    """The verbs of a sentence with their auxiliaries, in order; none lies in another."""
    verbs = {place for place in range(len(tokens)) if _is_verb(tokens, place)}
    found: list[Group] = []
    for place in sorted(verbs):
        if not found or place > found[-1][1]:
            found.append((place, _main(tokens, verbs, place)))
    return found


def _main(tokens: Sequence[Token], verbs: set[int], first: int) -> int:
    """The last verb of a group."""
    last = main = first
    while last + 1 < len(tokens) and (last not in verbs or tokens[last].lower in AUXILIARIES):
        if last + 1 not in verbs and not _joins(tokens, last + 1):
            break
        last += 1
        main = last if last in verbs else main
    return main


def _joins(tokens: Sequence[Token], place: int) -> bool:
    lower, before = tokens[place].lower, tokens[place - 1].lower
    if lower == "to":
        return before in AUXILIARIES | TOWARDS | ADVERBS
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return lower in ADVERBS or (lower in TOWARDS and following == "to")


def _is_verb(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.lower in AUXILIARIES or token.lower.endswith("n't"):
        return token.text != "May" or not place  # else it is the month
    if token.lower not in lexicon().verbs or token.text[0].isupper() or not place:
        return False
    before = tokens[place - 1]
    possessive = before.lower == "s"  # "the supplier's forecast"
    if possessive or before.lower in _NO_VERB_BEHIND:
        return False
    return before.lower in _VERB_BEHIND or _is_finite(tokens, place)


def _is_finite(tokens: Sequence[Token], place: int) -> bool:
    """Whether a form of a verb is one behind a noun."""
    token, before = tokens[place], tokens[place - 1]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    known = lexicon()
    sure = known.verbs - known.things
    if after is not None and after.lower == "that" and before.lower not in sure:
        return True
    if after is not None and before.lower == "that" and after.lower in DETERMINERS:
        return True
    bare = not token.lower.endswith(("ed", "ing", "s"))
    if token.lower in known.things or (bare and before.lower in sure):
        return False
    if token.lower.endswith("ing"):
        return before.clause != token.clause
    participle = token.lower.endswith(("ed", "en")) and before.content and after is not None
    return not (participle and after is not None and _belongs_to_noun(tokens, place, after))


def _belongs_to_noun(tokens: Sequence[Token], place: int, after: Token) -> bool:
    """Whether a participle tells which: "models released in 2024", "of the experts asked"."""
    clause = tokens[place].clause
    if after.clause != clause:
        lowers = {token.lower for token in tokens[max(0, place - _NOUN_REACH) : place]}
        return bool(lowers & PREPOSITIONS) and _verb_behind(tokens, place, len(tokens))
    if tokens[place - 1].clause != clause:
        return False
    joined = after.lower in PREPOSITIONS | lexicon().verbs | AUXILIARIES
    return joined and _verb_behind(tokens, place, clause + 1)


def _verb_behind(tokens: Sequence[Token], place: int, last_clause: int) -> bool:
    known = lexicon()
    sure = AUXILIARIES | (known.verbs - known.things)
    for token in tokens[place + 1 :]:
        if token.clause > last_clause or token.lower == "that":
            return False
        if token.lower in sure:
            return True
    return False

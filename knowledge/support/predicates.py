"""What is done in a sentence, and by whom: its verbs with their subjects."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.support.cues import MODAL, Cue, Kind
from knowledge.support.grammar import (
    ADVERBS,
    BE,
    JOINING,
    NONE,
    OWN,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
)
from knowledge.support.tokens import Token
from knowledge.support.verbs import Group, verb_groups

REACH = 14  # words in front of a verb in which its subject is looked for
AGENT_REACH = 8  # words behind a verb
_STANDING = OWN | PRONOUNS | {"none", "nobody"}
# name a plan or advice and do not say that a verb is meant so
_NOUNS = frozenset(
    ["recommendation", "recommendations", "proposal", "proposals", "draft", "plans", "planned"]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Predicate:
    """A verb with its subject.

    Attributes:
        verb: the place of the main verb.
        first: the place of the first word of its group: "would" of "would not oblige".
        subject: places of the words of the subject, the head last; empty when there is none.
        passive: whether the subject is what it is done to.
        denied: whether it is said not to be done.
        modal: how sure or strict it is meant.
        agent: of a passive verb, places of the words behind "by".
    """

    verb: int
    first: int
    subject: tuple[int, ...]
    passive: bool
    denied: bool
    modal: frozenset[Kind]
    agent: tuple[int, ...]


def predicates(tokens: Sequence[Token], found: Sequence[Cue]) -> tuple[Predicate, ...]:
    """The verbs of a sentence with their subjects, in order."""
    result: list[Predicate] = []
    for group in verb_groups(tokens):
        result.append(_predicate(tokens, found, group, result))
    return tuple(result)


def _predicate(
    tokens: Sequence[Token],
    found: Sequence[Cue],
    group: Group,
    earlier: Sequence[Predicate],
) -> Predicate:
    first, main = group
    lowers = [token.lower for token in tokens[first : main + 1]]
    passive = any(word in BE for word in lowers[:-1]) and not lowers[-1].endswith("ing")
    inside = [
        cue
        for cue in found
        if first <= cue.end
        and cue.start <= main + 1
        and (first <= cue.start or cue.clause == tokens[first].clause)
    ]
    subject = _subject(tokens, first, earlier)
    denials = [cue for cue in inside if "denial" in cue.kinds and cue.start != main]
    denials += [cue for cue in found if cue.words in NONE and _near_subject(cue, subject, first)]
    modal = {
        kind
        for cue in inside
        if cue.start != main and cue.words not in _NOUNS
        for kind in cue.kinds & MODAL
    } or _governing(tokens, found, first)
    joined = bool(first) and tokens[first - 1].lower in JOINING | ADVERBS
    if joined and earlier and first == main and not lowers[0].endswith(("s", "ed", "ing")):
        modal |= earlier[-1].modal
    return Predicate(
        verb=main,
        first=first,
        subject=subject,
        passive=passive,
        denied=len(set(denials)) % 2 == 1,
        modal=frozenset(modal),
        agent=_agent(tokens, main) if passive else (),
    )


def _near_subject(cue: Cue, subject: Sequence[int], first: int) -> bool:
    """Whether a cue stands in the subject or right in front of it: "no model"."""
    return bool(subject) and subject[0] - 2 <= cue.start < first and subject[0] < first


def _governing(tokens: Sequence[Token], found: Sequence[Cue], first: int) -> set[Kind]:
    """How what is told behind "that" is meant: "we recommend that"."""
    for place in range(first - 1, max(0, first - REACH), -1):
        if tokens[place].lower == "that" and tokens[place].clause == tokens[first].clause:
            return {
                kind
                for cue in found
                if 0 <= place - cue.end <= 1
                for kind in cue.kinds & {"advice", "plan", "likely"}
            }
    return set()


def _subject(tokens: Sequence[Token], first: int, earlier: Sequence[Predicate]) -> tuple[int, ...]:
    """The noun phrase in front of a verb, or the one of the verb before when there is none."""
    low = max([0, first - REACH, *(each.verb + 1 for each in earlier)])
    if first and tokens[first - 1].lower == "to":
        first -= 1
    clause = tokens[first].clause
    places = [place for place in range(low, first) if tokens[place].clause == clause]
    if places and tokens[places[-1]].lower in RELATIVE:
        behind = range(low, places[-1])
        nouns = [at for at in behind if tokens[at].content and tokens[at].clause >= clause - 1]
        return tuple(nouns[-1:])
    phrase = _noun_phrase(tokens, places)
    return phrase or (earlier[-1].subject if earlier else ())


def _noun_phrase(tokens: Sequence[Token], places: Sequence[int]) -> tuple[int, ...]:
    """The words that tell who, up to the first preposition behind one."""
    kept: list[int] = []
    for place in places:
        if tokens[place].lower in PREPOSITIONS and kept:
            break
        if tokens[place].content or tokens[place].lower in _STANDING:
            kept.append(place)
    return tuple(kept)


def _agent(tokens: Sequence[Token], main: int) -> tuple[int, ...]:
    """The words behind "by"."""
    behind = range(main + 1, min(len(tokens), main + AGENT_REACH))
    places = [place for place in behind if tokens[place].clause == tokens[main].clause]
    by = next((at for at, place in enumerate(places) if tokens[place].lower == "by"), None)
    return () if by is None else _noun_phrase(tokens, places[by + 1 :])

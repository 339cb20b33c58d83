"""Who says it: in the sentence and in the passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.support.comparing import Comparison
from knowledge.support.lexicon import lemma_of, lexicon
from knowledge.support.tokens import Token

_REACH = 6  # words in front of a verb in which its subject is looked for
_OTHERS = frozenset(
    ["it", "they", "he", "she", "its", "their", "his", "her", "who", "which", "that"]
)
_PASSIVE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
_OWN = frozenset(["we", "i", "our", "us", "my"])
_NO_VERBS = frozenset(
    [
        "report",
        "reports",
        "study",
        "view",
        "plan",
        "plans",
        "set",
        "sets",
        "claim",
        "claims",
        "project",
    ]
)
_OURSELVES = (
    "author researcher study paper report survey article post policy company firm group developer "
    "institute agency guidance document passage text writer organisation organization team "
    "publisher statement"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Saying:
    words: frozenset[str]
    lemmas: frozenset[str]


@cache
def _ourselves() -> frozenset[str]:
    """What a writer calls the publisher of a passage that says "we"."""
    return frozenset(lemma_of(word) for word in _OURSELVES.split())


def saying_traits(comparison: Comparison) -> dict[str, float]:
    """Whether somebody else is said to say it, or nobody any more."""
    own = comparison.given(comparison.best) if comparison.best is not None else ()
    mine, theirs = _sayings(comparison.tokens), _sayings(own)
    there = frozenset(lemma for each in theirs for lemma in each.lemmas)
    lowers = {token.lower for token in own}
    heading = {token.lemma for token in comparison.heading.sentence.tokens}
    everywhere = {token.lemma for each in comparison.passage for token in each.sentence.tokens}
    pronoun = any(each.words & _OTHERS for each in theirs)
    itself = not there or bool(lowers & _OWN)
    known = unknown = 0
    for each in mine:
        same = bool(each.lemmas & there) or _alike(each.lemmas, there)
        publisher = itself and bool(each.lemmas & (heading | _ourselves()))
        meant = pronoun and bool(each.lemmas & everywhere)
        if each.lemmas and not (same or publisher or meant):
            known += bool(each.lemmas & everywhere)
            unknown += not each.lemmas & everywhere
    opinion = "according" in lowers or any(token.lemma in lexicon().hedged for token in own)
    return {
        "sayer-other": float(known),
        "sayer-other-there": float(known if there else 0),
        "sayer-unknown-there": float(unknown if there else 0),
        "first-opinion-lost": float(opinion and bool(lowers & _OWN) and not mine),
    }


def _alike(some: frozenset[str], others: frozenset[str]) -> bool:
    same = lexicon().same
    groups = {group for lemma in others for group in same.get(lemma, ())}
    return any(groups & same.get(lemma, frozenset()) for lemma in some)


def _sayings(tokens: Sequence[Token]) -> list[_Saying]:
    """Of each verb of saying, what stands where its subject does."""
    speech = lexicon().speech
    found: list[_Saying] = []
    for place, token in enumerate(tokens):
        if token.lower == "according":
            window = tokens[place + 2 : place + 2 + _REACH]
        elif token.lemma in speech and place and token.lower not in _NO_VERBS:
            if tokens[place - 1].lower in _PASSIVE:
                continue
            before = tokens[max(0, place - _REACH) : place]
            window = tuple(each for each in before if each.clause == token.clause)
        else:
            continue
        lemmas = {each.lemma for each in window if each.content and each.lemma not in speech}
        words = frozenset(each.lower for each in window)
        found.append(_Saying(words=words, lemmas=frozenset(lemmas)))
    return found

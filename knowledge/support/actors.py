"""Who does or says something, and whether two texts mean the same one."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from knowledge.support.aligning import EXACT, found_in
from knowledge.support.comparing import Comparison
from knowledge.support.grammar import OWN, PRONOUNS, RELATIVE
from knowledge.support.lexicon import lemma_of, lexicon
from knowledge.support.predicates import Predicate
from knowledge.support.tokens import Token

Actor = Literal["same", "other-there", "other", "unclear"]
"""Of a verb in two texts; "other-there" is one that the passage knows, too."""

COMMON = 5  # first letters of words of one root: "audit office", "auditors"
_STANDING = OWN | PRONOUNS | RELATIVE | {"none", "nobody"}
# what a writer calls the publisher of a passage, whoever it is
_GENERAL = (
    "author researcher study paper report survey article post policy guidance document passage "
    "text writer publisher statement"
)
# the same, unless the passage speaks of such a one
_COLLECTIVE = (
    "coalition alliance association campaigner union federation network council centre committee "
    "company firm group developer institute agency organisation organization team office board lab"
    "  charity foundation activist signatory organiser auditor inspector commission"
)


def actor_of(
    comparison: Comparison, mine: Predicate, given: Sequence[Token], theirs: Predicate
) -> Actor:
    """Whether the same one does something in the sentence and in one of its passage."""
    both_passive = mine.passive and theirs.passive and not (mine.agent and theirs.agent)
    own, other = (
        each.subject if both_passive or not each.passive else each.agent for each in (mine, theirs)
    )
    here, there = [comparison.tokens[place] for place in own], [given[place] for place in other]
    if not here or not there:
        return "unclear"
    if any(token.lower in OWN for token in there):
        return "same" if means_publisher(here, comparison) else _other(comparison, here[-1])
    if alike(here, there):
        return "same"
    if stands_for_other(there) and not stands_for_other(here):
        return "same" if there[-1].lower in {"it", "they"} else "unclear"
    if stands_for_other(here) or may_be_same(here[-1], there[-1]):
        return "unclear"
    return _other(comparison, here[-1]) if acts(there[-1]) else "unclear"


def _other(comparison: Comparison, head: Token) -> Actor:
    if not acts(head):
        return "unclear"
    known = (*comparison.passage, comparison.heading)
    return "other-there" if any(found_in(head, each)[0] == EXACT for each in known) else "other"


def acts(token: Token) -> bool:
    """Whether a word can name who does something."""
    if token.lemma in lexicon().agents:
        return True
    named = token.start > 0 or not token.text[1:].islower()
    return token.text[0].isupper() and not token.text.isupper() and named


def may_be_same(one: Token, other: Token) -> bool:
    """Whether one is a name and the other a word that may stand for it."""
    name, word = (one, other) if one.text[0].isupper() else (other, one)
    if not name.text[0].isupper() or word.text[0].isupper() or name.lemma in lexicon().agents:
        return False
    return word.lemma in _lemmas(_GENERAL) | _lemmas(_COLLECTIVE)


def stands_for_other(tokens: Sequence[Token]) -> bool:
    """Whether there is a pronoun among some words."""
    return any(token.lower in _STANDING for token in tokens)


def means_publisher(here: Sequence[Token], comparison: Comparison) -> bool:
    """Whether some words can name the publisher of the passage."""
    if not here or stands_for_other(here):
        return bool(here)
    name, _, title = comparison.about.partition(":")
    text = {token.lower for each in comparison.passage for token in each.sentence.tokens}
    text |= set(title.lower().split())
    publisher = {lemma_of(word.lower()) for word in name.split()}
    general = _lemmas(_GENERAL)
    general |= {lemma_of(word) for word in _COLLECTIVE.split() if word not in text}
    heading = comparison.heading.sentence.tokens
    named = {token.lemma for token in heading if token.text[0].isupper()}
    return here[-1].lemma in general or any(
        token.lemma in publisher or (token.text[0].isupper() and token.lemma in named)
        for token in here
    )


def alike(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Whether two noun phrases can mean the same one; their heads come last."""
    mine, theirs = here[-1].lemma, there[-1].lemma
    if _like(mine, theirs):
        light = lexicon().light
        own, other = (
            [token.lemma for token in each[:-1] if token.lemma not in light]
            for each in (here, there)
        )
        # "the tax agency", "the pensions agency"
        return not own or not other or any(_like(one, two) for one in own for two in other)
    if theirs in {token.lemma for token in here}:
        return True
    return any(mine == token.lemma or _rooted(mine, token.lemma) for token in there)


def _like(one: str, other: str) -> bool:
    same = lexicon().same
    return one == other or bool(same.get(one, frozenset()) & same.get(other, frozenset()))


def _rooted(one: str, other: str) -> bool:
    return one[:COMMON] == other[:COMMON] and min(len(one), len(other)) >= COMMON


@cache
def _lemmas(words: str) -> frozenset[str]:
    return frozenset(lemma_of(word) for word in words.split())

"""Whether the same one does the same thing, as surely, in the sentence and in its passage."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.support.actors import Actor, actor_of
from knowledge.support.comparing import Comparison
from knowledge.support.cues import Kind
from knowledge.support.denying import denied_near
from knowledge.support.predicates import Predicate, predicates

_WEAK: frozenset[Kind] = frozenset({"leave", "possible", "likely", "advice", "plan"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A verb of the sentence and the one of the passage that it comes from, and who does it."""

    mine: Predicate
    theirs: Predicate
    sentence: int
    actor: Actor


def acting_traits(comparison: Comparison) -> dict[str, float]:
    """How many verbs are another's; and denied or meant otherwise, of the same one."""
    found = list(_pairs(comparison))
    same = [each for each in found if each.actor == "same"]
    return {
        "other-actor-there": float(sum(each.actor == "other-there" for each in found)),
        "other-actor": float(sum(each.actor == "other" for each in found)),
        "denied-otherwise": float(sum(_denied(comparison, each) for each in same)),
        "meant-firmer": float(sum(_firmer(each) for each in same)),
        "told-as-done": float(sum(_done(each) for each in same)),
    }


def _pairs(comparison: Comparison) -> Iterator[Pair]:
    """The verbs of the sentence that stand in the passage."""
    linked = {link.claimed: link for link in comparison.alignment.links}
    given = {
        number: {each.verb: each for each in predicates(comparison.given(number), found)}
        for number, found in comparison.theirs.items()
    }
    for mine in predicates(comparison.tokens, comparison.mine):
        link = linked.get(mine.verb)
        theirs = given[link.sentence].get(link.given) if link else None
        if link and theirs:
            yield Pair(
                mine=mine,
                theirs=theirs,
                sentence=link.sentence,
                actor=actor_of(comparison, mine, comparison.given(link.sentence), theirs),
            )


def _denied(comparison: Comparison, pair: Pair) -> bool:
    """Whether one denies it and the other does not, in whatever way."""
    mine, theirs = pair.mine, pair.theirs
    if mine.denied == theirs.denied:
        return False
    if theirs.denied:
        return not denied_near(comparison.tokens, comparison.mine, mine.verb)
    given = comparison.given(pair.sentence)
    return not denied_near(given, comparison.theirs[pair.sentence], theirs.verb)


def _firmer(pair: Pair) -> bool:
    """Whether what was open, advised or planned became more than that."""
    mine, theirs = pair.mine.modal, pair.theirs.modal
    if "future" in mine and "plan" in theirs and "future" not in theirs:
        return True
    return bool(mine) and bool(theirs & _WEAK) and not mine & theirs


def _done(pair: Pair) -> bool:
    return bool(pair.theirs.modal & _WEAK) and not pair.mine.modal

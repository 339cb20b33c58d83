"""Who says it: in the sentence and where it stands in the passage."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.support.actors import (
    acts,
    alike,
    may_be_same,
    means_publisher,
    stands_for_other,
)
from knowledge.support.comparing import Comparison
from knowledge.support.cues import Cue, Kind
from knowledge.support.grammar import OWN
from knowledge.support.lexicon import lemma_of, lexicon
from knowledge.support.predicates import predicates
from knowledge.support.tokens import Token

Speaker = Literal["same", "other", "own", "unclear"]
"""Who says it in the passage; "own" is the passage itself, where the sentence names somebody."""

LEAST_SAID = 2  # words of what is said that stand behind one speaker
REACH = 6  # words behind "according to", or in front of "view"
_VIEWS = frozenset(["view", "opinion", "judgement", "judgment", "belief", "eyes"])
# what tells that something was said, without a verb of saying
_ANSWERS = "agree accept reject refuse decline back oppose support want favour endorse welcome"
# what a text or an authority does rather than says
_DEEDS = "require define set mandate prohibit see view order provide specify project commit add"
_NO_REPORT: frozenset[Kind] = frozenset({"duty", "possible", "leave"})
_OPEN: frozenset[Kind] = frozenset({"advice", "likely", "plan", "possible"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """Somebody's words.

    Attributes:
        speaker: who says it; empty when nobody is named.
        start: the place of the first word of what is said.
        end: the place behind its last word.
        verb: lemma of the verb, or of "according".
        hedged: whether it is told as an opinion.
    """

    speaker: tuple[Token, ...]
    start: int
    end: int
    verb: str
    hedged: bool


def saying_traits(comparison: Comparison) -> dict[str, float]:
    """Whether somebody else is said to say it, or nobody any more."""
    mine = _sayings(comparison.tokens, comparison.mine)
    theirs = {
        number: _sayings(comparison.given(number), found)
        for number, found in comparison.theirs.items()
    }
    speakers = [
        _speaker(comparison, each, _said(each, mine), theirs) for each in mine if each.speaker
    ]
    return {
        "sayer-other": float(speakers.count("other")),
        "sayer-new": float(speakers.count("own")),
        "saying-lost": float(not mine and _lost(comparison, theirs)),
    }


def _sayings(tokens: Sequence[Token], found: Sequence[Cue]) -> tuple[Saying, ...]:
    """What is told as somebody's words in a sentence."""
    return (*_views(tokens), *_reports(tokens, found))


def _views(tokens: Sequence[Token]) -> Iterator[Saying]:
    """What stands behind "according to the office" or "in the view of the office"."""
    for place, token in enumerate(tokens):
        if token.lower == "according":
            window = tokens[place + 2 : place + 2 + REACH]
        elif token.lower in _VIEWS and 0 < place <= REACH and tokens[0].lower == "in":
            window = tokens[1:place]
        else:
            continue
        speaker = tuple(each for each in window if each.content and each.clause == window[0].clause)
        start, end = (place, len(tokens)) if place < REACH else (0, place)
        yield Saying(speaker=speaker, start=start, end=end, verb=token.lemma, hedged=True)


def _reports(tokens: Sequence[Token], found: Sequence[Cue]) -> Iterator[Saying]:
    """What stands behind a verb of saying, or in front of one that ends the sentence."""
    known = lexicon()
    for each in predicates(tokens, found):
        verb = tokens[each.verb].lemma
        if verb not in known.speech - _lemmas(_DEEDS) or each.passive or each.modal & _NO_REPORT:
            continue
        if each.first and tokens[each.first - 1].lower == "to":
            continue
        start, end = each.verb + 1, len(tokens)
        if each.verb >= len(tokens) - 2:
            if not each.subject or not tokens[each.subject[0]].clause:
                continue
            start, end = 0, each.first
        yield Saying(
            speaker=tuple(tokens[place] for place in each.subject),
            start=start,
            end=end,
            verb=verb,
            hedged=verb in known.hedged,
        )


@cache
def _lemmas(words: str) -> frozenset[str]:
    return frozenset(lemma_of(word) for word in words.split())


def _said(one: Saying, every: Collection[Saying]) -> frozenset[int]:
    """The places of what is said, but for what is said by others within it."""
    inner = {
        place
        for each in every
        if each.start > one.start or each.end < one.end
        for place in range(each.start, each.end)
    }
    return frozenset(range(one.start, one.end)) - inner


def _behind(
    comparison: Comparison, places: Collection[int], theirs: Mapping[int, Sequence[Saying]]
) -> tuple[Saying | None, int, int]:
    """Whose words most of some words are in the passage, in which sentence, and how many."""
    counted: Counter[tuple[int, int]] = Counter()
    for link in comparison.alignment.links:
        if link.claimed in places:
            over = [
                at
                for at, each in enumerate(theirs[link.sentence])
                if each.start <= link.given < each.end
            ]
            counted[link.sentence, over[-1] if over else -1] += 1
    if not counted:
        return None, -1, 0
    (number, at), most = counted.most_common(1)[0]
    return (theirs[number][at] if at >= 0 else None), number, most


def _speaker(
    comparison: Comparison,
    mine: Saying,
    said: Collection[int],
    theirs: Mapping[int, Sequence[Saying]],
) -> Speaker:
    found, number, most = _behind(comparison, said, theirs)
    if most < LEAST_SAID:
        return "unclear"
    head = mine.speaker[-1]
    can_say = acts(head) or head.lemma in lexicon().speakers
    if found is None or not found.speaker:
        named = any(alike(mine.speaker, [token]) for token in comparison.given(number))
        same = named or means_publisher(mine.speaker, comparison)
        return "same" if same else ("own" if acts(head) else "unclear")
    if any(token.lower in OWN for token in found.speaker):
        same = means_publisher(mine.speaker, comparison)
    else:
        same = any(
            bool(each.speaker) and alike(mine.speaker, each.speaker)
            for each in theirs[number]
            if each is found or each.verb == mine.verb
        )
        pronoun = stands_for_other((*found.speaker, *mine.speaker))
        can_say = can_say and not pronoun and not may_be_same(head, found.speaker[-1])
    return "same" if same else ("other" if can_say else "unclear")


def _lost(comparison: Comparison, theirs: Mapping[int, Sequence[Saying]]) -> bool:
    """Whether an opinion or another's words became a plain fact."""
    content = [token for token in comparison.tokens if token.content]
    hedged = any(cue.kinds & _OPEN and "future" not in cue.kinds for cue in comparison.mine)
    answered = any(token.lemma in _lemmas(_ANSWERS) for token in content)
    if hedged or answered or means_publisher([*filter(acts, content)], comparison):
        return False
    found, _, most = _behind(comparison, range(len(comparison.tokens)), theirs)
    if found is None or not found.speaker or most < LEAST_SAID or 2 * most <= len(content):
        return False
    return found.hedged and not alike(content, found.speaker)

"""Tells whether a question breaks a rule, by what it asks to do and to what.

No model: words stand for meanings (`lexicon`), pairs of a deed and a thing are events (`events`),
and an event counts when what opens its part of the sentence asks for it (`openers`, `asking`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.policy.asking import is_asked, wanted
from knowledge.policy.crisis import is_crisis
from knowledge.policy.events import Event, events_of
from knowledge.policy.following import asks_on, done_to_it, goes_on, intended, means_that
from knowledge.policy.lexicon import is_known
from knowledge.policy.normal import plain
from knowledge.policy.openers import Opener, openers
from knowledge.policy.sentence import Sentence, sentences_of
from knowledge.policy.topics import Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """Why a question is declined."""

    rule: Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """A rule that a message breaks.

    Attributes:
        carried: whether a deed is asked for on what another sentence named, as with "remove them".
    """

    rule: Rule
    carried: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """What the sentences before told of.

    Attributes:
        last: the last event, asked for or not.
        intended: the last one that seems to be meant to be done.
    """

    last: Event | None = None
    intended: Event | None = None


def broken_rule(text: str, earlier: Sequence[str] = ()) -> Broken | None:
    """The rule that a question breaks, or None.

    Args:
        text: as written.
        earlier: what the same person asked before, the newest first: what "it" is.
    """
    clear = plain(text, is_known)
    if is_crisis(clear):
        return Broken(rule="crisis")
    sentences = sentences_of(clear)
    before = sentences_of(plain(earlier[0], is_known)) if earlier else ()
    found = _broken(sentences, before)
    if found is None and before and goes_on(sentences):
        found = _broken(before, ())
    return found


def _broken(sentences: Sequence[Sentence], before: Sequence[Sentence]) -> Broken | None:
    """The rule that a message breaks."""
    message = {name for each in (*before, *sentences) for name in each.meant}
    said = _Said()
    for each in before:
        said = _Said(last=next(events_of(each, message), said.last))
    for place, sentence in enumerate(sentences):
        previous = sentences[place - 1] if place else None
        opened = _opened(sentence, previous)
        found = sorted(events_of(sentence, message), key=lambda event: event.start)
        if rule := _asked(sentence, found, opened):
            return Broken(rule=rule)
        if not found:
            if rule := _carried(sentence, opened, said):
                return Broken(rule=rule)
            if previous and (rule := done_to_it(sentence, previous, opened)):
                return Broken(rule=rule, carried=True)
        if found:
            said = _Said(last=found[0], intended=intended(sentence, found, opened))
    return None


def _opened(sentence: Sentence, previous: Sentence | None) -> list[Opener]:
    """The openers of a sentence, of which the first may stand before a colon."""
    opened = openers(sentence.text)
    if previous and previous.goes_on and not (opened and opened[0].start == 0):
        return [*(replace(each, start=-1) for each in openers(previous.text)[-1:]), *opened]
    return opened


def _asked(sentence: Sentence, found: Sequence[Event], opened: Sequence[Opener]) -> Rule | None:
    for event in found:
        if is_asked(sentence, event, opened):
            return event.rule
    return wanted(sentence, opened)


def _carried(sentence: Sentence, opened: Sequence[Opener], said: _Said) -> Rule | None:
    """The rule that a sentence without an event breaks by what was said before it."""
    if said.last and means_that(sentence, opened):
        return said.last.rule
    if said.intended and asks_on(sentence, opened):
        return said.intended.rule
    return None

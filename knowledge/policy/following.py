"""Understands what a sentence asks for by the sentences before it: "how do I do that?"."""

from collections.abc import Sequence

from knowledge.policy.asking import is_asked
from knowledge.policy.events import Event
from knowledge.policy.openers import Opener, openers, plays
from knowledge.policy.sentence import Sentence, turn
from knowledge.policy.topics import HARM_BY_MEANING, TOPICS, Rule

LONGEST_FOLLOW_UP = 8  # words
NEAR_PRONOUN = 3  # words from a deed to the pronoun it is done to


def means_that(sentence: Sentence, opened: Sequence[Opener]) -> bool:
    """Whether a sentence asks for what the one before it told of, or for its means."""
    if sentence.meant.get("defend"):
        return False
    if turn("MEANS").search(sentence.text):
        return True
    match = turn("ALSO").search(sentence.text)
    if not match:
        return False
    frames = [each.frame for each in opened if each.start <= match.start()]
    return bool(frames) and frames[-1] == "request"


def asks_on(sentence: Sentence, opened: Sequence[Opener]) -> bool:
    """Whether a sentence asks how, or for an artefact, without naming for what."""
    if any(name in sentence.meant for name in ("defend", "essay", "learn")):
        return False
    if turn("HOW").search(sentence.text):
        return True
    asked = bool(opened) and opened[0].frame == "request"
    return asked and any(name in sentence.meant for name in ("artefact", "steps"))


def intended(sentence: Sentence, found: Sequence[Event], opened: Sequence[Opener]) -> Event | None:
    """A deed that a sentence tells of without asking for it, as if it were to be done."""
    if turn("HAPPENED").search(sentence.text) or sentence.meant.get("defend"):
        return None
    for event in found:
        if event.start != event.end or event.rule == "safeguards":
            frames = [each.frame for each in opened if each.start <= sentence.starts[event.start]]
            if not frames or frames[-1] == "request":
                return event
    return None


def done_to_it(sentence: Sentence, before: Sentence, opened: Sequence[Opener]) -> Rule | None:
    """The rule that a deed on a pronoun breaks: "What are safeguards? Remove them."."""
    if sentence.meant.get("defend"):
        return None
    if plays(sentence.text):
        named = [rule for name, rule in HARM_BY_MEANING if name in before.meant]
        return next(iter(named), None)
    pronouns = sentence.meant.get("pronoun", ())
    for topic in TOPICS:
        if topic.deed in (None, "track") or topic.near or topic.thing not in before.meant:
            continue
        if any(name in before.meant for name in topic.unless):
            continue
        for deed in sentence.meant.get(topic.deed or "", ()):
            if not any(0 < place - deed <= NEAR_PRONOUN for place in pronouns):
                continue
            event = Event(rule=topic.rule, start=deed, end=deed)
            frames = [each.frame for each in opened if each.start <= sentence.starts[deed]]
            if frames and frames[-1] == "request" and is_asked(sentence, event, opened):
                return topic.rule
    return None


def goes_on(sentences: Sequence[Sentence]) -> bool:
    """Whether a message only goes on with the one before it: "and for Mistral?"."""
    if len(sentences) != 1:
        return False
    (sentence,) = sentences
    frames = {each.frame for each in openers(sentence.text)}
    return (
        0 < sentence.length <= LONGEST_FOLLOW_UP
        and bool(turn("FOLLOWS").match(sentence.text))
        and "education" not in frames
        and not turn("BECAUSE").search(sentence.text)
        and not sentence.meant.get("defend")
    )

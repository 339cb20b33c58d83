"""Decides whether a sentence asks for an event, or asks about it, or how to prevent it."""

import re
from collections.abc import Sequence

from knowledge.policy.events import Event, is_defended, is_topic
from knowledge.policy.openers import Frame, Opener
from knowledge.policy.sentence import Sentence, turn
from knowledge.policy.topics import HARM_BY_MEANING, ONLY_WITH, Rule

LONGEST_FRAGMENT = 12  # words of a request that is no sentence
NEAR_OPENER = 4  # words from what opens a request to the verb that tells what it is

_WHY = re.compile(r"why|warum|wieso|weshalb")


def is_asked(sentence: Sentence, event: Event, opened: Sequence[Opener]) -> bool:
    """Whether somebody is asked to do, or to help with, an event.

    Args:
        sentence: that holds it.
        event: one of its events.
        opened: the sentence's openers.
    """
    frame = _frame(sentence, event, opened)
    if event.direct:
        explains = turn("EXPLAINS").match(sentence.text) or turn("BECAUSE").search(sentence.text)
        return frame != "defence" and not explains
    if frame == "request":
        told = sentence.has(event.start, "jailbreak") and _only_learns(sentence, opened)
        return not told and not _is_essay(sentence, event)
    if frame == "generic":
        return not turn("BECAUSE").search(sentence.text)
    if frame == "education":
        return _wants_steps(sentence, event, opened)
    return frame is None and _is_fragment(sentence, event)


def wanted(sentence: Sentence, opened: Sequence[Opener]) -> Rule | None:
    """The rule that a plain request for a harmful thing breaks, whatever its verb is."""
    harmless = any(name in sentence.meant for name in ("defend", "essay", "self", "game"))
    if harmless or _only_learns(sentence, opened):
        return None
    reason = turn("BECAUSE").search(sentence.text)
    for name, rule in HARM_BY_MEANING:
        if ONLY_WITH.get(name, name) not in sentence.meant:
            continue
        for place in sentence.meant.get(name, ()):
            if is_defended(sentence, place) or _is_told_of(sentence, place, opened):
                continue
            frame = _opened_by(opened, sentence.starts[place] - 1)
            if frame == "request" or (frame == "generic" and not reason):
                return rule
    return None


def _is_told_of(sentence: Sentence, thing: int, opened: Sequence[Opener]) -> bool:
    """Whether "about" stands between what opens the request and the thing, and no deed does."""
    if is_topic(sentence, thing):
        return True
    first = sentence.word_at(opened_at(opened, sentence.starts[thing]))
    about = [place for place in sentence.meant.get("about", ()) if first < place < thing]
    deeds = ("make", "artefact", "defeat", "steal")
    return bool(about) and not any(
        about[0] < place < thing for name in deeds for place in sentence.meant.get(name, ())
    )


def _frame(sentence: Sentence, event: Event, opened: Sequence[Opener]) -> Frame | None:
    """What opens the part of the sentence in which the event stands.

    It is a defence when a word of defence stands between the opener and the event.
    """
    start = sentence.starts[event.start]
    since = opened_at(opened, start)
    for place in sentence.meant.get("defend", ()):
        if event.start <= place <= event.end or sentence.has(place, "guard"):
            continue
        if since <= sentence.starts[place] <= start:
            return "defence"
    end = sentence.starts[event.end]
    if any(start < each.start < end and each.frame == "education" for each in opened):
        return "education"
    return _opened_by(opened, start)


def opened_at(opened: Sequence[Opener], start: int) -> int:
    """Where the last opener before an offset begins; 0 when there is none."""
    return max((each.start for each in opened if each.start <= start), default=0)


def _opened_by(opened: Sequence[Opener], start: int) -> Frame | None:
    return next((each.frame for each in reversed(opened) if each.start <= start), None)


def _wants_steps(sentence: Sentence, event: Event, opened: Sequence[Opener]) -> bool:
    """Whether a question about others wants to have it step by step."""
    steps = any(not event.start <= place <= event.end for place in sentence.meant.get("steps", ()))
    why = _WHY.match(sentence.text[opened_at(opened, sentence.starts[event.start]) :])
    asked = "stepwise" in sentence.words or any(each.frame == "request" for each in opened)
    return steps and asked and not why


def _is_essay(sentence: Sentence, event: Event) -> bool:
    """Whether what is to be written only tells about the event."""
    told_as = event.rule == "disinformation" and event.start == event.end  # its form is an article
    if "steps" in sentence.meant or event.rule == "evasion" or told_as:
        return False
    return any(place < event.start for place in sentence.meant.get("essay", ())) and not any(
        place == event.start for place in sentence.meant.get("artefact", ())
    )


def _is_fragment(sentence: Sentence, event: Event) -> bool:
    """Whether words without a verb ask for an artefact, as one types into a search box."""
    if sentence.has(0, "subject"):
        return False
    made = sentence.meant.get("artefact", ())
    return sentence.length <= LONGEST_FRAGMENT and (
        event.start in made or (event.start == 0 and event.end > 0 and not sentence.has(0, "turn"))
    )


def _only_learns(sentence: Sentence, opened: Sequence[Opener]) -> bool:
    """Whether what is asked for is to understand: "help me understand phishing"."""
    begins = [sentence.word_at(each.start) for each in opened if each.frame == "request"]
    return any(
        0 <= place - begin <= NEAR_OPENER
        for place in sentence.meant.get("learn", ())
        for begin in begins
    )

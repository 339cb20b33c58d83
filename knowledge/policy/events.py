"""Finds in a sentence the deeds on things that are not helped with, asked for or not."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge.policy.sentence import Sentence
from knowledge.policy.special import special_requests
from knowledge.policy.topics import TOPICS, Rule, Topic

_REALLY = frozenset(("real", "actual", "actually", "really", "echte", "echten", "wirklich"))
# what stands behind "in" when it is no game or film
_REAL = frozenset(
    ("real", "reality", "his", "her", "their", "my", "public", "cold", "self", "secret", "sleep")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A deed on a thing, by the places of the words.

    Attributes:
        direct: whether to ask what it is already asks for it, as for an address.
    """

    rule: Rule
    start: int
    end: int
    direct: bool = False


def events_of(sentence: Sentence, message: Collection[str]) -> Iterator[Event]:
    """The events in a sentence, in no order.

    Args:
        sentence: of a message.
        message: what the words of the whole message stand for.
    """
    for rule, pattern in special_requests():
        for match in pattern.finditer(sentence.text):
            place = sentence.word_at(match.start())
            yield Event(rule=rule, start=place, end=place, direct=rule == "doxxing")
    for topic in TOPICS:
        if all(name in message for name in topic.near) and not _is_harmless(sentence, topic):
            yield from _pairs(sentence, topic)


def is_defended(sentence: Sentence, thing: int) -> bool:
    """Whether the word behind makes a defence of it: "malware scanner"."""
    return sentence.has(thing + 1, "defence_noun") and not sentence.has(thing, "guard")


def is_topic(sentence: Sentence, thing: int) -> bool:
    """Whether it is what something is about: "an essay about malware"."""
    return any(sentence.has(thing - back, "about") for back in (1, 2))


def _is_harmless(sentence: Sentence, topic: Topic) -> bool:
    harmless = any(name in sentence.meant for name in topic.unless)
    return harmless and _REALLY.isdisjoint(sentence.words)


def _pairs(sentence: Sentence, topic: Topic) -> Iterator[Event]:
    for thing in sentence.meant.get(topic.thing, ()):
        about = topic.thing not in ("faked", "hate") and is_topic(sentence, thing)
        staged = topic.rule == "violence" and _is_staged(sentence, thing)
        if about or staged or is_defended(sentence, thing):
            continue
        if topic.deed is None:
            yield Event(rule=topic.rule, start=thing, end=thing)
            continue
        for deed in sentence.meant.get(topic.deed, ()):
            if 0 < thing - deed <= topic.reach + 1 and _is_clear(sentence, deed, thing, topic):
                yield Event(rule=topic.rule, start=deed, end=thing)
        for deed in sentence.meant.get(topic.behind or "", ()):
            if 0 < deed - thing <= topic.reach + 2 and _is_clear(sentence, thing, deed, topic):
                yield Event(rule=topic.rule, start=thing, end=deed)


def _is_clear(sentence: Sentence, first: int, last: int, topic: Topic) -> bool:
    """Whether nothing between two words parts them."""
    if topic.thing == "hate":  # its words name what it is against
        return True
    parting = ("about", "learn") if topic.rule == "evasion" else ("about", "learn", "essay")
    for place in range(first + 1, last):
        if any(sentence.has(place, name) for name in parting):
            return False
        if sentence.has(place, "defend") and not sentence.has(place, topic.thing):
            return False
    return True


def _is_staged(sentence: Sentence, thing: int) -> bool:
    """Whether "in" and a name stand behind, as of a game: what it is cannot be known."""
    behind = sentence.words[thing + 1 : thing + 3]
    return len(behind) > 1 and behind[0] in ("in", "im") and behind[1] not in _REAL

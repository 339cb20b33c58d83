"""Decides whether a question asks for help with harm, by what it asks to do and to what.

No model: words stand for meanings (`lexicon`), pairs of a deed and a thing are events (`topics`),
and an event counts when what opens its part of the sentence asks for it (`openers`).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.policy.crisis import is_crisis
from knowledge.policy.lexicon import is_known, meanings
from knowledge.policy.normal import plain
from knowledge.policy.openers import Frame, Opener, openers
from knowledge.policy.special import SPECIAL
from knowledge.policy.topics import HARM_BY_MEANING, TOPICS, Rule, Topic

MOST_SENTENCES = 80
LONGEST_FRAGMENT = 12  # words of a request that is no sentence
NEAR_OPENER = 4  # words from what opens a request to the verb that tells what it is
LONGEST_FOLLOW_UP = 8  # words

_SENTENCE = re.compile(r"(?<=[.!?;:])[\s\"')]+|\n+")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|,")
_BECAUSE = re.compile(
    r"\b(?:why|warum|wieso|weshalb|matters?|risks?|risk[oe]\w*|risiken|risiko|dangers?|dangerous|gefahr\w*|"
    r"laws?|impossible|harder|unmoglich|schwerer|myth|true|possible|mythos|stimmt|wahr|moglich|erlaubt|allowed|legal\w*|illegal|consequences|folgen|problem\w*|worr\w+|concern\w*|prevent\w*|"
    r"gesetz\w*|strafbar|verboten|bedeutet das|wichtig|detect\w*|defend\w*)\b"
)
_EXPLAINS = re.compile(
    r"(?:why|how (?!(?:can|do|could|would|should) (?:i|we|you|one))|warum|wieso|wie (?!\w+ ich)|can (?:a|an|ai|any|some|they|people)|"
    r"kann (?:man|jemand|eine?|ki)|is it|ist es|does|do|did|has|have|was|were|konnen|someone|jemand)\b"
)
_HAPPENED = re.compile(
    r"\b(?:was|were|been|got|has|had|wurde|wurden|worden|hat|hatte|someone|somebody|jemand|they|people|leute)\b"
)
_HOW = re.compile(
    r"^(?:so |and |und |also |now |ok )?(?:what (?:do|should|must|can) i do\b(?! (?:if|when))|was (?:muss|soll|kann) ich (?:\w+ )?tun|"
    r"wie (?:geht|mache ich|mach ich|stelle ich|kriege ich|gehe ich)|how (?:do|would|should|can) i (?:do|start|go|proceed|begin|configure|set)|how to\b|where do i start|"
    r"begin|go\b|start\b|fang an|leg los|los\b|wo fange ich an|which (?:\w+ )?(?:steps|commands|settings))"
)
_MEANS = re.compile(
    r"\b(?:give|send|show|gib|zeig|schick|need|brauche) (?:me |mir )?(?:\w+ ){0,3}(?:code|sourcecode|quellcode|script|skript|prompts?|commands?|befehle|"
    r"instructions|anleitung|template|vorlage|link|steps|recipe|rezept)\b|\blink please\b"
)
_REALLY = frozenset(("real", "actual", "actually", "really", "echte", "echten", "wirklich"))
_REAL = frozenset(("real", "reality", "his", "her", "their", "my", "public", "cold", "self", "secret", "sleep"))
_FOLLOWS = re.compile(
    r"^(?:(?:ok|okay|and|und|but|aber|so|now|jetzt|then|dann|what about|how about|was ist mit|wie ist es mit|"
    r"same|the same|dasselbe|das gleiche|auch|also|please|bitte|do it|mach es|mach das|just|einfach|"
    r"come on|komm|try again|again|nochmal|for|fur|fuer|with|mit|do|i|it is|es ist)\b)"
)
_ALSO = re.compile(
    r"\b(?:do|doing|try|make|write|build|get|use|give|send|show|create|generate|have|need|want|mache?|machen|tun|"
    r"schreib\w*|gib|zeig\w*|brauche|will|bau\w*|erstell\w*)(?: \w+){0,2} (?:it|that|this|those|them|one|so|"
    r"es|das|eine?s?|sowas|sie)\b|\b(?:das|es|sowas|sie)(?: \w+){0,3} (?:machen|tun|bauen|schreiben|hinbekommen)\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """Why a question is declined."""

    rule: Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class _Event:
    """A deed on a thing, by the places of the words."""

    rule: Rule
    start: int
    end: int
    direct: bool = False  # to ask what it is already asks for it


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sentence:
    """A sentence in plain form.

    Attributes:
        starts: where each word begins in the text.
        meant: places of words by what they stand for.
    """

    text: str
    goes_on: bool  # whether a colon stood at its end
    words: tuple[str, ...]
    starts: tuple[int, ...]
    meant: Mapping[str, tuple[int, ...]]

    def has(self, place: int, name: str) -> bool:
        """Whether a word stands for something."""
        return place in self.meant.get(name, ())


def judge(text: str, earlier: Sequence[str] = ()) -> Judgement | None:
    """Why a question is declined, or None when it may be answered.

    Args:
        text: as written.
        earlier: what the same person asked before, the newest first: what "it" is.
    """
    clear = plain(text, is_known)
    if is_crisis(clear):
        return Judgement(rule="crisis")
    sentences = _sentences(clear)
    before = _sentences(plain(earlier[0], is_known)) if earlier else ()
    rule = _asked(sentences, before)
    if rule is None and before and _goes_on(sentences):
        rule = _asked(before, ())
    return Judgement(rule=rule) if rule else None


def _asked(sentences: Sequence[_Sentence], before: Sequence[_Sentence]) -> Rule | None:
    """The rule that a message breaks."""
    message = {name for each in (*before, *sentences) for name in each.meant}
    last: _Event | None = None
    loose: _Event | None = None
    for each in before:
        last = next(iter(_events(each, message)), last)
    for place, sentence in enumerate(sentences):
        opened = openers(sentence.text)
        if place and sentences[place - 1].goes_on and not (opened and opened[0].start == 0):
            ahead = openers(sentences[place - 1].text)
            opened = [*(replace(each, start=0) for each in ahead[-1:]), *opened]
        found = sorted(_events(sentence, message), key=lambda event: event.start)
        for event in found:
            if _is_asked(sentence, event, opened):
                return event.rule
        if wanted := _wanted(sentence, opened):
            return wanted
        if last and not found and _MEANS.search(sentence.text) and not sentence.meant.get("defend"):
            return last.rule
        if last and not found and _means_that(sentence, opened):
            return last.rule
        if loose and not found and _asks_on(sentence, opened):
            return loose.rule
        if found:
            last = found[0]
            loose = _loose(sentence, found, opened)
        elif place and (thing := _named_before(sentence, sentences[place - 1], opened)):
            return thing
    return None


def _events(sentence: _Sentence, message: Collection[str]) -> Iterator[_Event]:
    for rule, pattern in SPECIAL:
        for match in pattern.finditer(sentence.text):
            start = sum(begin < match.start() + 1 for begin in sentence.starts) - 1
            place = max(start, 0)
            yield _Event(rule=rule, start=place, end=place, direct=rule == "doxxing")
    for topic in TOPICS:
        if any(name not in message for name in topic.near):
            continue
        if any(name in sentence.meant for name in topic.unless) and _REALLY.isdisjoint(
            sentence.words
        ):
            continue
        yield from _pairs(sentence, topic)


def _pairs(sentence: _Sentence, topic: Topic) -> Iterator[_Event]:
    for thing in sentence.meant.get(topic.thing, ()):
        about = topic.deed != "fake" and topic.thing != "hate" and _is_topic(sentence, thing)
        if about or _is_defended(sentence, thing):
            continue
        if topic.deed is None:
            yield _Event(rule=topic.rule, start=thing, end=thing)
            continue
        for deed in sentence.meant.get(topic.deed, ()):
            ahead = 0 < thing - deed <= topic.reach + 1
            if topic.rule == "violence" and _is_staged(sentence, thing):
                continue
            if ahead and _is_clear(sentence, deed, thing, topic):
                yield _Event(rule=topic.rule, start=deed, end=thing)
        for deed in sentence.meant.get(topic.behind or "", ()):
            behind = 0 < deed - thing <= topic.reach + 2
            if behind and _is_clear(sentence, thing, deed, topic):
                yield _Event(rule=topic.rule, start=thing, end=deed)


def _is_clear(sentence: _Sentence, first: int, last: int, topic: Topic) -> bool:
    """Whether nothing between two words parts them."""
    between = range(first + 1, last)
    parting = ("about", "learn") if topic.rule == "evasion" else ("about", "learn", "essay")
    if any(sentence.has(place, name) for place in between for name in parting):
        return False
    deeds = {"defend"} - {topic.deed, topic.thing}
    return not any(
        sentence.has(place, name) and not sentence.has(place, topic.thing)
        for place in between
        for name in deeds
    )


def _is_defended(sentence: _Sentence, thing: int) -> bool:
    """Whether the word behind makes a defence of it: "malware scanner"."""
    return sentence.has(thing + 1, "defence_noun") and not sentence.has(thing, "guard")


def _is_topic(sentence: _Sentence, thing: int) -> bool:
    """Whether it is what something is about: "an essay about malware"."""
    return any(sentence.has(thing - back, "about") for back in (1, 2))


def _is_staged(sentence: _Sentence, thing: int) -> bool:
    """Whether "in" and a name stand behind, as of a game: what it is cannot be known."""
    behind = sentence.words[thing + 1 : thing + 3]
    return len(behind) > 1 and behind[0] in ("in", "im") and behind[1] not in _REAL


def _is_asked(sentence: _Sentence, event: _Event, opened: Sequence[Opener]) -> bool:
    """Whether somebody is asked to do, or to help with, an event."""
    start = sentence.starts[event.start]
    frame: Frame | None = None
    for opener in opened:
        if opener.start <= start:
            frame = opener.frame
    frame = _defended(sentence, event, start, opened, frame)
    if event.direct:
        explains = _EXPLAINS.match(sentence.text) or _BECAUSE.search(sentence.text)
        return frame != "defence" and not explains
    if frame == "request":
        return not _is_essay(sentence, event)
    if frame == "generic":
        return not _BECAUSE.search(sentence.text)
    steps = any(
        not event.start <= place <= event.end for place in sentence.meant.get("steps", ())
    )
    if frame == "education":
        third = not re.match(r"why|warum|wieso|weshalb", sentence.text[_last(opened, start):])
        asked = "stepwise" in sentence.words or any(each.frame == "request" for each in opened)
        return steps and third and asked
    if frame == "defence":
        return False
    return _is_fragment(sentence, event)


def _defended(
    sentence: _Sentence, event: _Event, start: int, opened: Sequence[Opener], frame: Frame | None
) -> Frame | None:
    """The frame, or defence when a word of defence stands between it and the event."""
    since = _last(opened, start)
    own = range(event.start, event.end + 1)
    for place in sentence.meant.get("defend", ()):
        if place in own or sentence.has(place, "guard"):
            continue
        if since <= sentence.starts[place] <= start:
            return "defence"
    return frame


def _last(opened: Sequence[Opener], start: int) -> int:
    return max((each.start for each in opened if each.start <= start), default=0)


def _is_essay(sentence: _Sentence, event: _Event) -> bool:
    """Whether what is to be written only tells about the event."""
    if "steps" in sentence.meant or event.rule == "evasion":
        return False
    return any(place < event.start for place in sentence.meant.get("essay", ())) and not any(
        place == event.start for place in sentence.meant.get("artefact", ())
    )


def _is_fragment(sentence: _Sentence, event: _Event) -> bool:
    """Whether words without a verb ask for an artefact, as one types into a search box."""
    words = sum(word != "," for word in sentence.words)
    made = sentence.meant.get("artefact", ())
    return words <= LONGEST_FRAGMENT and (
        event.start in made or (event.start == 0 and event.end > 0 and not sentence.has(0, "turn"))
    )


def _means_that(sentence: _Sentence, opened: Sequence[Opener]) -> bool:
    """Whether a sentence asks for what the one before it told of: "how do I do that?"."""
    match = _ALSO.search(sentence.text)
    if not match:
        return False
    frames = [each.frame for each in opened if each.start <= match.start()]
    return bool(frames) and frames[-1] == "request" and not sentence.meant.get("defend")


def _named_before(
    sentence: _Sentence, before: _Sentence, opened: Sequence[Opener]
) -> Rule | None:
    """The rule that a deed on a pronoun breaks: "What are safeguards? Remove them."."""
    pronouns = sentence.meant.get("pronoun", ())
    for topic in TOPICS:
        if topic.deed is None or topic.deed == "track" or topic.thing not in before.meant or (
            topic.near
        ):
            continue
        for deed in sentence.meant.get(topic.deed, ()):
            if not any(0 < place - deed <= 3 for place in pronouns):
                continue
            event = _Event(rule=topic.rule, start=deed, end=deed)
            frames = [each for each in opened if each.start <= sentence.starts[deed]]
            if frames and frames[-1].frame == "request" and _is_asked(sentence, event, opened):
                return topic.rule
    return None


def _wanted(sentence: _Sentence, opened: Sequence[Opener]) -> Rule | None:
    """The rule that a plain request for a harmful thing breaks, whatever its verb is."""
    if any(name in sentence.meant for name in ("defend", "essay", "self", "game")):
        return None
    if _only_learns(sentence, opened):
        return None
    for name, rule in HARM_BY_MEANING:
        if name == "uncensored" and "model" not in sentence.meant:
            continue
        for place in sentence.meant.get(name, ()):
            if _is_defended(sentence, place) or _is_topic(sentence, place):
                continue
            frames = [each.frame for each in opened if each.start < sentence.starts[place]]
            if frames and frames[-1] == "request":
                return rule
            if frames and frames[-1] == "generic" and not _BECAUSE.search(sentence.text):
                return rule
    return None


def _only_learns(sentence: _Sentence, opened: Sequence[Opener]) -> bool:
    """Whether what is asked for is to understand: "help me understand phishing"."""
    begins = [
        sum(start < each.start + 1 for start in sentence.starts) - 1
        for each in opened
        if each.frame == "request"
    ]
    return any(
        0 <= place - begin <= NEAR_OPENER
        for place in sentence.meant.get("learn", ())
        for begin in begins
    )


def _loose(
    sentence: _Sentence, found: Sequence[_Event], opened: Sequence[Opener]
) -> _Event | None:
    """A deed that a sentence tells of without asking for it, as if it were to be done."""
    if _HAPPENED.search(sentence.text) or sentence.meant.get("defend"):
        return None
    for event in found:
        if event.start != event.end or event.rule == "safeguards":
            frames = [each for each in opened if each.start <= sentence.starts[event.start]]
            if not frames or frames[-1].frame == "request":
                return event
    return None


def _asks_on(sentence: _Sentence, opened: Sequence[Opener]) -> bool:
    """Whether a sentence asks how, or for the means, without naming for what."""
    if any(name in sentence.meant for name in ("defend", "essay", "learn")):
        return False
    if _HOW.search(sentence.text):
        return True
    asked = bool(opened) and opened[0].frame == "request"
    return asked and any(name in sentence.meant for name in ("artefact", "steps"))


def _goes_on(sentences: Sequence[_Sentence]) -> bool:
    """Whether a message only goes on with the one before it: "and for Mistral?"."""
    if len(sentences) != 1:
        return False
    (sentence,) = sentences
    words = sum(word != "," for word in sentence.words)
    frames = {each.frame for each in openers(sentence.text)}
    return (
        0 < words <= LONGEST_FOLLOW_UP
        and bool(_FOLLOWS.match(sentence.text))
        and "education" not in frames
        and not _BECAUSE.search(sentence.text)
        and not sentence.meant.get("defend")
    )


def _sentences(clear: str) -> tuple[_Sentence, ...]:
    parts = [part.strip() for part in _SENTENCE.split(clear)]
    return tuple(
        sentence
        for part in [part for part in parts if part][:MOST_SENTENCES]
        if (sentence := _sentence(part)).words
    )


def _sentence(part: str) -> _Sentence:
    words: list[str] = []
    starts: list[int] = []
    meant: dict[str, list[int]] = {}
    text = ""
    for match in _TOKEN.finditer(part):
        for name in meanings(match[0]):
            meant.setdefault(name, []).append(len(words))
        words.append(match[0])
        starts.append(len(text) + bool(text))
        text = f"{text} {match[0]}" if text else match[0]
    _join_parted(words, meant)
    return _Sentence(
        text=text,
        goes_on=part.rstrip("\"' ").endswith(":"),
        words=tuple(words),
        starts=tuple(starts),
        meant={name: tuple(places) for name, places in meant.items()},
    )


def _join_parted(words: Sequence[str], meant: dict[str, list[int]]) -> None:
    """Takes "turn ... off" and "schalte ... aus" for one verb."""
    for turn in meant.get("turn", ()):
        away = [place for place in meant.get("away", ()) if 0 < place - turn <= 9]
        if away and words[turn] not in ("make", "making"):
            meant.setdefault("defeat", []).append(turn)
            meant["defeat"].sort()

"""Recognises greetings, thanks, farewells and questions about the bot itself, and replies.

A text counts only when nothing else is in it: "hi, is Llama open source?" is a question.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.smalltalk_phrases import (
    ASIDES,
    EMOJI,
    PHRASES,
    SHORTHAND,
    WHOLE,
    Language,
    Smalltalk,
)

LONGEST = 120  # characters; whoever writes more wants more
LEAST_LETTERS = 5  # of a word that may have a slip in it
STRONGEST: tuple[Smalltalk, ...] = ("identity", "farewell", "thanks", "greeting")
REPLIES: Mapping[Language, Mapping[Smalltalk, str]] = {
    "en": {
        "greeting": (
            "Hello! Ask me about open-weight AI, its risks and its benefits: I answer with quotes "
            "that you can check."
        ),
        "thanks": "You are welcome. Ask on whenever you like.",
        "farewell": "Goodbye, and come back with questions whenever you like.",
        "identity": (
            "I am Caveat, a bot. I answer questions about open-weight AI with word-for-word quotes "
            "from a library of documents, each with its source, and I say so when the library does "
            "not hold an answer. Try: Can a released model be recalled?"
        ),
    },
    "de": {
        "greeting": (
            "Hallo! Frag mich nach KI-Modellen mit offenen Gewichten, ihren Risiken und ihrem "
            "Nutzen: Ich antworte mit Zitaten, die du nachprüfen kannst."
        ),
        "thanks": "Gern geschehen. Frag jederzeit weiter.",
        "farewell": "Auf Wiedersehen, und komm jederzeit mit Fragen wieder.",
        "identity": (
            "Ich bin Caveat, ein Bot. Ich beantworte Fragen zu KI-Modellen mit offenen Gewichten "
            "mit wörtlichen Zitaten aus einer Bibliothek von Dokumenten, immer mit Quelle, und "
            "sage es, wenn die Bibliothek keine Antwort hat. Zum Beispiel: Can a released model "
            "be recalled?"
        ),
    },
}

_MARKUP = re.compile(r"<a?:\w+:\d+>|<(?:@[!&]?|#)\d+>|:\w+:|[*_~|`]+")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")  # noqa: RUF001 - as phones type it
_SMILEY = re.compile(r"(?<!\w)[:;=8x]['-]?[)(dp3o/]+(?!\w)|(?<!\w)(?:<3|\^\^)(?!\w)", re.IGNORECASE)
_LONG_RUN = re.compile(r"(.)\1{2,}")
_LAST_RUN = re.compile(r"(.)\1+$")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    kind: Smalltalk
    language: Language


def smalltalk(text: str) -> Smalltalk | None:
    """What kind of smalltalk a text is, or None when there is anything else in it."""
    heard = _heard(text)
    return heard.kind if heard else None


def reply(text: str) -> str | None:
    """A short reply to smalltalk, in its language; None when it is none."""
    heard = _heard(text)
    return REPLIES[heard.language][heard.kind] if heard else None


def _heard(text: str) -> _Heard | None:
    if len(text) > LONGEST:
        return None
    plain = _SMILEY.sub(" ", unicodedata.normalize("NFKC", _MARKUP.sub(" ", text)).casefold())
    spoken = [_usual(word) for word in _WORD.findall(_APOSTROPHE.sub("", plain))]
    waved = [_Heard(kind=kind, language="en") for sign, kind in EMOJI.items() if sign in plain]
    if not spoken:
        return waved[0] if waved else None
    heard = [*_segmented(spoken), *waved]
    if None in heard:
        return None
    said = [each for each in heard if each]
    return min(said, key=lambda each: STRONGEST.index(each.kind), default=None)


def _segmented(spoken: Sequence[str]) -> Iterator[_Heard | None]:
    """The phrases that a text consists of; None for a word that belongs to none."""
    bare = tuple(word for word in spoken if word not in ASIDES or word in _only_whole())
    if bare in WHOLE:
        yield _Heard(kind="identity", language=WHOLE[bare])
        return
    place = 0
    while place < len(spoken):
        length, found = _longest(spoken, place)
        if found:
            yield found
        elif spoken[place] not in ASIDES:
            yield None
            return
        place += length


def _longest(spoken: Sequence[str], place: int) -> tuple[int, _Heard | None]:
    """The longest phrase that begins at a place, with its length in words."""
    for length in range(min(_most_words(), len(spoken) - place), 0, -1):
        found = PHRASES.get(tuple(spoken[place : place + length]))
        if found:
            kind, language = found
            return length, _Heard(kind=kind, language=language)
    return 1, None


@lru_cache(maxsize=1)
def _most_words() -> int:
    return max(map(len, PHRASES))


@lru_cache(maxsize=1)
def _only_whole() -> frozenset[str]:
    return frozenset(word for phrase in WHOLE for word in phrase)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    phrases = (*PHRASES, *WHOLE)
    return frozenset(word for phrase in phrases for word in phrase) | ASIDES


def _usual(word: str) -> str:
    """A word as the phrases spell it: without letters held down, and without one slip."""
    word = SHORTHAND.get(word, word)
    shorter = (_LONG_RUN.sub(r"\1\1", word), _LONG_RUN.sub(r"\1", word), _LAST_RUN.sub(r"\1", word))
    for form in (word, *shorter):
        if form in _vocabulary():
            return form
    if len(word) < LEAST_LETTERS:
        return word
    long = [known for known in sorted(_vocabulary()) if len(known) >= LEAST_LETTERS]
    near = process.extractOne(shorter[1], long, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else word

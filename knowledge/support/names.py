"""The names in a sentence, and whether a text knows them."""

import re
from dataclasses import dataclass

from knowledge.support.lexicon import lemma_of, lexicon
from knowledge.words import is_function_word

_WORD = re.compile(r"[^\W\d_][\w.&+]*(?<!\.)(?:['’](?!s\b)\w+)?")  # noqa: RUF001
_LEAST_ABBREVIATION = 2
_LEAST_COMMON = 5  # letters of a name and a longer form of it
_POSSESSIVE = ("'s", "’s")  # noqa: RUF001
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_NO_NAMES = _MONTHS | frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday article articles annex section
    sections recital recitals chapter title part act law bill directive regulation report order
    executive commission agency department government office institute university court committee
    council parliament congress president minister secretary code framework guidelines policy
    guidance standard study paper model models licence license board authority internet
    """.split()  # noqa: SIM905 - a list reads worse
)


@dataclass(frozen=True, slots=True)
class Name:
    """A word that names somebody or something."""

    text: str
    lower: str
    start: int
    end: int
    sure: bool


def names(sentence: str) -> tuple[Name, ...]:
    """The words of a sentence that name, and whether their capital proves it."""
    found: list[Name] = []
    first = True
    for match in _WORD.finditer(sentence):
        word = match.group()
        lower = word.lower()
        capital = any(letter.isupper() for letter in word)
        plain_start = (
            first and word[1:].islower() and not sentence.startswith(_POSSESSIVE, match.end())
        )
        first = False
        if not capital or is_function_word(lower) or len(word) < _LEAST_ABBREVIATION:
            continue
        found.append(Name(word, lower, match.start(), match.end(), not plain_start))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What a text offers to name by.

    Attributes:
        lowers: its words, in lower case.
        lemmas: of its words.
        places: the places that it names.
        abbreviations: of its runs of capitalised words, and the runs of its words' first letters.
        letters: the first letters of all its words in order, for abbreviations.
    """

    lowers: frozenset[str]
    lemmas: frozenset[str]
    places: frozenset[int]
    abbreviations: frozenset[str]
    letters: str


def known_names(text: str) -> KnownNames:
    """What a text offers to name by."""
    words = [match.group() for match in _WORD.finditer(text)]
    lowers = [word.lower() for word in words]
    parts = {part for word in lowers for part in re.split(r"[.&+]", word) if part}
    places = lexicon().places
    named = frozenset(number for word in lowers for number in places.get(word, ()))
    abbreviations = {word.lower().rstrip("s") for word in words if word[1:2].isupper()}
    return KnownNames(
        lowers=frozenset(lowers) | parts,
        lemmas=frozenset(lemma_of(word) for word in lowers),
        places=named,
        abbreviations=frozenset(abbreviations),
        letters=_letters(words),
    )


def _letters(words: list[str]) -> str:
    """First letters; what is not capitalised and short may be left out of an abbreviation."""
    return "".join(word[0].lower() if not is_function_word(word) else "" for word in words)


def is_known(name: Name, known: KnownNames) -> bool:
    """Whether a text names what a word names, under whatever form."""
    lower = name.lower
    bare = lower.replace(".", "")
    if lower in known.lowers or bare in known.lowers or lemma_of(lower) in known.lemmas:
        return True
    if lower.rstrip("s") in known.lowers or f"{lower}s" in known.lowers:
        return True
    places = lexicon().places.get(lower) or lexicon().places.get(bare)
    if places and places & known.places:
        return True
    if _is_abbreviation(name.text):
        return bare.rstrip("s") in known.letters
    if lower in _NO_NAMES:
        return True
    return any(
        lower.startswith(word) or word.startswith(lower)
        for word in known.lowers
        if min(len(word), len(lower)) >= _LEAST_COMMON
    )


def _is_abbreviation(text: str) -> bool:
    bare = text.replace(".", "").rstrip("s")
    return len(bare) >= _LEAST_ABBREVIATION and bare.isupper()


def spelled_out(found: tuple[Name, ...], known: KnownNames) -> set[int]:
    """The starts of names that together spell out an abbreviation of the text."""
    spelled: set[int] = set()
    for first in range(len(found)):
        letters = ""
        for last in range(first, min(first + 7, len(found))):
            letters += found[last].lower[0]
            if len(letters) > 1 and letters in known.abbreviations:
                spelled.update(each.start for each in found[first : last + 1])
    return spelled

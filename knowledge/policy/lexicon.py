"""Words in English and German by what they stand for in a request.

They lie in `words.toml`; a word may stand for several things.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.policy.normal import folded
from knowledge.policy.patterns import table

LEAST_PREFIX = 3
LEAST_LETTERS = 8  # of a word in which one slip is forgiven
_NOTHING: frozenset[str] = frozenset()
_ENDINGS = ("'s", "s", "es", "ed", "d", "ing")
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


def meanings(word: str) -> frozenset[str]:
    """What a word stands for, by the names in the lexicon; empty for most words."""
    found = _own(word)
    if found or len(word) < LEAST_LETTERS:
        return found
    near = process.extractOne(word, _slipped(), scorer=OSA.distance, score_cutoff=1)
    return _own(near[0]) if near else _NOTHING


def is_known(word: str) -> bool:
    """Whether the lexicon has this very word, or one that begins or goes on like it."""
    return bool(_own(word)) or word in _opening_words()


def _own(word: str) -> frozenset[str]:
    exact, beginnings, inside = _tables()
    found: set[str] = set(exact.get(word, _NOTHING))
    for length in range(LEAST_PREFIX, len(word) + 1):
        found |= beginnings.get(word[:length], _NOTHING)
    if _inside().search(word):
        for part, names in inside:
            if part in word:
                found |= names
    if not found and len(word) > LEAST_PREFIX:
        for ending in _ENDINGS:
            if word.endswith(ending):
                found |= exact.get(word.removesuffix(ending), _NOTHING)
    return frozenset(found)


@lru_cache(maxsize=1)
def _tables() -> tuple[
    Mapping[str, frozenset[str]], Mapping[str, frozenset[str]], tuple[tuple[str, set[str]], ...]
]:
    exact: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    inside: dict[str, set[str]] = {}
    for name, entries in table("words")["meanings"].items():
        for entry in (form for word in entries.split() for form in _spellings(word)):
            bare = entry.strip("*")
            if entry.startswith("*"):
                inside.setdefault(bare, set()).add(name)
            elif entry.endswith("*"):
                beginnings.setdefault(bare, set()).add(name)
            else:
                exact.setdefault(bare, set()).add(name)
    return (
        {word: frozenset(names) for word, names in exact.items()},
        {word: frozenset(names) for word, names in beginnings.items()},
        tuple(inside.items()),
    )


@lru_cache(maxsize=1)
def _inside() -> re.Pattern[str]:
    """Finds whether a word holds any part that counts wherever it stands."""
    return re.compile("|".join(re.escape(part) for part, _ in _tables()[2]))


@lru_cache(maxsize=1)
def _slipped() -> tuple[str, ...]:
    return tuple(
        form for word in table("words")["typed_wrong"].split() for form in _spellings(word)
    )


@lru_cache(maxsize=1)
def _opening_words() -> frozenset[str]:
    return frozenset(("how", "what", "where", "wie", "please", "bitte", "without", "ohne"))


def _spellings(word: str) -> Iterator[str]:
    yield folded(word)
    longer = word
    for letter, two in _UMLAUTS:
        longer = longer.replace(letter, two)
    if longer != word:
        yield folded(longer)

"""Cuts a message into sentences, and tells what their words stand for."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.policy.lexicon import meanings
from knowledge.policy.patterns import compiled, table

MOST_SENTENCES = 80
MOST_PARTED = 9  # words between the parts of a verb

_SENTENCE = re.compile(r"(?<=[.!?;:])[\s\"')]+|\n+")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|,")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence in plain form.

    Attributes:
        text: its words and commas with single spaces.
        words: the same, one by one.
        starts: where each begins in the text.
        meant: places of words by what they stand for.
        goes_on: whether a colon ends it.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    meant: Mapping[str, tuple[int, ...]]
    goes_on: bool

    def has(self, place: int, name: str) -> bool:
        """Whether a word stands for something."""
        return place in self.meant.get(name, ())

    def word_at(self, start: int) -> int:
        """The place of the word at an offset of the text."""
        return max(bisect_right(self.starts, start) - 1, 0)

    @property
    def length(self) -> int:
        """How many words it has."""
        return sum(word != "," for word in self.words)


def sentences_of(clear: str) -> tuple[Sentence, ...]:
    """The sentences of a message in plain form, at most `MOST_SENTENCES`."""
    parts = [part.strip() for part in _SENTENCE.split(clear)]
    return tuple(
        sentence
        for part in [part for part in parts if part][:MOST_SENTENCES]
        if (sentence := _sentence(part)).words
    )


@cache
def turn(name: str) -> re.Pattern[str]:
    """One of the patterns of `turns.toml`."""
    names = table("turns")["names"]
    return compiled(names[name], names)


def _sentence(part: str) -> Sentence:
    found = [match[0] for match in _TOKEN.finditer(part)]
    words = [word for place, word in enumerate(found) if word != "," or found[place - 1] != ","]
    meant: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for name in meanings(word):
            meant.setdefault(name, []).append(place)
    _join_parted(meant)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    return Sentence(
        text=" ".join(words),
        words=tuple(words),
        starts=tuple(starts[:-1]),
        meant={name: tuple(places) for name, places in meant.items()},
        goes_on=part.rstrip("\"' ").endswith(":"),
    )


def _join_parted(meant: dict[str, list[int]]) -> None:
    """Takes "turn ... off" and "schalte ... aus" for one verb."""
    for turn in meant.get("turn", ()):
        away = [place for place in meant.get("away", ()) if 0 < place - turn <= MOST_PARTED]
        if away:
            meant.setdefault("defeat", []).append(turn)
            meant["defeat"].sort()

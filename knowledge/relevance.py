"""Tells whether a sentence of the library bears on a claim, or is only of its topic.

A claim is a sentence itself, so what bears on it comes nearer than what answers a question. And
what a claim names or measures must be spoken of where it is to be checked: of another model, or of
a licence instead of a sum of money, a passage says nothing on it, however near its words are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.support.figures import figures
from knowledge.support.names import Name, is_known, known_names, names

if TYPE_CHECKING:
    from knowledge.quoting import Sentence

LEAST_SCORE = 0.65  # of a sentence beside the claim
NAMED_SHARE = 0.5  # of a claim's names, that the passage must know

_VERSION = re.compile(r"\b[^\W\d_][\w.]*-\d[\w.]*|\b[^\W\d_]+\d[\w.]*")  # "GPT-5", "R1", "Qwen3"
# "Llama 4" and "SB 1047", but not "June 2024" or "About 250 documents"
_NUMBERED = re.compile(
    r"\b[A-Z][^\W\d_]+ (?!(?:19|20)\d\d\b)(\d{1,5}(?:\.\d+)*)\b(?! ?%| [a-z\-]{4,}s\b)"
)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)*")
_JOINT = re.compile(r"[.\-]+")
_UNCOUNTED = frozenset({"", "ordinal", "year"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Demands:
    """What a passage must speak of to bear on a claim.

    Attributes:
        names: of which it must know some.
        versions: names with a number in them, without their joints, of which it must know all.
        numbers: behind names, which must all stand in it.
        units: in which it must count something.
    """

    names: tuple[Name, ...]
    versions: frozenset[str]
    numbers: frozenset[str]
    units: frozenset[str]


def demands(claim: str) -> Demands:
    """What a passage must speak of to bear on a claim."""
    return Demands(
        names=tuple(name for name in names(claim) if name.sure),
        versions=frozenset(_versions(claim)),
        numbers=frozenset(_NUMBERED.findall(claim)),
        units=_units(claim),
    )


def bears(asked: Demands, sentence: "Sentence") -> bool:
    """Whether a sentence comes near enough, and its passage speaks of what the claim does."""
    if sentence.score < LEAST_SCORE:
        return False
    passage = sentence.passage
    spoken = " ".join((passage.source.title, *sentence.heading_path, passage.chunk.text))
    known = known_names(spoken)
    named = sum(is_known(name, known) for name in asked.names)
    return (
        named >= NAMED_SHARE * len(asked.names)
        and asked.versions <= frozenset(_versions(spoken))
        and asked.numbers <= frozenset(_NUMBER.findall(spoken))
        and asked.units <= _units(spoken)
    )


def _versions(text: str) -> Iterator[str]:
    for match in _VERSION.finditer(text):
        yield _JOINT.sub("", match.group().rstrip(".")).lower()


def _units(text: str) -> frozenset[str]:
    return frozenset(figure.unit for figure in figures(text)) - _UNCOUNTED

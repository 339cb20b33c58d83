"""Finds who is to do what in a sentence: what opens a request, an explanation or a defence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.policy.patterns import compiled, table

Frame = Literal["request", "generic", "education", "defence"]
# "nominal" asks for a thing, unless something in front of it explains; "third" is what others do,
# unless the sentence begins by asking for a text about them
Kind = Literal["request", "generic", "education", "nominal", "third"]

_WH = re.compile(r"(?:what|how|why|which|who|was|wie|warum|wieso|weshalb|welche)\b")
_WHY = re.compile(r"why|warum")


@dataclass(frozen=True, kw_only=True, slots=True)
class Opener:
    """Where a sentence begins to ask for something, to explain it, or to ask about it."""

    start: int
    frame: Frame


def openers(sentence: str) -> list[Opener]:
    """The openers of a sentence in plain form, in the order of their places.

    Where several begin together, the first kind in the order of the table counts.
    """
    found: dict[int, Frame] = {}
    later: dict[Kind, list[int]] = {"nominal": [], "third": []}
    asked: list[tuple[int, int]] = []
    played = plays(sentence)  # then "he tells how" is no question about others
    for kind, pattern in _kinds():
        for match in pattern.finditer(sentence):
            if kind in ("nominal", "third"):
                later[kind].append(match.start())
            elif kind != "education":
                asked.append(match.span())
                found.setdefault(match.start(), "request" if kind == "request" else "generic")
            elif (not played or _WHY.match(match[0])) and not _inside(match.start(), asked):
                found.setdefault(match.start(), "education")
    _add_nominal(found, later["nominal"])
    if not played and not _pattern("TEXT").match(sentence):
        for start in later["third"]:
            if not _inside(start, asked):
                found.setdefault(start, "education")
    opened = [Opener(start=start, frame=frame) for start, frame in sorted(found.items())]
    return _without_asides(opened, sentence)


def _add_nominal(found: dict[int, Frame], starts: Sequence[int]) -> None:
    """Adds the requests that are but named, as far as nothing in front of them explains."""
    explained = min((at for at, frame in found.items() if frame == "education"), default=None)
    for start in starts:
        if explained is None or start < explained:
            found.setdefault(start, "request")


def plays(sentence: str) -> bool:
    """Whether a sentence asks to play a part, or to imagine something."""
    return _pattern("ROLE").match(sentence) is not None


def _inside(start: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


def _without_asides(opened: list[Opener], sentence: str) -> list[Opener]:
    """The openers without the "how to" of a question whether something can be."""
    if not opened or opened[0].start or opened[0].frame != "education" or _WH.match(sentence):
        return opened
    return [each for each in opened if each.frame != "generic"]


@cache
def _kinds() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    held = table("openers")
    return tuple(
        (each["kind"], compiled(each["pattern"], held["names"])) for each in held["opener"]
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    names = table("openers")["names"]
    return compiled(names[name], names)

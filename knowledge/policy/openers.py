"""Finds who is to do what in a sentence: what opens a request, an explanation or a defence."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.policy.patterns import compiled, table

_WH = re.compile(r"(?:what|how|why|which|who|was|wie|warum|wieso|weshalb|welche)\b")

Frame = Literal["request", "generic", "education", "defence"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opener:
    """Where a sentence begins to ask for something, to explain it, or to ask about it."""

    start: int
    frame: Frame


def openers(sentence: str) -> list[Opener]:
    """The openers of a sentence in plain form, in the order of their places.

    Where several begin together, the first kind in the order of the table counts.
    """
    found: dict[int, Opener] = {}
    nominal: list[int] = []
    played = plays(sentence)  # then "he tells how" is no question about others
    covered: list[tuple[int, int]] = []
    for frame, pattern in _frames():
        for match in pattern.finditer(sentence):
            start = match.start()
            if frame == "nominal":
                nominal.append(start)
                continue
            if frame == "education":
                if played and not match[0].startswith(("why", "warum")):
                    continue
                if any(first <= start < last for first, last in covered):
                    continue
            else:
                covered.append(match.span())
            found.setdefault(start, Opener(start=start, frame=frame))
    explained = min(
        (each.start for each in found.values() if each.frame == "education"), default=len(sentence)
    )
    for start in nominal:
        if start < explained:
            found.setdefault(start, Opener(start=start, frame="request"))
    return _without_asides(sorted(found.values(), key=lambda opener: opener.start), sentence)


def _without_asides(opened: list[Opener], sentence: str) -> list[Opener]:
    """The openers without the "how to" of a question whether something can be."""
    if not opened or opened[0].start or opened[0].frame != "education" or _WH.match(sentence):
        return opened
    return [each for each in opened if each.frame != "generic"]


@cache
def _frames() -> tuple[tuple[Frame | Literal["nominal"], re.Pattern[str]], ...]:
    """The patterns; "nominal" is a request, unless something in front of it explains."""
    held = table("openers")
    return tuple(
        (each["frame"], compiled(each["pattern"], held["names"])) for each in held["opener"]
    )


def plays(sentence: str) -> bool:
    """Whether a sentence asks to play a part, or to imagine something."""
    return _role().match(sentence) is not None


@cache
def _role() -> re.Pattern[str]:
    names = table("openers")["names"]
    return compiled(names["ROLE"], names)

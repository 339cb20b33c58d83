"""The numbers that Word shows before paragraphs and does not store: counted here as it counts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.extract.docx_styles import VALUE, W

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 5000  # a start value of billions would make a Roman numeral of gigabytes
_BULLET = "- "


@dataclass(frozen=True, kw_only=True, slots=True)
class _Level:
    """How one depth of a list counts: its first number, the numeral, and the text around."""

    start: int
    numeral: str
    pattern: str


class Numbering:
    """Counts the lists of a document; one object per reading."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counted: dict[str, str] = {}  # lists of one abstract definition count together
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract = {e.get(f"{W}abstractNumId"): e for e in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            identity, reference = number.get(f"{W}numId"), number.find(f"{W}abstractNumId")
            definition = abstract.get(reference.get(VALUE)) if reference is not None else None
            if definition is None:
                continue
            overrides = list(number.iter(f"{W}lvlOverride"))
            self._levels[identity] = dict(_levels(definition)) | dict(_overridden(overrides))
            restarts = any(True for _ in number.iter(f"{W}startOverride"))
            self._counted[identity] = f"own {identity}" if restarts else reference.get(VALUE)

    def marker(self, identity: str, depth: str) -> str:
        """What stands before the next paragraph of a list, with a space behind it; or nothing."""
        place = int(depth) if depth.isdigit() and len(depth) == 1 else 0
        level = self._levels.get(identity, {}).get(place)
        if level is None:
            return ""
        if level.numeral == "bullet":
            return _BULLET
        counts = self._counts.setdefault(self._counted[identity], {})
        counts[place] = counts[place] + 1 if place in counts else level.start
        for deeper in [key for key in counts if key > place]:
            del counts[deeper]
        if level.numeral == "none":
            return ""
        shown = _PLACE.sub(lambda match: self._numeral(identity, int(match[1]) - 1), level.pattern)
        return f"{shown.strip()} " if shown.strip() else ""

    def _numeral(self, identity: str, place: int) -> str:
        level = self._levels[identity].get(place)
        if level is None:
            return ""
        count = self._counts[self._counted[identity]].setdefault(place, level.start)
        return _NUMERALS.get(level.numeral, str)(count)


def _levels(definition: Any) -> Iterator[tuple[int, _Level]]:
    for element in definition.iter(f"{W}lvl"):
        place = element.get(f"{W}ilvl", "")
        if place.isdigit():
            yield int(place), _level(element)


def _overridden(overrides: list[Any]) -> Iterator[tuple[int, _Level]]:
    for override in overrides:
        yield from _levels(override)


def _level(element: Any) -> _Level:
    found = {
        name: "" if (child := element.find(f"{W}{name}")) is None else child.get(VALUE, "")
        for name in ("start", "numFmt", "lvlText")
    }
    start = int(found["start"]) if found["start"].isdigit() and len(found["start"]) < 5 else 1  # noqa: PLR2004
    return _Level(start=start, numeral=found["numFmt"], pattern=found["lvlText"][:40])


def _letters(count: int) -> str:
    """A to z, then aa to zz, as Word counts on."""
    return chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 10) if count > 0 else ""


def _roman(count: int) -> str:
    if not 0 < count <= _LARGEST:
        return str(count)
    found = ""
    for value, letters in _ROMAN:
        found += letters * (count // value)
        count %= value
    return found


_NUMERALS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": "{:02}".format,
}

"""The numbers of a text, however they are written, with what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.support.lexicon import lemma_of
from knowledge.support.measures import MEASURES, MONEY, SCALES
from knowledge.support.spelled import spelled
from knowledge.words import is_function_word

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBER = re.compile(
    r"(?P<money>US\$|USD|EUR|GBP|[$€£¥])?\s?"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:e\+?(?P<e>\d{1,3})\b)?"
    r"(?:\s?(?:\^|\*\*)\s?\{?\(?(?P<power>\d{1,3})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|"
    r"\sto the (?:power (?:of )?)?(?P<spelled>\d{1,3})(?:th)?(?: power)?\b)?"
    r"(?P<ordinal>st|nd|rd|th)?"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn|[kKmMbB](?![\w])))?"
    r"(?P<percent>\s?%|\s?per\s?cent(?:age)?\b|\s(?:in|out of) (?:every )?100\b)?"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")  # noqa: RUF001
_TIMES_SIGN = re.compile(r"\s?[×x]\s?(?=10)")  # noqa: RUF001
_GROUPED = re.compile(r"[,\u00a0\u202f ]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOP = re.compile(r"[.,;)](?:\s|$)")
_BEHIND = 60  # characters
_LARGEST_BASE, _LARGEST_POWER, _HUGE = 1e3, 100, float("inf")
_NEXT_SHARE = 17.0  # percentage points to the next share that has a name of its own
_NEAR, _NEAR_TIME, _NEAR_ABOUT, _NEAR_SHARE = 0.001, 0.035, 0.06, 4.5
_COUNTED = frozenset({"", "flop", "parameter"})
_ROUNDED = re.compile(
    r"(?:about|around|roughly|approximately|some|nearly|almost|close to|just (?:over|under)|over|"
    r"under|more than|less than|fewer than|at least|well (?:over|under)|"
    r"slightly (?:more|less) than)"
    r"\s+(?:a\s+|the\s+)?$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:over|more than|upwards of|exceeding)\s+(?:an?\s+)?$", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:under|less than|fewer than|nearly|almost|close to)\s+(?:an?\s+)?$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s?(?:,|,?\s?(?:and|or|to)|-|–|—)\s?")  # noqa: RUF001
_LONGEST_GAP = 6
_BEFORE_MEASURE = frozenset(
    ["working", "calendar", "business", "consecutive", "full", "whole", "more", "further"]
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number.

    Attributes:
        value: in its unit.
        bare: as it is written, without its unit.
        unit: "percent", "usd", "second", ... or "" for what is counted.
        noun: the lemma of the word behind it, or "".
        start: its first character.
        end: the character after it.
        worded: written in letters.
        about: said to be rounded: "nearly", "over".
        side: 1 when it is said to be more, -1 when less, else 0.
    """

    value: float
    bare: float
    unit: str
    noun: str
    start: int
    end: int
    worded: bool = False
    about: bool = False
    side: int = 0


def same_figure(claimed: Figure, given: Figure) -> bool:
    """Whether a text that has the one number may write the other."""
    if claimed.unit == given.unit:
        return _near(claimed, claimed.value, given.value)
    if {claimed.unit, given.unit} <= _COUNTED:
        return _near(claimed, claimed.value, given.value)
    # a unit that is not repeated is understood: "10 days instead of 15"
    if claimed.unit == "" and claimed.value == claimed.bare:
        return _near(claimed, claimed.bare, given.bare)
    # nor one that was named before: "from eleven days to four"
    return given.unit == given.noun == "" and claimed.bare == given.bare


def _near(claimed: Figure, mine: float, theirs: float) -> bool:
    margin = _NEAR * max(abs(mine), abs(theirs))
    if claimed.unit == "second":
        margin = _NEAR_TIME * max(abs(mine), abs(theirs))
    elif claimed.unit == "percent" and (claimed.worded or claimed.about):
        if claimed.worded and claimed.side:
            return 0.0 < (theirs - mine) * claimed.side <= _NEXT_SHARE
        margin = _NEAR_SHARE if claimed.about and claimed.worded else 1.0
    elif claimed.about:
        margin = _NEAR_ABOUT * max(abs(mine), abs(theirs))
    return abs(mine - theirs) <= margin


def figures(text: str) -> tuple[Figure, ...]:
    """The numbers of a text but for years, dates' days and numbers of provisions, in order."""
    found = sorted([*_written(text), *_worded(text)], key=lambda each: each.start)
    kept: list[Figure] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    for place in range(len(kept) - 2, -1, -1):
        kept[place] = _like_next(text, kept[place], kept[place + 1])
    return tuple(kept)


def single(text: str) -> Iterator[Figure]:
    """What is one of a measure without a number: "within a year"."""
    for match in _ONE.finditer(text):
        unit, factor = MEASURES[match.group(1).lower()]
        yield Figure(factor, 1.0, unit, "", match.start(), match.end(), worded=True)


_ONE = re.compile(
    r"\b(?:an?|every|each|per)\s+(second|minute|hour|day|week|fortnight|month|year|decade)\b",
    re.IGNORECASE,
)


def _like_next(text: str, one: Figure, following: Figure) -> Figure:
    """A number with the unit of the one behind it: "3, 14 and 70 billion", "10 to 20 percent"."""
    scale = following.value / following.bare if following.bare else 1.0
    gap = text[one.end : following.start]
    if one.unit or (scale == 1.0 and not following.unit) or len(gap) > _LONGEST_GAP:
        return one
    if not _BETWEEN.fullmatch(gap) or one.value != one.bare:
        return one
    return replace(one, value=one.bare * scale, unit=following.unit, noun=following.noun)


def _written(text: str) -> Iterator[Figure]:
    end = 0
    for match in _NUMBER.finditer(text):
        digits = match.start("digits")
        if digits < end or (digits and _part_of_word(text[digits - 1])):
            continue
        end = match.end()
        bare = _raised(float(_GROUPED.sub("", match["digits"])), match)
        factor = _TIMES_SIGN.match(text, end)
        further = _NUMBER.match(text, factor.end()) if factor else None
        if further:
            bare, end = (
                bare * _raised(float(_GROUPED.sub("", further["digits"])), further),
                further.end(),
            )
        if end < len(text) and text[end].isalpha():
            continue
        value = bare * SCALES[match["scale"].lower()] if match["scale"] else bare
        unit = "percent" if match["percent"] else MONEY.get((match["money"] or "").lower(), "")
        unit = "ordinal" if match["ordinal"] else unit
        if not unit and value == bare and _YEAR.fullmatch(match.group().strip()):
            unit = "year"
        start = match.start("money") if match["money"] else digits
        yield _measured(text, Figure(value, bare, unit, "", start, end))


def _raised(value: float, match: re.Match[str]) -> float:
    """A number with its power of ten or its exponent."""
    power = match["power"] or match["spelled"] or (match["raised"] or "").translate(_SUPERSCRIPTS)
    if power:
        value = (
            value ** int(power) if value < _LARGEST_BASE and int(power) < _LARGEST_POWER else _HUGE
        )
    return value * 10.0 ** min(int(match["e"]), _LARGEST_POWER) if match["e"] else value


def _part_of_word(character: str) -> bool:
    return character.isalnum() or character in "._/"


def _worded(text: str) -> Iterator[Figure]:
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    place = 0
    while place < len(words):
        found = spelled(words, place, text)
        if found is None:
            place += 1
            continue
        start, end = words[place][1], words[place + found.words - 1][2]
        figure = Figure(found.value, found.value, found.unit, "", start, end, worded=True)
        yield _measured(text, figure)
        place += found.words


def _measured(text: str, found: Figure) -> Figure:
    """A number with what stands beside it: its noun, its unit, and whether it is rounded."""
    behind = text[found.end : found.end + _BEHIND]
    following = [match.group().lower() for match in _WORD.finditer(behind)]
    if _STOP.match(behind):
        following = []
    noun = next((lemma_of(word) for word in following if not is_function_word(word)), "")
    unit, value = found.unit, found.value
    if following and following[0] in _BEFORE_MEASURE:
        following = following[1:]
    first = following[0] if following else ""
    if unit in {"", "year"} and first in {"times", "fold", "x"}:
        unit = "times"
    elif unit in {"", "year"} and (following[:2] == ["per", "cent"] or first == "percentage"):
        unit = "percent"
    elif unit in {"", "year"} and first in MEASURES:
        unit, factor = MEASURES[first]
        value *= factor
    elif unit in {"", "year"} and first in MONEY:
        unit = MONEY[first]
    before = text[max(0, found.start - _BEHIND // 2) : found.start]
    rounded = bool(_ROUNDED.search(before))
    side = int(bool(_MORE.search(before))) - int(bool(_LESS.search(before)))
    return replace(found, value=value, unit=unit, noun=noun, about=rounded, side=side)

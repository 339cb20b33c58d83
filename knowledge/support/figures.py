"""The numbers of a text, however they are written, with what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.support.lexicon import lemma_of
from knowledge.words import is_function_word

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")  # noqa: RUF001
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: float(value) for value, word in enumerate(_UNITS)}
_SMALL |= {word: 10.0 * (value + 2) for value, word in enumerate(_TENS)}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "dozen": 12.0,
}
_PARTS = {
    "half": 2.0,
    "halves": 2.0,
    "third": 3.0,
    "thirds": 3.0,
    "quarter": 4.0,
    "quarters": 4.0,
    "fourth": 4.0,
    "fourths": 4.0,
    "fifth": 5.0,
    "fifths": 5.0,
    "sixth": 6.0,
    "sixths": 6.0,
    "seventh": 7.0,
    "sevenths": 7.0,
    "eighth": 8.0,
    "eighths": 8.0,
    "tenth": 10.0,
    "tenths": 10.0,
}
_TIMES = {"once": 1.0, "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "doubles": 2.0}
_TIMES |= {"triple": 3.0, "tripled": 3.0, "thrice": 3.0, "quadruple": 4.0, "quadrupled": 4.0}
_MONEY = {
    "$": "usd",
    "us$": "usd",
    "usd": "usd",
    "dollar": "usd",
    "dollars": "usd",
    "€": "eur",
    "eur": "eur",
    "euro": "eur",
    "euros": "eur",
    "£": "gbp",
    "gbp": "gbp",
    "pound": "gbp",
    "pounds": "gbp",
    "¥": "jpy",
    "yen": "jpy",
}
# (unit, factor)
_MEASURES: dict[str, tuple[str, float]] = {
    "second": ("second", 1),
    "minute": ("second", 60),
    "hour": ("second", 3_600),
    "day": ("second", 86_400),
    "week": ("second", 7 * 86_400),
    "fortnight": ("second", 14 * 86_400),
    "month": ("second", 30.4375 * 86_400),
    "year": ("second", 365.25 * 86_400),
    "decade": ("second", 3_652.5 * 86_400),
    "percent": ("percent", 1),
    "percentage": ("percent", 1),
    "flop": ("flop", 1),
    "flops": ("flop", 1),
    "parameter": ("parameter", 1),
    "parameters": ("parameter", 1),
}
_MEASURES |= {f"{name}s": value for name, value in tuple(_MEASURES.items()) if name[-1] != "s"}
_NUMBER = re.compile(
    r"(?P<money>US\$|USD|EUR|GBP|[$€£¥])?\s?"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:e\+?(?P<e>\d{1,3})\b)?"
    r"(?:\s?(?:\^|\*\*)\s?\{?\(?(?P<power>\d{1,3})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|"  # noqa: RUF001
    r"\sto the (?:power (?:of )?)?(?P<spelled>\d{1,3})(?:th)?(?: power)?\b)?"
    r"(?P<ordinal>st|nd|rd|th)?"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn|[kKmMbB](?![\w])))?"
    r"(?P<percent>\s?%|\s?per\s?cent(?:age)?\b|\s(?:in|out of) (?:every )?100\b)?"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")  # noqa: RUF001
_TIMES_SIGN = re.compile(r"\s?[×x]\s?(?=10)")  # noqa: RUF001
_SMALLEST_YEAR, _LARGEST_YEAR = 1900, 2100
_NEAR, _NEAR_TIME, _NEAR_ABOUT, _NEAR_SHARE = 0.001, 0.035, 0.06, 4.5
_COUNTED = frozenset({"", "flop", "parameter"})
_ROUNDED = re.compile(
    r"(?:about|around|roughly|approximately|some|nearly|almost|close to|just (?:over|under)|over|"
    r"under|more than|less than|fewer than|at least|well (?:over|under)|slightly (?:more|less) than)"
    r"\s+(?:a\s+|the\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s?(?:,|,?\s?(?:and|or|to)|-|–|—)\s?")  # noqa: RUF001
_LONGEST_GAP = 6
_BEFORE_MEASURE = frozenset("working calendar business consecutive full whole more further".split())


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
    """

    value: float
    bare: float
    unit: str
    noun: str
    start: int
    end: int
    worded: bool = False
    about: bool = False


def same_figure(claimed: Figure, given: Figure) -> bool:
    """Whether a text that has the one number may write the other."""
    if claimed.unit == given.unit:
        return _near(claimed, given, claimed.value, given.value)
    if {claimed.unit, given.unit} <= _COUNTED:
        return _near(claimed, given, claimed.value, given.value)
    # a unit that is not repeated is understood: "10 days instead of 15"
    if claimed.unit == "" and claimed.value == claimed.bare:
        return _near(claimed, given, claimed.bare, given.bare)
    return False


def _near(claimed: Figure, given: Figure, mine: float, theirs: float) -> bool:
    margin = _NEAR * max(abs(mine), abs(theirs))
    if claimed.unit == "second":
        margin = _NEAR_TIME * max(abs(mine), abs(theirs))
    elif claimed.unit == "percent" and (claimed.worded or claimed.about):
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
        value = float(re.sub(r"[,\u00a0\u202f ]", "", match["digits"]))
        factor = _TIMES_SIGN.match(text, end)
        power = (
            match["power"] or match["spelled"] or (match["raised"] or "").translate(_SUPERSCRIPTS)
        )
        if power:
            value = value ** int(power) if value < 1e3 and int(power) < 100 else float("inf")
        if match["e"]:
            value *= 10.0 ** min(int(match["e"]), 200)
        bare = value
        if match["scale"]:
            value *= _SCALES[match["scale"].lower()]
        unit = "percent" if match["percent"] else _MONEY.get((match["money"] or "").lower(), "")
        if factor and (further := _NUMBER.match(text, factor.end())):
            raised = further["power"] or (further["raised"] or "").translate(_SUPERSCRIPTS)
            if raised and int(raised) < 100:
                value, end = value * 10.0 ** int(raised), further.end()
                bare = value
        if end < len(text) and text[end].isalpha():
            continue
        plain = not (unit or match["scale"] or power or match["e"] or "," in match["digits"])
        if match["ordinal"]:
            unit = "ordinal"
        span = (match.start() + len(match.group()) - len(match.group().lstrip()), end)
        yield _measured(text, (value, bare), unit, span, plain_year=plain)


def _part_of_word(character: str) -> bool:
    return character.isalnum() or character in "._/"


def _worded(text: str) -> Iterator[Figure]:
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    place = 0
    while place < len(words):
        taken, value, unit = _spelled(words, place, text)
        if not taken:
            place += 1
            continue
        start, end = words[place][1], words[place + taken - 1][2]
        yield _measured(text, (value, value), unit, (start, end), worded=True)
        place += taken


def _spelled(words: list[tuple[str, int, int]], place: int, text: str) -> tuple[int, float, str]:
    """How many words are a number, which, and its unit."""
    word = words[place][0]
    following = words[place + 1][0] if place + 1 < len(words) else ""
    if word in _TIMES:
        return 1, _TIMES[word], "times" if word != "once" else "skip"
    if word == "half":
        after = words[place + 2][0] if place + 2 < len(words) else ""
        if following in {"a", "an"} and (after in _MEASURES or after in _SCALES):
            return (2, 0.5, "") if after in _MEASURES else (3, 0.5 * _SCALES[after], "")
        return 1, 50.0, "percent"
    if word in {"a", "one", "two", "three", "four"} and following in _PARTS:
        count = 1.0 if word == "a" else _SMALL[word]
        after = words[place + 2][0] if place + 2 < len(words) else ""
        if word != "a" or after == "of" or following in {"half", "quarter"}:
            return 2, 100.0 * count / _PARTS[following], "percent"
    if word in _SMALL and following in {"in", "out"}:
        return _ratio(words, place)
    if word in _SMALL or (word == "a" and following in _SCALES and len(following) > 1):
        return _summed(words, place, text)
    return 0, 0.0, ""


def _ratio(words: list[tuple[str, int, int]], place: int) -> tuple[int, float, str]:
    step = 2 if words[place + 1][0] == "in" else 3
    if place + step < len(words):
        whole = 100.0 if words[place + step][0] == "hundred" else 0.0
        whole = whole or _SMALL.get(words[place + step][0], 0.0)
        if whole > _SMALL[words[place][0]]:
            return step + 1, 100.0 * _SMALL[words[place][0]] / whole, "percent"
    return 1, _SMALL[words[place][0]], ""


def _summed(words: list[tuple[str, int, int]], place: int, text: str) -> tuple[int, float, str]:
    total, current, taken, last = 0.0, 0.0, 0, -1
    while place + taken < len(words):
        word, start, _ = words[place + taken]
        if last >= 0 and text[last:start].strip(" -\u00a0"):
            break
        if word in _SMALL:
            if current % 10 or (current and _SMALL[word] >= 10 and current < 100):
                break
            current += _SMALL[word]
        elif word in _SCALES and len(word) > 1 and word != "dozen":
            current = max(current, 1.0) * _SCALES[word]
            if _SCALES[word] > 100:
                total, current = total + current, 0.0
        elif word == "dozen":
            current = max(current, 1.0) * 12
        elif not (word == "a" and taken == 0):
            break
        last = words[place + taken][2]
        taken += 1
    return taken, total + current, ""


def _measured(
    text: str,
    values: tuple[float, float],
    unit: str,
    span: tuple[int, int],
    *,
    worded: bool = False,
    plain_year: bool = False,
) -> Figure:
    following = [match.group().lower() for match in _WORD.finditer(text[span[1] : span[1] + 60])]
    value, bare = values
    gap = text[span[1] : span[1] + 2]
    noun = next((lemma_of(word) for word in following if not is_function_word(word)), "")
    if gap[:1] in {".", ",", ";", ")"} and gap[1:2] in {" ", ""}:
        following, noun = [], ""
    if following and following[0] in {"times", "fold", "x"}:
        unit = unit or "times"
    if following and following[0] in _BEFORE_MEASURE:
        following = following[1:]
    for word in following[:1]:
        if unit in {"", "percent"} and word in _MEASURES and word != "percentage":
            unit, factor = _MEASURES[word] if unit == "" else (unit, 1.0)
            value *= factor
            break
        if unit == "" and word in _MONEY:
            unit = _MONEY[word]
            break
    if following[:2] == ["per", "cent"]:
        unit = "percent"
    if plain_year and unit == "" and _SMALLEST_YEAR <= value <= _LARGEST_YEAR:
        unit = "year"
    rounded = bool(_ROUNDED.search(text[max(0, span[0] - 30) : span[0]]))
    return Figure(value, bare, unit, noun, span[0], span[1], worded, rounded)

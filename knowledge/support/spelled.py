"""Numbers that are written in letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.support.measures import MEASURES, SCALES

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: float(value) for value, word in enumerate(_ONES.split())}
_SMALL |= {word: 10.0 * (value + 2) for value, word in enumerate(_TENS.split())}
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
_FEW = frozenset({"a", "one", "two", "three", "four"})
_SURE_PARTS = frozenset({"half", "quarter"})  # "a third party" is no third
_TEN, _HUNDRED, _DOZEN = 10.0, 100.0, 12.0

Word = tuple[str, int, int]
"""In lower case, with its first character's place and the one after its last."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in letters: how many words it takes, and its unit, "" for what is counted."""

    words: int
    value: float
    unit: str = ""


def spelled(words: Sequence[Word], place: int, text: str) -> Spelled | None:
    """The number that begins with a word of a text, or None."""
    word = words[place][0]
    following, after = _at(words, place + 1), _at(words, place + 2)
    if word in _TIMES:
        return Spelled(1, _TIMES[word], "skip" if word == "once" else "times")
    if word == "half":
        return _half(following, after)
    if word in _FEW and following in _PARTS:
        sure = word != "a" or after == "of" or following in _SURE_PARTS
        share = _HUNDRED * _SMALL.get(word, 1.0) / _PARTS[following]
        return Spelled(2, share, "percent") if sure else None
    if word in _SMALL and following in {"in", "out"}:
        return _ratio(words, place)
    scaled = word == "a" and following in SCALES and len(following) > 1
    return _summed(words, place, text) if word in _SMALL or scaled else None


def _at(words: Sequence[Word], place: int) -> str:
    return words[place][0] if place < len(words) else ""


def _half(following: str, after: str) -> Spelled:
    if following in {"a", "an"} and after in MEASURES:
        return Spelled(2, 0.5)
    if following in {"a", "an"} and after in SCALES:
        return Spelled(3, 0.5 * SCALES[after])
    return Spelled(1, 50.0, "percent")


def _ratio(words: Sequence[Word], place: int) -> Spelled:
    step = 2 if _at(words, place + 1) == "in" else 3
    other = _at(words, place + step)
    if other == "a":
        other = _at(words, place + step + 1)
        step += 1
    part, whole = _SMALL[words[place][0]], _SMALL.get(other, _HUNDRED if other == "hundred" else 0)
    return (
        Spelled(step + 1, _HUNDRED * part / whole, "percent") if whole > part else Spelled(1, part)
    )


def _summed(words: Sequence[Word], place: int, text: str) -> Spelled:
    total, current, taken, last = 0.0, 0.0, 0, -1
    while place + taken < len(words):
        word, start, end = words[place + taken]
        if last >= 0 and text[last:start].strip(" -\u00a0"):
            break
        if word in _SMALL:
            if current % _TEN or (current and _SMALL[word] >= _TEN and current < _HUNDRED):
                break
            current += _SMALL[word]
        elif word == "dozen":
            current = max(current, 1.0) * _DOZEN
        elif word in SCALES and len(word) > 1:
            current = max(current, 1.0) * SCALES[word]
            if SCALES[word] > _HUNDRED:
                total, current = total + current, 0.0
        elif word != "a" or taken:
            break
        last = end
        taken += 1
    return Spelled(taken, total + current)

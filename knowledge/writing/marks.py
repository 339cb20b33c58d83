"""Finds the marks by which a chat model cites passages, in whatever form it writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_OF_RANGE = 8

_NAME = r"(?:(?:source|passage|ref|reference|quote|document|doc|text|no|nr)s?\.?\s*)?[#^]?\s*"
_NUMBERS = rf"{_NAME}\d{{1,3}}(?:\s*(?:,|;|&|and|to|-|–|/|\|)\s*{_NAME}\d{{1,3}}){{0,9}}"  # noqa: RUF001
_TAIL = r"(?:\s*[:,†|][^\[\]【】\n]{0,80})?"  # "[1: AI Act]", "【1†source】"
_SQUARE = re.compile(
    rf"[\[【［]{{1,3}}\s?(?P<numbers>{_NUMBERS}){_TAIL}\s?[\]】］]{{1,3}}",  # noqa: RUF001
    re.IGNORECASE,
)
_NAMED_ROUND = re.compile(
    r"\((?:see |cf\. )?(?=source|passage|ref|quote|doc|text|\^|#)"
    rf"(?P<numbers>{_NUMBERS})\)",
    re.IGNORECASE,
)
# "(1)" is a mark behind a sentence only: inside, it is a paragraph of a law
_ROUND = re.compile(
    r"(?<=[\w”\")%])\s+\((\d{1,2}(?:\s*,\s*\d{1,2})*)\)(?=\s*[.!?]?\s*$|\s*[.!?]\s)|"
    r"(?<=[.!?”\"])\s*\((\d{1,2}(?:\s*,\s*\d{1,2})*)\)(?=\s|$)"
)
_LAW_BEFORE = re.compile(
    r"\b(?:articles?|art\.?|sections?|sec\.?|paragraphs?|para\.?|points?|recitals?|annex|clauses?|"
    r"subsections?|items?|and|or|to)\s*$|§\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}")
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|\bto\b)\s*(\d{1,3})", re.IGNORECASE)  # noqa: RUF001
# "according to [1], ...": the mark goes behind the first word of what it says
_BY_MARK = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:according to|as (?:stated|noted|described|explained|reported) (?:in|by)|"
    r"based on|per|in|from|as)\s+(?:the\s+)?(?:sources?\s+|passages?\s+)?"
    rf"(?P<marks>\[{_NUMBERS}\](?:\s*(?:,|and)?\s*\[{_NUMBERS}\]){{0,7}})"
    r"(?:\s+(?:notes?|says?|states?|explains?|reports?|shows?|describes?|puts? it))?\s*,\s*"
    r"(?P<first>\w+)",
    re.IGNORECASE,
)
_ORPHAN = re.compile(r"\s*(?:\[\s*[?n]?\s*\]|\(\s*\)|【[^】\d]{0,40}】)", re.IGNORECASE)
_GLUED = re.compile(r"\w")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A line without its marks.

    Attributes:
        text: the line.
        marks: (position in `text`, number), a mark standing behind what it belongs to.
    """

    text: str
    marks: tuple[tuple[int, int], ...]


def marked(line: str, most: int) -> Marked:
    """A line and its marks.

    Args:
        line: of prose.
        most: the highest number that was given; only up to it "(1)" is taken for a mark.
    """
    line = _ORPHAN.sub("", line)
    line = _BY_MARK.sub(_behind, line)
    found = sorted(_found(line, most))
    out, marks, end = "", [], 0
    for start, stop, numbers in found:
        if start < end:
            continue
        out = (out + line[end:start]).rstrip()
        marks += [(len(out), number) for number in numbers]
        end = stop
        if out[-1:] and out[-1] in '.!?”"' and _GLUED.match(line[end : end + 1]):
            out += " "
    return Marked(text=out + line[end:], marks=tuple(marks))


def _behind(match: re.Match[str]) -> str:
    first = match["first"]
    return f"{first[:1].upper()}{first[1:]} {match['marks']}"


def _found(line: str, most: int) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    for pattern in (_SQUARE, _NAMED_ROUND):
        for match in pattern.finditer(line):
            yield match.start(), match.end(), _numbers(match["numbers"])
    for match in _ROUND.finditer(line):
        numbers = _numbers(match[1] or match[2])
        if max(numbers) <= most and not _LAW_BEFORE.search(line[: match.start()]):
            yield match.start(), match.end(), numbers


def _numbers(mark: str) -> tuple[int, ...]:
    found: list[int] = []
    for first, last in _RANGE.findall(mark):
        if 0 <= int(last) - int(first) < MOST_OF_RANGE:
            found += range(int(first), int(last) + 1)
    found += map(int, _NUMBER.findall(mark))
    return tuple(dict.fromkeys(found))

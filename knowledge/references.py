"""Recognises how provisions of laws, standards and licences are referred to."""

import re
from collections.abc import Iterable, Iterator

_KINDS = {
    "article": "article",
    "articles": "article",
    "art": "article",
    "arts": "article",
    "section": "section",
    "sections": "section",
    "sec": "section",
    "§": "section",
    "recital": "recital",
    "recitals": "recital",
    "annex": "annex",
    "annexes": "annex",
    "chapter": "chapter",
}
_NUMBER = r"\d+[a-z]?(?:\.\d+)*(?:\s?\(\d+[a-z]?\))*|[IVXL]+\b"
_REFERENCE = re.compile(
    rf"(?:\b(?P<kind>articles?|arts?\.?|sections?|sec\.?|recitals?|annex(?:es)?|chapter)|(?P<sign>§))"
    rf"\s*(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
# "articles 53, 55 to 57 and 60"
_FURTHER = re.compile(
    rf"\s*(?:,\s*(?:and\s)?|\b(?:and|or)\b|&|(?P<to>\bto\b|[-–]))\s*(?P<number>{_NUMBER})",  # noqa: RUF001 - a dash
    re.IGNORECASE,
)
_LONGEST_RANGE = 10
# such as: 4.6. Soliciting input, 1. License rights, GV-1.3-004, GOVERN 1.2, LLM03:2025
_NUMBERED = re.compile(r"^(?P<number>\d+(?:\.\d+)*)\.?\s+\D")
_CODE = re.compile(r"\b[A-Z]{2,10}[- ]?\d+(?:[.\-]\d+)*\b")


# what makes a provision one of another text: "Article 6 of Directive 2002/58/EC", "Article 16 TFEU"
_ELSEWHERE = re.compile(
    r"(?:[\s,]|\(\w{1,4}\)|points?\b|(?:sub)?paragraphs?\b|first\b|second\b|third\b|and\b|or\b|"
    r"to\b|\d+)*(?:of (?:the )?(?!this\b)[A-Z]|TFEU\b|TEU\b|thereof\b)"
)


def own_references(text: str) -> tuple[str, ...]:
    """The provisions of the same text that a text names, without those of other laws."""
    found = [
        _spelled(match["kind"] or match["sign"], number)
        for match in _REFERENCE.finditer(text)
        if not _ELSEWHERE.match(text, match.end())
        for number in _numbers(match, text)
    ]
    return tuple(dict.fromkeys(found))


def named_references(text: str) -> tuple[str, ...]:
    """The provisions that a text names, such as "article 53(2)" or "gv-1.3-004", in one spelling.

    Only names that leave no doubt count: a bare number does not.
    """
    found = [
        _spelled(match["kind"] or match["sign"], number)
        for match in _REFERENCE.finditer(text)
        for number in _numbers(match, text)
    ]
    found += [_code(match.group()) for match in _CODE.finditer(text)]
    return tuple(dict.fromkeys(found))


def heading_references(path: Iterable[str]) -> tuple[str, ...]:
    """The provisions that some headings are the headings of, in the same spelling."""
    found: list[str] = []
    for heading in path:
        match = _REFERENCE.match(heading.strip())
        numbered = _NUMBERED.match(heading.strip())
        code = _CODE.match(heading.strip())
        if match:
            found.append(_spelled(match["kind"] or match["sign"], match["number"]))
        elif numbered:
            found.append(_spelled("section", numbered["number"]))
        elif code:
            found.append(_code(code.group()))
    return tuple(dict.fromkeys(found))


def _numbers(match: re.Match[str], text: str) -> Iterator[str]:
    """The numbers behind the name of a kind; behind a singular only the first."""
    last = match["number"]
    yield last
    place = match.end()
    plural = (match["kind"] or "").lower().rstrip(".").endswith("s")
    while plural and (further := _FURTHER.match(text, place)):
        number, place = further["number"], further.end()
        if further["to"] and last.isdigit() and number.isdigit():
            between = range(int(last) + 1, int(number))
            yield from map(str, between if len(between) < _LONGEST_RANGE else ())
        yield number
        last = number


def _spelled(kind: str, number: str) -> str:
    plain = _KINDS[kind.lower().rstrip(".")]
    bare = re.sub(r"\s", "", number)
    return f"{plain} {bare.lower()}"


def _code(text: str) -> str:
    return text.replace(" ", "-").lower()

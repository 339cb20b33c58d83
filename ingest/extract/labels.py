"""The ways in which laws, licences and standards number their parts."""

import re
from dataclasses import dataclass

_NUMBER = r"(?:[IVXLC]+|\d+)[a-z]{0,2}"
_REST = r"(?:\s*[.:\u2013—-]+\s*|\s+)(?P<rest>\S.*)"
# Outermost first. An annex stands beside the parts, not inside the last chapter.
_RANKS = (
    (2, re.compile(rf"(?:PART|Part|TITLE|Title|BOOK|Book) {_NUMBER}\b")),
    (
        2,
        re.compile(
            rf"(?:ANNEX|Annex|APPENDIX|Appendix|SCHEDULE|Schedule)(?: (?:{_NUMBER}|[A-Z]))?\b"
        ),
    ),
    (3, re.compile(rf"(?:CHAPTER|Chapter) {_NUMBER}\b")),
    (4, re.compile(rf"(?:SECTION|Section) {_NUMBER}\b(?!\.\d)")),
    (5, re.compile(r"(?:ARTICLE|Article|Art\.|§§?) ?\d+[a-z]{0,2}\b")),
)
ARTICLE_LEVEL = 5
_RUN_IN_SECTION = re.compile(
    r"(?P<label>(?:Sec\.|SEC\.|Section|SECTION|§) ?(?P<number>\d+(?:\.\d+)*))[.:]\s"
)
_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?:(?P<dot>[.)])\s*|\s+)(?P<rest>[^\W\d].*)"
)
# "GOVERN 1.2: ...", as frameworks name their outcomes.
_OUTCOME = re.compile(r"[A-Z]{3,} (?P<number>\d+(?:\.\d+)*)(?P<end>$|:\s|\.?\s+(?=[A-Z]))")
_TITLE_LENGTH = 120
_RUN_IN_LENGTH = 120
_LONGEST_TITLE = 300
_LONG_WORD = 4
_TITLE_CASE = 0.6
_UNFINISHED = re.compile(r"\b(?:and|or|of|the|to|a|for|with|by)\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A paragraph that begins with the label of a part.

    Attributes:
        level: 1 for the outermost.
        end: where the name ends in the paragraph.
        bare: the label stands alone, so the title may be the next paragraph.
        relative: the level counts from the heading above, not from the document.
    """

    level: int
    end: int
    bare: bool = False
    relative: bool = False


def part_label(text: str) -> Label | None:
    """The label of a chapter, section, article or annex that is all of `text`."""
    if len(text) > _LONGEST_TITLE:
        return None
    for level, pattern in _RANKS:
        match = pattern.match(text)
        if match is None:
            continue
        rest = text[match.end() :].strip()
        if rest in {"", ".", ":"}:
            return Label(level=level, end=len(text), bare=True)
        titled = re.fullmatch(_REST, text[match.end() :])
        if titled and is_title(titled["rest"]):
            return Label(level=level, end=len(text))
    return None


def section_label(text: str) -> tuple[str, Label] | None:
    """The number and label of an order's section, "Sec. 4.2. Purpose.", at the start of `text`."""
    match = _RUN_IN_SECTION.match(text + " ")
    if match is None:
        return None
    number = match["number"]
    level = 2 + number.count(".")
    rest = text[match.end() :]
    title = re.match(r"[^.]{1,160}\.(?=\s|$|\()", rest)
    if title and rest[0].isupper():
        return number, Label(level=level, end=match.end() + title.end())
    if not rest or is_title(rest):
        return number, Label(level=level, end=len(text), bare=not rest)
    return number, Label(level=level, end=match.end("label"))


def numbered_label(text: str) -> tuple[str, Label] | None:
    """The number and label of a numbered section: all of a short `text`, or its first sentence."""
    match = _NUMBERED.match(text)
    if match is None or not (match["dot"] or "." in match["number"] or len(text) <= _TITLE_LENGTH):
        return None
    level = 2 + match["number"].count(".")
    rest = match["rest"]
    run_in = re.match(r"[^.;:]{2,}[.:](?=\s)", rest[:_RUN_IN_LENGTH])
    if match["dot"] and run_in and _in_title_case(run_in[0]):
        return match["number"], Label(level=level, end=match.start("rest") + run_in.end())
    if len(text) <= _TITLE_LENGTH and is_title(rest.rstrip(".")) and _in_title_case(rest):
        return match["number"], Label(level=level, end=len(text))
    return None


def outcome_label(text: str) -> Label | None:
    """The label of a framework's outcome, such as "GOVERN 1.2: Accountability is clear"."""
    match = _OUTCOME.match(text)
    if match is None:
        return None
    level = 1 + match["number"].count(".")
    end = len(text) if len(text) <= _LONGEST_TITLE else match.end("number")
    return Label(level=level, end=end, bare=len(text) == match.end("number"), relative=True)


def is_title(text: str) -> bool:
    """Whether a paragraph reads as a title: short, begun with a capital, not ended as prose."""
    begins = text.lstrip("\u2018“\"'([")[:1]
    return (
        0 < len(text) <= _LONGEST_TITLE
        and (begins.isupper() or begins.isdigit())
        and text[-1] not in ".;:,"
        and " | " not in text
        and _UNFINISHED.search(text) is None
        and re.match(r"\(?(?:\d+|[a-z]|[ivx]+)[.)]\s|[-•] ", text) is None
    )


def _in_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _LONG_WORD]
    capitals = sum(word[0].isupper() for word in words)
    return bool(capitals >= max(1.0, len(words) * _TITLE_CASE))

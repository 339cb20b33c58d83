"""What a raised mark means in a line of text: a power, a footnote, or part of a word."""

import re

_RAISED = str.maketrans("0123456789+-\u2212()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_POWER_BASE = re.compile(r"(?<![\w.,])(?:10|2)\Z|[\u00d7x·*] ?10\Z")
_POWER = re.compile(r"[+\u2212-]?\d{1,3}\Z")
_MARK = re.compile(r"[\d\s,;*†‡§\u2013-]+\Z")


def raised(base: str, mark: str, *, footnote: bool) -> str:
    """How `mark`, raised behind `base`, reads in plain text.

    "10" with 25 raised would read 1025, so a power takes Unicode's superscripts. The mark of a
    footnote is left out, as in any quotation, unless it stands in brackets of its own.

    Args:
        base: the line before the mark.
        mark: the raised characters.
        footnote: whether a note with this mark is known to exist.
    """
    stripped = mark.strip()
    if not footnote and _POWER_BASE.search(base) and _POWER.match(stripped):
        return stripped.translate(_RAISED)
    if base.endswith("(") or not _MARK.match(stripped):
        return mark
    if footnote:
        return " " if mark.endswith(" ") else ""
    if base[-1:].isalnum() and _POWER.match(stripped):
        return mark.translate(_RAISED)
    return mark

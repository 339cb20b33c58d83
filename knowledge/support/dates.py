"""The dates of a text, as far as each tells them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {"sept": 9}
_MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%])"
_FORMS = (
    re.compile(rf"\b{_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH}(?:,? (?:of )?{_YEAR})?"),
    re.compile(rf"\b{_MONTH} {_DAY}(?![\d,.]*\d)(?:,? {_YEAR})?"),
    re.compile(rf"\b{_MONTH},? (?:of )?{_YEAR}"),
    re.compile(rf"(?<![\w.,/$€£-]){_YEAR}(?![\w/-]*[\w/]|[.,]\d)"),
    re.compile(r"(?<=[-–/])(?P<year>(?:19|20)\d\d)\b"),  # noqa: RUF001
    re.compile(r"\b(?P<year>(?:19|20)\d\d)(?=[-–/])"),  # noqa: RUF001
    re.compile(
        rf"\b(?:in|by|since|until|from|before|after|during|of|late|early|mid)[ -]{_MONTH}\b"
    ),
)


@dataclass(frozen=True, slots=True)
class Date:
    """A day, a month or a year; None is what it does not tell."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    def within(self, other: "Date") -> bool:
        """Whether the other one tells all that this one tells."""
        mine = (self.year, self.month, self.day)
        theirs = (other.year, other.month, other.day)
        return all(one is None or one == two for one, two in zip(mine, theirs, strict=True))


def dates(text: str) -> tuple[Date, ...]:
    """The dates of a text, in order; none lies in another."""
    found: list[Date] = []
    for form in _FORMS:
        for each in _matching(form, text):
            if not any(each.start < old.end and old.start < each.end for old in found):
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def _matching(form: re.Pattern[str], text: str) -> Iterator[Date]:
    for match in form.finditer(text):
        parts = match.groupdict()
        month = _MONTH_NUMBERS.get((parts.get("month") or "").lower())
        if "month" in parts and month is None:
            continue
        if parts.get("number"):
            month = int(parts["number"])
        year = int(parts["year"]) if parts.get("year") else None
        day = int(parts["day"]) if parts.get("day") else None
        yield Date(year, month, day, match.start(), match.end())


def told(claimed: Date, given: tuple[Date, ...]) -> bool:
    """Whether some dates tell one; its year may stand in another than its day."""
    if any(claimed.within(each) for each in given):
        return True
    if claimed.year is None or claimed.month is None:
        return False
    years = {each.year for each in given}
    undated = Date(None, claimed.month, claimed.day, 0, 0)
    return claimed.year in years and any(
        undated.within(each) and each.year is None for each in given
    )

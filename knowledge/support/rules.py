"""What a sentence may not say unless the very passage says it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.references import heading_references, named_references
from knowledge.support.dates import Date, dates, told
from knowledge.support.figures import Figure, figures, same_figure, single
from knowledge.support.names import KnownNames, is_known, known_names, names, spelled_out
from knowledge.support.verdict import Reason

Fault = tuple[Reason, str]

_QUOTED = re.compile(r"[“\"]([^“”\"]{2,400})[”\"]|(?<!\w)[‘']([^‘’']{3,300})[’'](?!\w)")  # noqa: RUF001
_NO_LETTERS = re.compile(r"[\W_]+")
_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.)\]?")
_MONEY = re.compile(r"(?:eur|usd|gbp)\b|.*-$")
_UNITS = frozenset(
    [
        "flop",
        "flops",
        "twh",
        "gwh",
        "mwh",
        "kwh",
        "mw",
        "gw",
        "tw",
        "kw",
        "eur",
        "usd",
        "gbp",
        "gb",
        "tb",
        "mb",
        "kb",
        "ghz",
        "mhz",
    ]
)
_SMALL_COUNT, _PAIR = 12, 2
_NEAR_SHARE = 0.6  # percentage points


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What of a text can be looked up exactly."""

    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    references: frozenset[str]
    names: KnownNames
    letters: str


@lru_cache(maxsize=512)
def facts_of(text: str, about: str) -> Facts:
    """What of a passage with its title and headings can be looked up exactly."""
    both = f"{about}\n{text}"
    found_dates = dates(both)
    headings = re.split(r"\s*[>:|]\s*", about)
    return Facts(
        figures=_outside((*figures(both), *single(both)), found_dates),
        dates=found_dates,
        references=frozenset([*named_references(both), *heading_references(headings)]),
        names=known_names(both),
        letters=_bare(both),
    )


def _outside(found: Iterable[Figure], taken: Iterable[Date]) -> tuple[Figure, ...]:
    spans = [(each.start, each.end) for each in taken]
    return tuple(
        each
        for each in found
        if not any(each.start < end and start < each.end for start, end in spans)
    )


def _bare(text: str) -> str:
    return _NO_LETTERS.sub(" ", text.lower()).strip()


def faults(sentence: str, facts: Facts) -> list[Fault]:
    """What a sentence says exactly and a passage does not, the surest first."""
    claimed_dates = dates(sentence)
    found: list[Fault] = [
        ("quoted-words", words) for words in quoted(sentence) if not _holds(facts, words)
    ]
    found += [
        ("reference", each)
        for each in named_references(sentence)
        if not _refers(facts, each) and not _MONEY.match(each)
    ]
    found += [
        ("date", sentence[each.start : each.end])
        for each in claimed_dates
        if not told(each, facts.dates)
    ]
    found += [
        ("number", sentence[each.start : each.end].strip())
        for each in claimed_figures(sentence, claimed_dates)
        if not _counted(each, facts)
    ]
    found += [("name", each) for each in unknown_names(sentence, facts)]
    return found


def claimed_figures(sentence: str, claimed_dates: Iterable[Date]) -> tuple[Figure, ...]:
    """The numbers of a sentence that are neither dates nor parts of provisions' names."""
    places = [match.span() for match in _PROVISION.finditer(sentence)]
    return tuple(
        each
        for each in _outside(figures(sentence), claimed_dates)
        if each.unit not in {"skip", "year"}
        and not any(start <= each.start < end for start, end in places)
    )


_PROVISION = re.compile(
    r"(?:\b(?i:articles?|arts?\.?|sections?|sec\.?|recitals?|annex(?:es)?|chapter|step|level|tier|"
    r"part|clause|paragraph|point|version|v)|§)\s*\d[\d().a-z]*|\b[A-Z]{2,10}[- ]?\d[\d.\-]*|"
    r"\b[^\W\d_]+-\d[\d.]*"
)


def _counted(claimed: Figure, facts: Facts) -> bool:
    if any(same_figure(claimed, each) for each in facts.figures):
        return True
    if any(same_figure(claimed, rest) for rest in _rests(facts.figures)):
        return True
    if claimed.unit == "percent" and _is_share(claimed, facts.figures):
        return True
    if claimed.unit == "times" and _is_multiple(claimed, facts.figures):
        return True
    if claimed.unit == "" and any(claimed.value in (each.year, each.day) for each in facts.dates):
        return not claimed.worded
    # a writer counts what a list holds
    small = claimed.worded and claimed.unit == "" and claimed.value <= _SMALL_COUNT
    return small and (
        claimed.value <= _PAIR
        or not any(each.noun == claimed.noun and each.unit == "" for each in facts.figures)
    )


def _rests(given: Sequence[Figure]) -> Iterator[Figure]:
    """What shares leave: 35 percent of 65 percent."""
    for each in given:
        if each.unit == "percent":
            yield replace(each, value=100.0 - each.value, bare=100.0 - each.value)


def _is_share(claimed: Figure, given: Sequence[Figure]) -> bool:
    """Whether two numbers near each other make it: "840 of 1,200", or "from 40 to 50 percent"."""
    return any(
        _makes(claimed, one, two)
        for first, one in enumerate(given)
        for two in (*given[max(0, first - 2) : first], *given[first + 1 : first + 3])
        if 0 < one.value < two.value and one.unit == two.unit
    )


def _makes(claimed: Figure, one: Figure, two: Figure) -> bool:
    if one.unit == "percent":
        return _within(two.value - one.value, claimed.value)
    if one.unit:
        return False
    share = 100.0 * one.value / two.value
    made = replace(claimed, value=share, bare=share)
    return _within(share, claimed.value) or (claimed.about and same_figure(claimed, made))


def _is_multiple(claimed: Figure, given: Sequence[Figure]) -> bool:
    """Whether two numbers near each other are in that ratio: "212, up from 87"."""
    return any(
        0 < one.value < two.value
        and one.unit == two.unit
        and claimed.value * 0.9 <= two.value / one.value <= claimed.value * 1.3
        for first, one in enumerate(given)
        for two in (*given[max(0, first - 2) : first], *given[first + 1 : first + 3])
    )


def _within(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR_SHARE


def quoted(sentence: str) -> list[str]:
    """The words that stand in quotation marks, piece by piece."""
    found: list[str] = []
    for match in _QUOTED.finditer(sentence):
        pieces = _ELLIPSIS.split(match.group(1) or match.group(2))
        found += [piece for piece in pieces if _bare(piece)]
    return found


def _holds(facts: Facts, words: str) -> bool:
    return f" {_bare(words)} " in f" {facts.letters} "


def _refers(facts: Facts, claimed: str) -> bool:
    if claimed in facts.references:
        return True
    if any(each.startswith((f"{claimed}(", f"{claimed}.")) for each in facts.references):
        return True
    kind, _, number = claimed.partition(" ")
    if not number:
        return _bare(claimed) in facts.letters or claimed.replace("-", "") in facts.letters
    outer, _, inner = number.partition("(")
    if inner and f"{kind} {outer}" in facts.references:
        return bool(re.search(rf"\b{re.escape(inner.split(')')[0])}\b", facts.letters))
    return bool(re.search(rf"\b{kind}\w*\.? {re.escape(number)}\b", facts.letters))


def unknown_names(sentence: str, facts: Facts) -> list[str]:
    """The names in a sentence that a passage does not know."""
    found = names(sentence)
    spelled = spelled_out(found, facts.names)
    return [
        each.text
        for each in found
        if each.sure
        and each.start not in spelled
        and each.lower not in _UNITS
        and not is_known(each, facts.names)
    ]

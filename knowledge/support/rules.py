"""What a sentence may not say unless the very passage says it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.references import heading_references, named_references
from knowledge.support.dates import Date, dates, told
from knowledge.support.deriving import derived
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
    """Whether a passage has a number, or it may be worked out; of words nothing exact is known."""
    if claimed.worded or claimed.about:
        return True
    if any(same_figure(claimed, each) for each in facts.figures):
        return True
    if claimed.unit == "" and any(claimed.value in (each.year, each.day) for each in facts.dates):
        return True
    return derived(claimed, facts.figures)


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

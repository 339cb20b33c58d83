"""Checks the text of a brief: its length, its sources and where its links lead."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from knowledge.curation.brief import Block, Brief
from knowledge.curation.fields import addresses_of
from knowledge.curation.problem import Findings

FEWEST_WORDS, MOST_WORDS = 300, 900
LAST_SECTION = "What would change this"
GLOSSARY = "glossary.toml"

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_NUMBER = re.compile(
    r"(?:(?P<before>[\w.'\u2019/-]+)[ \u00a0])?(?<![\w.,-])(?P<number>[$€£]?\d[\d.,]*)(?P<after>%?)"
)
_NAME = re.compile(r"(?:[A-Z]|.*[a-z][A-Z])[\w.'\u2019/-]*")
# what stands before a figure at the beginning of a sentence, and no name
_NO_NAMES = re.compile(
    "About|After|Almost|And|At|Before|Between|By|During|For|From|In|Its|Nearly|Of|On|Only|Over|"
    "Since|Some|The|To|Under|Until|With|January|February|March|April|May|June|July|August|"
    "September|October|November|December"
)
_OWN = re.compile(r"\bCaveat\b")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """What links inside the corpus may lead to.

    Attributes:
        anchors: those of each brief, by the name of its file.
        terms: ids of the glossary.
    """

    anchors: Mapping[str, Collection[str]]
    terms: Collection[str]


def prose_problems(brief: Brief, targets: Targets) -> Findings:
    """What is wrong with the text of a brief."""
    first = brief.blocks[0].line if brief.blocks else 1
    if not FEWEST_WORDS <= brief.words <= MOST_WORDS:
        cure = "say more" if brief.words < FEWEST_WORDS else "cut it, or make two briefs of it"
        yield (
            first,
            f"it has {brief.words} words, and a brief has {FEWEST_WORDS} to {MOST_WORDS}; {cure}",
        )
    if not any(_is_last(block) and not block.is_heading for block in brief.blocks):
        yield (
            brief.blocks[-1].line if brief.blocks else 1,
            f'the section "{LAST_SECTION}" is missing or empty; end with it',
        )
    for block in brief.blocks:
        yield from _unsourced(block)
        yield from _dead_ends(block, brief, targets)
    yield from _unlinked(brief)


def states_a_figure(text: str) -> bool:
    """Whether a text without markup states a figure or a date that somebody may want to check.

    Numbers in names (Llama 2, Article 53, SB 1047, G7) and inside quotation marks are none.
    """
    for match in _NUMBER.finditer(_QUOTED.sub("", text)):
        before = match["before"] or ""
        if match["after"] or match["number"][0] in "$€£":
            return True
        if _NO_NAMES.fullmatch(before) or not _NAME.fullmatch(before):
            return True
    return False


def _is_last(block: Block) -> bool:
    return block.section.strip("?! ").lower() == LAST_SECTION.lower()


def _unsourced(block: Block) -> Findings:
    if block.is_heading or block.links or _is_last(block) or _OWN.search(block.plain):
        return
    if states_a_figure(block.plain):
        yield block.line, "the paragraph states a figure or a date without a link to its source"


def _dead_ends(block: Block, brief: Brief, targets: Targets) -> Findings:
    known = frozenset[str]().union(*map(addresses_of, brief.sources))
    for link in block.links:
        if _SCHEME.match(link.target):
            if link.target not in known:
                yield block.line, f"{link.target} is linked and not listed under sources; list it"
            continue
        wrong = _inside(link.target, brief, targets)
        if wrong:
            yield block.line, f'the link "{link.target}" leads nowhere: {wrong}'


def _inside(target: str, brief: Brief, targets: Targets) -> str | None:
    """What is wrong with a link inside the corpus, or None."""
    name, _, mark = target.partition("#")
    name = name.removeprefix("./") or brief.name
    if name == GLOSSARY:
        return None if mark in targets.terms else f'the glossary has no term with the id "{mark}"'
    if name not in targets.anchors:
        return f"there is no brief {name}"
    if mark and mark not in targets.anchors[name]:
        return f'{name} has no heading "#{mark}"'
    return None


def _unlinked(brief: Brief) -> Findings:
    linked = {link.target for block in brief.blocks for link in block.links}
    for source in brief.sources:
        addresses = addresses_of(source)
        if addresses and not addresses & linked and "title" in source:
            yield (
                source["title"].line,
                f'no sentence links the source "{source["title"].text}"; link it or take it out',
            )

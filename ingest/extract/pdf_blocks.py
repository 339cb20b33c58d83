"""Turns the lines of all pages into blocks: paragraphs joined over page ends, notes in place."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.extract.characters import one_line
from ingest.extract.hyphens import join_lines, mended, vocabulary
from ingest.extract.pdf_layout import Group, groups_of, heads_first, leading_of, reading_order
from ingest.extract.pdf_lines import LINE_HYPHEN, RAISED_BEGIN, RAISED_END, Line
from ingest.extract.records import Block
from ingest.extract.superscripts import raised

_NOTE = re.compile(rf"[{RAISED_BEGIN}(\[]*(\d{{1,3}}|[*†‡§])[{RAISED_END})\]. ]")
_RAISED = re.compile(f"{RAISED_BEGIN}([^{RAISED_END}]*){RAISED_END}")
# An entry of a table of contents: dots that lead to a page number.
_CONTENTS = re.compile(r"(?:\.\s?){5,}\s*[\divxlc]*\s*\Z")
_NOTE_SIZE = 0.93
_LONG = 150
_ENDS = re.compile(r"[.!?:;][\"”\u2019)\]]*\Z")
_BULLET = re.compile(r"\A[•·▪◦‣●○■□➢✓\u2013—*]\s+(?=\S)")
_STARTS_ITEM = re.compile(r"(?:[-•]|\(\w{1,4}\)|\d{1,3}[.)])\s")


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The lines of a page, by its physical number from 1; width in points."""

    number: int
    lines: tuple[Line, ...]
    width: float


class StyledBlock(NamedTuple):
    """A block with the looks that tell a heading: line height in points, bold face, line count."""

    block: Block
    size: float
    bold: bool
    lines: int


def blocks_of(pages: Sequence[Page]) -> list[StyledBlock]:
    """The blocks of a document in reading order."""
    body_size = _body_size(pages)
    ordered = [reading_order(page.lines, page.width) for page in pages]
    leading = leading_of([lines for lines, _ in ordered])
    words = vocabulary(line.text.replace(LINE_HYPHEN, "-") for page in pages for line in page.lines)
    blocks: list[StyledBlock] = []
    for page, (lines, gutter) in zip(pages, ordered, strict=True):
        body, notes = _split_notes(lines, body_size)
        body = body if gutter else heads_first(body)
        numbers = _note_numbers(notes)

        def made(group: Group, page: Page = page, numbers: frozenset[str] = numbers) -> StyledBlock:
            return _styled(group, page.number, numbers, words)

        found = list(map(made, groups_of(body, leading, tables=gutter is None)))
        noted = list(map(made, groups_of(notes, leading, tables=False, numbered=True)))
        _append_page(blocks, found, noted, words)
    return blocks


def _append_page(
    blocks: list[StyledBlock],
    found: list[StyledBlock],
    notes: list[StyledBlock],
    words: Counter[str],
) -> None:
    """Adds a page; its notes go before a last paragraph that the next page may continue."""
    if blocks and found and _continues(blocks[-1], found[0]):
        blocks[-1] = _joined(blocks[-1], found.pop(0), words)
    last = len(found)
    if found and not _ENDS.search(found[-1].block.text):
        last -= 1
    if notes and last == 0 and blocks and not _ENDS.search(blocks[-1].block.text):
        # Nothing but a paragraph that fills the page: its notes follow it.
        last = len(found)
    blocks += found[:last] + notes + found[last:]


def _continues(before: StyledBlock, after: StyledBlock) -> bool:
    text, following = before.block.text, after.block.text
    if abs(before.size - after.size) > before.size * 0.08 or before.bold != after.bold:
        return False
    if _ENDS.search(text) or _STARTS_ITEM.match(following) or " | " in text + following:
        return False
    return (
        following[0].islower()
        or following[0] in "(\u2018“\"'"
        or (before.lines > 1 and len(text) > _LONG)
    )


def _joined(before: StyledBlock, after: StyledBlock, words: Counter[str]) -> StyledBlock:
    head, tail = before.block, after.block
    start = mended(head.text, tail.text, words)
    text = start + tail.text
    pages = (*head.pages, *((place + len(start), page) for place, page in tail.pages))
    return before._replace(
        block=replace(head, text=text, pages=pages), lines=before.lines + after.lines
    )


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _split_notes(lines: Sequence[Line], body_size: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and the footnotes below them: smaller, at the end, numbered."""
    lines = [line for line in lines if not _CONTENTS.search(line.text)]
    lowest = min(
        (line.baseline for line in lines if line.size >= body_size * _NOTE_SIZE), default=0
    )
    below = [
        line for line in lines if line.size < body_size * _NOTE_SIZE and line.baseline < lowest
    ]
    firsts = [line.baseline for line in below if _NOTE.match(line.text)]
    if not firsts:
        return list(lines), []
    notes = [line for line in below if line.baseline <= max(firsts) + 1]
    ids = {id(line) for line in notes}
    return [line for line in lines if id(line) not in ids], notes


def _note_numbers(notes: Sequence[Line]) -> frozenset[str]:
    matches = (_NOTE.match(line.text) for line in notes)
    return frozenset(match[1] for match in matches if match)


def _styled(group: Group, page: int, notes: frozenset[str], words: Counter[str]) -> StyledBlock:
    cells = group.cells or [group]
    resolve = _resolver(notes)
    text = " | ".join(
        _BULLET.sub("- ", _text(cell.lines, resolve, words), count=1) for cell in cells
    )
    return StyledBlock(
        block=Block(text=text, pages=((0, page),)),
        size=group.first.size,
        bold=all(line.bold for line in group.lines),
        lines=len(group.lines),
    )


def _text(lines: Sequence[Line], resolve: Callable[[str], str], words: Counter[str]) -> str:
    return join_lines(
        [one_line(resolve(line.text.replace(LINE_HYPHEN, "-"))) for line in lines],
        words,
        typeset=True,
    )


def _resolver(notes: frozenset[str]) -> Callable[[str], str]:
    def resolve(text: str) -> str:
        found = ""
        place = 0
        for match in _RAISED.finditer(text):
            found += text[place : match.start()]
            marks = set(re.findall(r"\d+|[*†‡§]", match[1]))
            known = bool(marks) and marks <= notes and bool(found)
            found += raised(found, match[1], footnote=known)
            place = match.end()
        return found + text[place:]

    return resolve

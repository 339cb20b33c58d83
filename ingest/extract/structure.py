"""Finds the headings of a document: those its format marked, and those its numbering implies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.labels import (
    ARTICLE_LEVEL,
    Label,
    is_title,
    numbered_label,
    outcome_label,
    part_label,
    section_label,
)
from ingest.extract.records import Block
from knowledge.instructions import is_instruction
from knowledge.model import Heading

_RECITAL = re.compile(r"\((\d{1,3})\)\s+\S")
_PARAGRAPH = re.compile(r"((\d{1,3})\.)\s+\S")
_POINT = re.compile(r"(\((\d{1,3})\))\s+\S")
_ARTICLE = re.compile(r"(?:article|art\.)", re.IGNORECASE)
# So many headings marked by the format make an outline that plain numbers cannot improve.
_OUTLINE = 3
_FEWEST_RECITALS = 3
_LATEST_FIRST = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A heading in terms of blocks: first and last block, and where it ends in the last one."""

    level: int
    first: int
    last: int
    end: int
    text: str


def find_headings(blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[Heading]:
    """The headings in order of position; `starts[i]` is where block i begins in the text."""
    parts = list(_parts(blocks))
    found = [*parts, *_recitals(blocks, parts), *_article_paragraphs(blocks, parts)]
    for heading in sorted(found, key=lambda heading: heading.first):
        # an order would stand over quotes as if it were ours, and a mere dot over nothing
        if not heading.text or is_instruction(heading.text):
            continue
        yield Heading(
            level=heading.level,
            text=heading.text,
            start=starts[heading.first],
            end=starts[heading.last] + heading.end,
        )


def _parts(blocks: Sequence[Block]) -> Iterator[_Found]:
    outlined = sum(block.level is not None for block in blocks) >= _OUTLINE
    counter = _Counter(blocks, outlined=outlined)
    enclosing = 0
    index = 0
    while index < len(blocks):
        block = blocks[index]
        label = _label(block, counter)
        if label is None:
            index += 1
            continue
        if block.level is not None:
            enclosing = block.level
        level = label.level + enclosing if label.relative else label.level
        heading = _Found(
            level=level, first=index, last=index, end=label.end, text=_name(block, label)
        )
        if label.bare and _has_title(blocks, index):
            title = blocks[index + 1].text
            heading = replace(
                heading, last=index + 1, end=len(title), text=f"{heading.text} {title}"
            )
        yield replace(heading, text=" ".join(heading.text.split()))
        index = heading.last + 1


def _name(block: Block, label: Label) -> str:
    return block.title or block.text[: label.end].rstrip(" .:")


def _label(block: Block, counter: "_Counter") -> Label | None:
    text = block.text
    if block.level is not None:
        part = part_label(text)
        bare = part is not None and part.bare
        return Label(level=block.level, end=len(text), bare=bare)
    part = part_label(text)
    if part is not None:
        counter.enter_part()
        return part
    section = section_label(text)
    if section is not None:
        counter.enter_section(section[0])
        return section[1]
    return outcome_label(text) or counter.label(text)


def _has_title(blocks: Sequence[Block], index: int) -> bool:
    if index + 2 >= len(blocks):
        return False
    following = blocks[index + 1]
    return (
        (following.level is None or blocks[index].level in {None, following.level})
        and is_title(following.text)
        and part_label(following.text) is None
        and outcome_label(following.text) is None
    )


class _Counter:
    """Numbered sections, taken only where their numbers follow each other."""

    def __init__(self, blocks: Sequence[Block], *, outlined: bool) -> None:
        articles = sum(bool(_ARTICLE.match(block.text)) for block in blocks)
        self._idle = outlined or articles >= _OUTLINE
        self._last: tuple[int, ...] = (0,)
        self._deeper = 0

    def enter_part(self) -> None:
        """Lets numbered sections stand below parts that have labels."""
        self._deeper = ARTICLE_LEVEL - 2

    def enter_section(self, number: str) -> None:
        """Lets "4.1." follow "Sec. 4."."""
        self._last = tuple(int(part) for part in number.split("."))

    def label(self, text: str) -> Label | None:
        """The label of a numbered section that continues the count, if `text` begins with one."""
        numbered = None if self._idle else numbered_label(text)
        if numbered is None:
            return None
        number = tuple(int(part) for part in numbered[0].split("."))
        head, tail = number[:-1], number[-1]
        at_same_depth = self._last[: len(number)]
        follows = (
            at_same_depth[:-1] == head
            and len(at_same_depth) == len(number)
            and tail == at_same_depth[-1] + 1
        )
        if not (follows or number == (*self._last, 1)):
            return None
        self._last = number
        return replace(numbered[1], level=numbered[1].level + self._deeper)


def _recitals(blocks: Sequence[Block], parts: Sequence[_Found]) -> list[_Found]:
    """The numbered reasons before the first article, when they count from 1 without a gap."""
    articles = [part.first for part in parts if _ARTICLE.match(part.text)]
    if not articles:
        return []
    found: list[_Found] = []
    for index, block in enumerate(blocks[: articles[0]]):
        match = _RECITAL.match(block.text)
        if match and int(match[1]) == len(found) + 1:
            end = match.end(1) + 1
            found.append(
                _Found(
                    level=ARTICLE_LEVEL,
                    first=index,
                    last=index,
                    end=end,
                    text=f"Recital {match[1]}",
                )
            )
    return found if len(found) >= _FEWEST_RECITALS else []


def _article_paragraphs(blocks: Sequence[Block], parts: Sequence[_Found]) -> Iterator[_Found]:
    """A heading such as "Article 53(2)" for each numbered paragraph of an article."""
    for position, part in enumerate(parts):
        article = re.match(r"(?:article|art\.) \d+[a-z]*", part.text, re.IGNORECASE)
        if article is None:
            continue
        end = parts[position + 1].first if position + 1 < len(parts) else len(blocks)
        inside = range(part.last + 1, end)
        found = _counted(blocks, inside, _PARAGRAPH) or _counted(blocks, inside, _POINT)
        for index, marker, number in found:
            yield _Found(
                level=part.level + 1,
                first=index,
                last=index,
                end=len(marker),
                text=f"{article[0]}({number})",
            )


def _counted(
    blocks: Sequence[Block], inside: range, pattern: re.Pattern[str]
) -> list[tuple[int, str, int]]:
    found: list[tuple[int, str, int]] = []
    for index in inside:
        match = pattern.match(blocks[index].text)
        if match is None and not found and index >= inside.start + _LATEST_FIRST:
            # What is numbered further down, such as footnotes, numbers something else.
            break
        if match and int(match[2]) == len(found) + 1:
            found.append((index, match[1], int(match[2])))
    return found

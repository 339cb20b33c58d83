"""The headings of a PDF: its bookmarks, or lines set larger or bolder than the body."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.extract.characters import one_line
from ingest.extract.labels import is_title
from ingest.extract.pdf_blocks import StyledBlock
from ingest.extract.records import Block

_LONGEST = 200
_LARGER = 1.08
_MOST_LINES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Bookmark:
    """An entry of a PDF's outline; page from 1, level from 1."""

    title: str
    level: int
    page: int


def bookmarks_of(document: Any) -> list[Bookmark]:
    """The outline of a PDF; entries without a page are left out."""
    import pypdfium2  # noqa: PLC0415 - heavy, and only PDFs need it

    found: list[Bookmark] = []
    try:
        for entry in document.get_toc(max_depth=8):
            destination = entry.get_dest()
            index = destination.get_index() if destination else None
            title = one_line(entry.get_title())
            if title and index is not None:
                found.append(Bookmark(title=title, level=entry.level + 1, page=index + 1))
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return found
    return found


def mark_headings(blocks: Sequence[StyledBlock], bookmarks: Sequence[Bookmark]) -> list[Block]:
    """The blocks, headings marked with a level."""
    marked = [styled.block for styled in blocks]
    matched = _match_bookmarks(marked, bookmarks)
    if len(matched) >= max(3, len(bookmarks) // 3):
        for index, level in matched.items():
            marked[index] = replace(marked[index], level=level)
        return marked
    levels = _levels_by_looks(blocks)
    return [
        replace(styled.block, level=levels.get(_looks(styled)))
        if _may_head(styled)
        else styled.block
        for styled in blocks
    ]


def _match_bookmarks(blocks: Sequence[Block], bookmarks: Sequence[Bookmark]) -> dict[int, int]:
    by_page: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        for _, page in block.pages[:1]:
            by_page.setdefault(page, []).append(index)
    found: dict[int, int] = {}
    for bookmark in bookmarks:
        wanted = _letters(bookmark.title)
        for index in by_page.get(bookmark.page, []):
            text = blocks[index].text
            if index in found or len(text) > _LONGEST + len(bookmark.title) or not wanted:
                continue
            letters = _letters(text)
            if letters == wanted or (letters.endswith(wanted) and len(letters) - len(wanted) < 8):  # noqa: PLR2004
                found[index] = bookmark.level
                break
    return found


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _looks(styled: StyledBlock) -> tuple[float, bool]:
    return round(styled.size * 2) / 2, styled.bold


def _may_head(styled: StyledBlock) -> bool:
    text = styled.block.text
    return (
        styled.lines <= _MOST_LINES
        and len(text) <= _LONGEST
        and " | " not in text
        and is_title(text)
        and re.search(r"[^\W\d_]{2}", text) is not None
    )


def _levels_by_looks(blocks: Sequence[StyledBlock]) -> dict[tuple[float, bool], int]:
    """Levels for the looks that stand out from the body, the largest first."""
    weight: Counter[tuple[float, bool]] = Counter()
    for styled in blocks:
        weight[_looks(styled)] += len(styled.block.text)
    if not weight:
        return {}
    (body, body_bold), _ = weight.most_common(1)[0]
    total = sum(weight.values())
    heads = [
        looks
        for looks, letters in weight.items()
        if letters < total * 0.15
        and (looks[0] >= body * _LARGER or (looks[1] and not body_bold and looks[0] >= body * 0.97))
    ]
    return {
        looks: min(level, 6) for level, looks in enumerate(sorted(heads, reverse=True), start=1)
    }

"""Finds what a PDF repeats on its pages: running headers, footers and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.extract.labels import part_label
from ingest.extract.pdf_lines import Line

_EDGE = 0.14
_DEPTH = 4
_ROW = 3.0
_NUMBER = re.compile(r"\b(?:\d{1,5}|[ivxlc]{1,7})\b")
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?(?:\d{1,4}|[ivxlc]{1,7})\Z", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PLACE = 12
_SHORT = 3


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[list[Line]]:
    """The lines of each page without those that recur at the same place on other pages.

    A line is furniture when it stands in the outermost rows of at least three pages (of two, in
    a document of two or three) with the same words, numbers that count along with the pages
    excepted. So "5/144" goes, while "Article 5" on top of one page and "Article 9" on another stay.
    """
    edges = [_edge_rows(lines, height) for lines, height in zip(pages, heights, strict=True)]
    counts = Counter(
        key
        for number, rows in enumerate(edges, start=1)
        for key in {key for row in rows for key in _keys(row, number)}
    )
    enough = _SHORT if len(pages) > _SHORT else 2
    places = {place for (_, place), count in counts.items() if count >= enough}
    kept = []
    for number, (lines, rows) in enumerate(zip(pages, edges, strict=True), start=1):
        furniture: set[int] = set()
        for row in rows:
            recurs = any(counts[key] >= enough for key in _keys(row, number))
            if recurs or (_PAGE_NUMBER.match(_words(row)) and _place(row) in places):
                furniture.update(id(line) for line in row)
        kept.append([line for line in lines if id(line) not in furniture])
    return kept


def _edge_rows(lines: Sequence[Line], height: float) -> list[list[Line]]:
    rows = list(_rows(lines))
    top = [row for row in rows[:_DEPTH] if row[0].baseline > height * (1 - _EDGE)]
    bottom = [row for row in rows[-_DEPTH:] if row[0].baseline < height * _EDGE]
    return top + [row for row in bottom if row not in top]


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if row and row[0].baseline - line.baseline > _ROW:
            yield sorted(row, key=lambda line: line.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda line: line.left)


def _words(row: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in row)


def _keys(row: Sequence[Line], page: int) -> Iterator[tuple[str, int]]:
    """The row as it is, and with each of its numbers told by its distance from the page's."""
    words = _words(row).lower()
    place = _place(row)
    yield words, place
    if part_label(_words(row)):
        # "Annex V", "Annex VI" and "Annex VII" may well begin three pages in a row.
        return
    for match in _NUMBER.finditer(words):
        distance = (int(match[0]) if match[0].isdigit() else _roman(match[0])) - page
        yield f"{words[: match.start()]}#{distance}{words[match.end() :]}", place


def _place(row: Sequence[Line]) -> int:
    return round(row[0].baseline / _PLACE)


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )

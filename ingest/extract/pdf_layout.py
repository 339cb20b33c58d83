"""Puts the lines of a page into reading order and groups them into paragraphs and table rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.extract.labels import outcome_label
from ingest.extract.pdf_lines import RAISED_BEGIN, RAISED_END, Line

_MARKER = re.compile(
    r"(?:[-•·\u2013—▪◦‣*●○■□➢✓]|\((?:\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})\)|(?:\d{1,3}|[a-zA-Z])[.)]"
    r"|\d+(?:\.\d+)+\.?|\[\d+\])\s+\S"
)
_LONE_MARKER = re.compile(
    r"(?:[-•·\u2013▪◦●○■□➢✓]|\(\*+\)|[\u2018\u201c\"\']?\(?(?:\d{1,3}|[a-z]{1,3})[.)])\Z"
)
_SENTENCE_END = re.compile(r"[.!?:;][\"”\u2019)\]]*\Z")
_MARKS = str.maketrans("", "", RAISED_BEGIN + RAISED_END)
_SAME_SIZE = 0.08
_PARAGRAPH_GAP = 1.22
_NOTE_LEADING = 1.25
_COLUMN_FILL = 0.7
_FEWEST_LINES = 8


@dataclass(slots=True)
class Group:
    """Lines that make one paragraph, or the cells of one table row (joined by " | ")."""

    lines: list[Line]
    cells: list["Group"] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """The line that is read first."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line that is read last."""
        return self.lines[-1]

    @property
    def left(self) -> float:
        """Where the leftmost line begins."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Where the rightmost line ends."""
        return max(line.right for line in self.lines)


def reading_order(lines: Sequence[Line], width: float) -> tuple[list[Line], float | None]:
    """The lines in reading order, and where the gutter between two columns is, if there are two.

    The order in which the file draws them is kept unless two columns of prose are drawn across.
    """
    gutter = _gutter(lines, width)
    if gutter is None:
        return list(lines), None
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.baseline):
        if line.left < gutter < line.right:
            ordered += _columns(band, gutter)
            band = []
            ordered.append(line)
        else:
            band.append(line)
    return ordered + _columns(band, gutter), gutter


def heads_first(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that are drawn last but stand above all others put first."""
    end = len(lines)
    while end and lines[end - 1].baseline > lines[0].top:
        end -= 1
    return [*_by_row(lines[end:]), *lines[:end]]


def _columns(band: Sequence[Line], gutter: float) -> list[Line]:
    left = [line for line in band if line.right <= gutter]
    right = [line for line in band if line.right > gutter]
    return [line for side in (left, right) for line in _by_row(side)]


def _by_row(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-round(line.baseline / 2), line.left))


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The middle of a gap that parts two columns which prose fills, else None."""
    for share in (0.5, 0.48, 0.52, 0.46, 0.54, 0.44, 0.56):
        place = width * share
        left = [line for line in lines if line.right <= place]
        right = [line for line in lines if line.left >= place]
        across = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < _FEWEST_LINES or across > len(lines) * 0.25:
            continue
        if all(_is_prose(side) for side in (left, right)):
            return place
    return None


def _is_prose(lines: Sequence[Line]) -> bool:
    column = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left >= column * _COLUMN_FILL for line in lines)
    return full >= len(lines) * 0.55 and median(len(line.text) for line in lines) > 20  # noqa: PLR2004


def leading_of(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance of baselines inside a paragraph, in line heights."""
    ratios = [
        (above.baseline - below.baseline) / above.size
        for lines in pages
        for above, below in pairwise(lines)
        if _alike(above, below) and abs(above.left - below.left) < above.size
    ]
    near = sorted(ratio for ratio in ratios if 0.5 < ratio < 2)  # noqa: PLR2004
    return near[int(len(near) * 0.4)] if near else 1.2


def groups_of(
    lines: Sequence[Line], leading: float, *, tables: bool, numbered: bool = False
) -> list[Group]:
    """The paragraphs of lines in reading order.

    Args:
        lines: of one page, in reading order.
        leading: as `leading_of` measured it.
        tables: whether what stands side by side makes a row.
        numbered: whether a raised number at the start of a line begins a paragraph, as in notes.
    """
    groups: list[Group] = []
    for run in _runs(lines, leading * (_NOTE_LEADING if numbered else 1)):
        right = max(line.right for line in run)
        part: list[Line] = []
        for line in run:
            noted = numbered and line.text.startswith(RAISED_BEGIN)
            if part and (noted or _begins(line, part, right)):
                groups.append(Group(part))
                part = []
            part.append(line)
        groups.append(Group(part))
    return list(_rows(groups)) if tables else groups


def _alike(above: Line, below: Line) -> bool:
    # Headings of two ranks may follow each other with little to tell them apart.
    tolerance = _SAME_SIZE / 3 if above.bold and below.bold else _SAME_SIZE
    return abs(above.size - below.size) <= max(above.size, below.size) * tolerance


def _runs(lines: Sequence[Line], leading: float) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and not _adjoins(run[-1], line, leading):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _adjoins(above: Line, below: Line, leading: float) -> bool:
    drop = above.baseline - below.baseline
    if abs(drop) < above.size * 0.3 and _LONE_MARKER.match(above.text.strip()):
        return below.left >= above.right
    return (
        0 < drop <= above.size * leading * _PARAGRAPH_GAP
        and _alike(above, below)
        and above.bold == below.bold
        and below.left < above.right
        and above.left < below.right
    )


def _begins(line: Line, part: Sequence[Line], right: float) -> bool:
    text = line.text.translate(_MARKS).strip()
    previous = part[-1]
    if _MARKER.match(text) and not _LONE_MARKER.match(previous.text.strip()):
        return True
    ended = _SENTENCE_END.search(previous.text.strip()) is not None
    if ended and len(part) > 1 and line.left > previous.left + line.size * 0.7:
        return True
    # A line that is broken early, with room for the next word, ends its paragraph.
    word = len(text.split(" ", 1)[0]) / max(1, len(text)) * (line.right - line.left)
    room = right - previous.right
    return room > word + line.size * 1.5 and (ended or room > (right - previous.left) * 0.4)


def _rows(groups: Sequence[Group]) -> Iterator[Group]:
    row: list[Group] = []
    for group in groups:
        if row and not _is_beside(row[-1], group):
            yield _row(row)
            row = []
        row.append(group)
    if row:
        yield _row(row)


def _row(cells: list[Group]) -> Group:
    if len(cells) == 1:
        return cells[0]
    return Group([line for cell in cells for line in cell.lines], cells)


def _is_beside(left: Group, right: Group) -> bool:
    top = min(left.first.top, right.first.top)
    bottom = max(left.last.baseline, right.last.baseline)
    # A cell with a label of its own is a part of its own.
    labelled = outcome_label(right.first.text.strip()) is not None
    return right.left >= left.right - 1 and top > bottom and not labelled

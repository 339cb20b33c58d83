"""The lines of a PDF page: characters gathered by where they stand, not by their order alone."""

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ingest.extract.pdf_hidden import Hidden

# Marks inside the text of a line until a page's footnotes are known; they are private characters,
# so `clean` would remove any that a document brings along itself.
RAISED_BEGIN, RAISED_END, LINE_HYPHEN = "\ue000", "\ue001", "\ue002"

# What hangs in the margin of a list item, however far off its text stands.
_MARKER = re.compile(
    r"[^\w\s]|\(\*+\)|[\u2018\u201c\"']?(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)"
)
_SAME_LINE = 0.5
_RAISED_SIZE = 0.87
_RAISED_BY = 0.1
_COLUMN_GAP = 1.3
_MARKER_GAP = 6.0
_MARKER_LENGTH = 6
_WORD_GAP = 0.13
_TURNED_LENGTH = 3
_SIDEWAYS = (90, 270)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A run of text on one baseline, in points from the page's lower left corner.

    Attributes:
        size: height of the line's main characters, from descender to ascender.
        bold: whether it begins and ends in a bold face.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False

    @property
    def top(self) -> float:
        """About where capitals end."""
        return self.baseline + self.size * 0.75


class _Character(NamedTuple):
    """A named tuple, since a long PDF has half a million of them."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    position: int
    hidden: bool = False


class PageLines(NamedTuple):
    """The lines of a page in the order in which the file draws them, and what nobody sees of it."""

    lines: list[Line]
    hidden: str


def lines_of(page: Any) -> PageLines:
    """The lines of a page, without hidden text.

    Where a picture fills a page that has hardly any other text, hidden text is what was recognised
    on the picture, and is kept.
    """
    text_page = page.get_textpage()
    try:
        hiding = Hidden(page, text_page)
        characters = list(_characters(text_page, page, hiding))
        unseen = _unseen(characters)
        if hiding.is_scan and len(unseen) > len(characters) / 2:
            unseen = ""
        builder = _Builder()
        for character in characters:
            if not (unseen and character.hidden):
                builder.add(character)
        builder.finish()
        upright = page.get_rotation() == 0
        runs = (run for run in builder.runs if not (upright and _is_turned(run, text_page)))
        lines = [_line(run, text_page) for run in runs]
        return PageLines(lines, unseen)
    finally:
        text_page.close()


def _unseen(characters: Sequence[_Character]) -> str:
    """What is hidden of a page, a line for each baseline."""
    found: list[str] = []
    baseline = 0.0
    for character in characters:
        if character.hidden and character.baseline != baseline:
            found.append("\n")
            baseline = character.baseline
        if character.hidden or (found and character.text.isspace()):
            found.append(character.text)
    return "".join(found).strip()


def _characters(text_page: Any, page: Any, hiding: Hidden) -> Iterator[_Character]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - heavy, and only PDFs need it

    handle = text_page.raw
    unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    box_of = pdfium.FPDFText_GetLooseCharBox
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    turned = page.get_rotation()
    width, height = page.get_size()
    for index in range(pdfium.FPDFText_CountChars(handle)):
        code = unicode_of(handle, index)
        if code in {0, 10, 13} or 0xE000 <= code <= 0xE002:  # noqa: PLR2004
            continue
        text = LINE_HYPHEN if code in {2, 0xFFFE, 0xAD} else chr(code)
        origin_of(handle, index, x, y)
        box_of(handle, index, box)
        high = max(box.top - box.bottom, box.right - box.left)
        bounds = (box.left, box.bottom, box.right, box.top)
        hidden = not text.isspace() and hiding.hides(index, bounds, high)
        place = (box.left, box.right, y.value, box.top - box.bottom)
        if turned in _SIDEWAYS:
            clockwise = turned == _SIDEWAYS[0]
            ends = (box.bottom, box.top) if clockwise else (height - box.top, height - box.bottom)
            across = width - x.value if clockwise else x.value
            place = (*ends, across, box.right - box.left)
        yield _Character(text, *place, index, hidden)


class _Builder:
    """Gathers characters into runs that share a baseline, raised marks included."""

    def __init__(self) -> None:
        self.runs: list[list[tuple[_Character, bool]]] = []
        self._run: list[tuple[_Character, bool]] = []
        self._baseline = 0.0
        self._place: tuple[float, ...] = ()
        self._size = 0.0
        self._right = 0.0
        self._space: _Character | None = None

    def add(self, character: _Character) -> None:
        """Takes in the next character of the page."""
        if character.text.isspace():
            self._space = character if self._run else None
            return
        gap = character.left - self._right
        if self._run and character[3:5] == self._place and abs(gap) < self._size * _SAME_LINE:
            self._append(character, raised=False)
            return
        raised = False
        if self._run:
            raised = self._is_raised(character)
            if not raised and self._is_base_of_mark(character):
                self._run = [(mark, True) for mark, _ in self._run]
            elif not raised and not self._continues(character):
                self.finish()
        if not self._run or not raised:
            self._baseline = character.baseline
            self._size = max(self._size, character.size, 1.0)
            self._place = character[3:5]
        self._append(character, raised=raised)

    def finish(self) -> None:
        """Ends the present run."""
        if self._run:
            self.runs.append(self._run)
        self._run = []
        self._space = None
        self._size = 0.0
        self._place = ()

    def _append(self, character: _Character, *, raised: bool) -> None:
        apart = character.left - self._right > self._size * _WORD_GAP
        if self._run and (apart or (self._space and not self._run[-1][1] and not raised)):
            blank = self._space or character
            last = self._run[-1][0]
            space = _Character(
                " ", last.right, last.right, last.baseline, last.size, blank.position
            )
            self._run.append((space, raised and self._run[-1][1]))
        self._run.append((character, raised))
        self._right = max(character.right, character.left)
        self._space = None

    def _near(self, character: _Character) -> bool:
        gap = character.left - self._right
        limit = _COLUMN_GAP
        if len(self._run) <= _MARKER_LENGTH and _is_marker("".join(c.text for c, _ in self._run)):
            limit = _MARKER_GAP
        return -self._size * 0.7 < gap < self._size * limit

    def _continues(self, character: _Character) -> bool:
        size = max(self._size, character.size)
        return abs(character.baseline - self._baseline) < size * _SAME_LINE * 0.5 and self._near(
            character
        )

    def _is_raised(self, character: _Character) -> bool:
        lift = character.baseline - self._baseline
        return (
            any(
                before.text.isalnum() or before.text in ").,;”\u2019\"'(" for before, _ in self._run
            )
            and character.size < self._size * _RAISED_SIZE
            and self._size * _RAISED_BY < lift < self._size * 0.7
            and self._near(character)
        )

    def _is_base_of_mark(self, character: _Character) -> bool:
        """Whether the run so far was a mark raised in front of this larger character."""
        lift = self._baseline - character.baseline
        return (
            self._size < character.size * _RAISED_SIZE
            and character.size * _RAISED_BY < lift < character.size * 0.7
            and len(self._run) <= _MARKER_LENGTH
            and self._near(character)
        )


def _is_marker(text: str) -> bool:
    return _MARKER.fullmatch(text) is not None


def _is_turned(run: list[tuple[_Character, bool]], text_page: Any) -> bool:
    """Whether a run is a letter of text set sideways, as beside figures and in margins."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    if len(run) > _TURNED_LENGTH:
        return False
    angle = pdfium.FPDFText_GetCharAngle(text_page.raw, run[0][0].position) % math.pi
    return bool(0.2 < angle < math.pi - 0.2)  # noqa: PLR2004 - slanted by more than eleven degrees


def _line(run: list[tuple[_Character, bool]], text_page: Any) -> Line:
    parts: list[str] = []
    inside = False
    if sum(raised for _, raised in run) > len(run) / 2:
        # Raised against a large initial or bullet, so not raised at all.
        run = [(character, False) for character, _ in run]
    for character, raised in run:
        if raised != inside:
            parts.append(RAISED_BEGIN if raised else RAISED_END)
            inside = raised
        parts.append(character.text)
    if inside:
        parts.append(RAISED_END)
    main = [character for character, raised in run if not raised] or [run[0][0]]
    letters = [character for character in main if character.text.isalnum()] or main
    sizes = sorted(character.size for character in main)
    return Line(
        text="".join(parts),
        left=run[0][0].left,
        right=max(character.right for character, _ in run),
        baseline=main[0].baseline,
        size=sizes[len(sizes) // 2],
        bold=all(_is_bold(text_page, letters[place].position) for place in (0, -1)),
    )


def _is_bold(text_page: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page.raw, index, buffer, 128, flags)
    name = buffer.value.lower()
    if any(word in name for word in (b"bold", b"black", b"heavy")):
        return True
    return bool(pdfium.FPDFText_GetFontWeight(text_page.raw, index) >= 600)  # noqa: PLR2004

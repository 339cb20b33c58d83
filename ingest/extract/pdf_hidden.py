"""Tells which characters of a PDF page nobody sees: drawn without ink, or outside of the page."""

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

SMALLEST_TYPE = 1.5  # points, below which nobody reads
_INVISIBLE_MODES = (3, 7)  # text that is neither filled nor stroked, only clipped to
_FAINT = 13  # of 255
_MOST_APART = 16  # of 255, in each part of a colour
_WHITE = (255, 255, 255)
_PAGE_SHARE = 0.5  # of the page, from which a picture is a scan of it
_DEEPEST = 4  # forms within forms
_LONGEST_SUBSTITUTE = 40  # characters; hyphens and ligatures need a few

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]


class _Ground(NamedTuple):
    """Something drawn that text may lie on; colour None when that is not one colour."""

    box: Box
    colour: Colour | None


class Hidden:
    """Tells the hidden characters of one page from the visible ones."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._handle = text_page.raw
        left, bottom, right, top = page.get_bbox()
        self._page: Box = (left, bottom, right, top)
        self._grounds = _grounds(page)
        self._decided: dict[int, bool] = {}
        self._coloured: dict[int, Colour | None] = {}

    @property
    def is_scan(self) -> bool:
        """Whether a picture fills the page: the invisible text on it is what was recognised."""
        left, bottom, right, top = self._page
        least = (right - left) * (top - bottom) * _PAGE_SHARE
        return any(
            ground.colour is None and _area(ground.box, self._page) >= least
            for ground in self._grounds
        )

    def hides(self, index: int, box: Box, size: float) -> bool:
        """Whether nobody sees a character.

        Args:
            index: of the character on the page.
            box: left, bottom, right and top.
            size: of its type, in points.
        """
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - heavy, and only PDFs need it

        if 0 < size < SMALLEST_TYPE or not _area(box, self._page, least=0.01):
            return True
        drawn = pdfium.FPDFText_GetTextObject(self._handle, index)
        if not drawn:
            return False
        key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if key not in self._decided:
            self._decided[key] = _has_no_ink(drawn)
            self._coloured[key] = _colour(drawn)
        if self._decided[key]:
            return True
        colour = self._coloured[key]
        return colour is not None and self._is_ground(colour, box)

    def _is_ground(self, colour: Colour, box: Box) -> bool:
        """Whether a character has the colour of what it stands on."""
        if not self._grounds:
            return _is_same(colour, _WHITE)
        across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        under = [
            ground.colour
            for ground in self._grounds
            if ground.box[0] <= across <= ground.box[2] and ground.box[1] <= up <= ground.box[3]
        ]
        # whatever is drawn last may cover the rest, or itself be covered: one that differs shows it
        return all(other is not None and _is_same(colour, other) for other in (under or [_WHITE]))


def _has_no_ink(drawn: Any) -> bool:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    if pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE_MODES:
        return True
    if _substitute_length(drawn) > _LONGEST_SUBSTITUTE:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
    return bool(known) and alpha.value <= _FAINT and not _is_stroked(drawn)


def _substitute_length(drawn: Any) -> int:
    """Characters of the text that stands for what is drawn, and is read in its place."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    for number in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, number)
        length = ctypes.c_ulong()
        if pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length):
            return length.value // 2
    return 0


def _is_stroked(drawn: Any) -> bool:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    return pdfium.FPDFTextObj_GetTextRenderMode(drawn) in (1, 2, 5, 6)


def _colour(drawn: Any) -> Colour | None:
    """The colour that text is filled with; None when its outlines are drawn."""
    return None if _is_stroked(drawn) else _filled(drawn)


def _filled(drawn: Any) -> Colour | None:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value


def _grounds(page: Any) -> Sequence[_Ground]:
    """What lies on a page besides its text; for what a form holds, the form counts."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    found = []
    for drawn in page.get_objects(max_depth=1):
        if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        colour = None
        if drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            mode, stroke = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(drawn.raw, mode, stroke)
            if not mode.value:
                continue  # a line hides and shows nothing
            colour = _filled(drawn.raw)
        found.append(_Ground(box=tuple(drawn.get_bounds()), colour=colour))
    return found


def _is_same(one: Colour, other: Colour) -> bool:
    return all(abs(mine - theirs) <= _MOST_APART for mine, theirs in zip(one, other, strict=True))


def _area(box: Box, page: Box, *, least: float = 0.0) -> float:
    """How much of a box lies on the page; `least` is taken for a side without width."""
    width = min(box[2], page[2]) - max(box[0], page[0])
    height = min(box[3], page[3]) - max(box[1], page[1])
    if width < 0 or height < 0:
        return 0.0
    return max(width, least) * max(height, least)

"""Walks the body of a Word document and gives its text as blocks."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.extract.characters import one_line
from ingest.extract.docx_numbering import Numbering
from ingest.extract.docx_styles import (
    VALUE,
    Style,
    W,
    is_unseen,
    numbering_of,
    outline_level,
)
from ingest.extract.records import Block
from ingest.extract.superscripts import raised

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved-away text, field codes, comments' marks; and what another branch repeats.
_SKIPPED = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr")]
    + [_FALLBACK]
)
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_DEEPEST_HEADING = 9


class DocxWalk:
    """Gives the blocks of a body in order, each note behind the paragraph that refers to it.

    Attributes:
        title: of the document, once it was met.
        hidden: the texts of the runs so far that nobody sees.
    """

    def __init__(
        self, styles: Mapping[str, Style], numbering: Numbering, notes: Mapping[str, Any]
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes  # by kind and id, such as "footnote 2"
        self._due: list[tuple[int, Any]] = []
        self._noted = 0
        self.title: str | None = None
        self.hidden: list[str] = []

    def blocks(self, parent: Any, *, with_notes: bool = True) -> Iterator[Block]:
        """The blocks of an element's paragraphs and tables."""
        for element in parent:
            if element.tag in _SKIPPED:
                continue
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            else:  # content controls and the like enclose more of the same
                yield from self.blocks(element, with_notes=with_notes)
            if with_notes:
                yield from self._due_notes()

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        properties = paragraph.find(f"{W}pPr")
        style = self._style(properties, "pStyle")
        if style.is_contents:
            return
        level, numbering = style.level, style.numbering
        if properties is not None:
            direct = outline_level(properties)
            level = level if direct is None else direct or None
            own = numbering_of(properties)
            numbering = (own[0] or numbering[0], own[1] or numbering[1])
        parts: list[str] = []
        boxes: list[Any] = []
        self._gather(paragraph, parts, boxes, hidden=style.hidden)
        text = one_line("".join(parts))
        if text:
            # counted only where there is text: Word shows no number beside an empty paragraph
            text = self._numbering.marker(*numbering) + text
            if style.is_title and self.title is None:
                self.title = text
            yield Block(text=text, level=min(level, _DEEPEST_HEADING) if level else None)
        for box in boxes:
            yield from self.blocks(box, with_notes=False)

    def _table(self, table: Any) -> Iterator[Block]:
        for row in table.iter(f"{W}tr"):
            properties = row.find(f"{W}trPr")
            deleted = properties is not None and properties.find(f"{W}del") is not None
            nested = next(row.iterancestors(f"{W}tbl")) is not table
            if deleted or nested:
                continue
            cells = [
                self._joined(cell)
                for cell in row.iter(f"{W}tc")
                if next(cell.iterancestors(f"{W}tr")) is row
            ]
            if any(cells):
                yield Block(text=" | ".join(cells))

    def _joined(self, parent: Any) -> str:
        """The paragraphs of a cell or note as one line."""
        return one_line(" ".join(block.text for block in self.blocks(parent, with_notes=False)))

    def _gather(self, parent: Any, parts: list[str], boxes: list[Any], *, hidden: bool) -> None:
        for element in parent:
            tag = element.tag
            if tag in _SKIPPED:
                continue
            if tag == f"{W}r":
                self._run(element, parts, boxes, hidden=hidden)
            elif tag == f"{W}txbxContent":
                boxes.append(element)
            elif tag in {f"{W}t", _MATH_TEXT}:
                parts.append(element.text or "")
            elif tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
                parts.append(" ")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag in _NOTES:
                self._refer(_NOTES[tag], element)
            else:
                self._gather(element, parts, boxes, hidden=hidden)

    def _run(self, run: Any, parts: list[str], boxes: list[Any], *, hidden: bool) -> None:
        properties = run.find(f"{W}rPr")
        hidden = hidden or self._style(properties, "rStyle").hidden
        if properties is not None:
            own = is_unseen(properties, run.iterancestors())
            hidden = hidden if own is None else own
        if hidden:
            self.hidden.append("".join(each.text or "" for each in run.iter(f"{W}t")))
            return
        found: list[str] = []
        self._gather(run, found, boxes, hidden=False)
        text = "".join(found)
        place = None if properties is None else properties.find(f"{W}vertAlign")
        if text and place is not None and place.get(VALUE) == "superscript":
            text = raised("".join(parts[-8:]), text, footnote=False)
        parts.append(text)

    def _refer(self, kind: str, reference: Any) -> None:
        note = self._notes.get(f"{kind} {reference.get(f'{W}id')}")
        if note is not None:
            self._noted += 1
            self._due.append((self._noted, note))

    def _due_notes(self) -> Iterator[Block]:
        due, self._due = self._due, []
        for number, note in due:
            text = self._joined(note)
            if text:
                yield Block(text=f"{number} {text}")
        self._due = []  # a note that refers to a note would never end

    def _style(self, properties: Any | None, name: str) -> Style:
        named = None if properties is None else properties.find(f"{W}{name}")
        return self._styles.get("" if named is None else named.get(VALUE, ""), Style())

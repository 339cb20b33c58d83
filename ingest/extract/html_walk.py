"""Walks the elements of a page and gives its text as blocks."""

import re
from typing import Any

from ingest.extract.characters import clean, one_line
from ingest.extract.records import Block
from ingest.extract.superscripts import raised
from ingest.extract.text import blocks_of_text

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKED = re.compile(r"(?:[-•\u2013*]|\(?(?:\d{1,3}|[a-z]{1,4})[.)])(?:\s|\Z)", re.IGNORECASE)
_START = re.compile(r"[0-9]{1,6}\Z")
_LONE_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,5})[.)]\Z|[-•\u2013—]\Z", re.IGNORECASE)


def blocks_of(root: Any) -> list[Block]:
    """The blocks of an element in reading order."""
    from lxml import etree  # noqa: PLC0415 - only pages need it

    if root.tag == "pre":
        return blocks_of_text(root.text_content())
    walk = _Walk()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if walk.start(element):
                events.skip_subtree()
        else:
            walk.end(element)
        if event == "end" and element is not root and element.tail:
            walk.add(element.tail)
    walk.flush()
    return walk.blocks


class _Walk:
    """The text since the last block began, and what encloses it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._level: int | None = None
        self._marker = ""
        self._taken: set[Any] = set()
        self._items: dict[Any, int] = {}  # how many of a list were met

    def start(self, element: Any) -> bool:
        """Takes in an element's beginning; True when all of it was taken at once."""
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
        if self._take_whole(element):
            self._taken.add(element)
            return True
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "li":
            self._marker = self._item_marker(element)
        elif tag == "br":
            self.add("\n")
        self.add(element.text or "", preserved=False)
        return False

    def end(self, element: Any) -> None:
        """Takes in an element's end."""
        if element in self._taken:
            self._taken.discard(element)
        elif element.tag in _BLOCKS:
            self.flush()
        if element.tag in _HEADINGS:
            self._level = None

    def add(self, text: str, *, preserved: bool = False) -> None:
        """Takes in text; line ends in the source mean no more than a space."""
        self._parts.append(text if preserved or text == "\n" else re.sub(r"\s+", " ", text))

    def flush(self) -> None:
        """Ends the present block; two line breaks in a row part it in two."""
        text = clean("".join(self._parts))
        self._parts = []
        for part in re.split(r"\n\s*\n", text):
            line = one_line(part)
            if line:
                marker = "" if _MARKED.match(line) else self._marker
                self.blocks.append(Block(text=marker + line, level=self._level))
                self._marker = ""

    def _item_marker(self, element: Any) -> str:
        parent = element.getparent()
        if parent is None or parent.tag != "ol" or "none" in parent.get("style", ""):
            return "- "
        # Counted, since looking back from each item takes forever in a list of many thousands.
        before = self._items.get(parent, 0)
        self._items[parent] = before + 1
        start = parent.get("start", "1")
        return f"{(int(start) if _START.match(start) else 1) + before}. "

    def _take_whole(self, element: Any) -> bool:
        if element.tag == "pre":
            self.blocks += _lines(element.text_content())
        elif element.tag == "tr" and not _is_layout(element):
            cells = [one_line(_text(cell)) for cell in element if cell.tag in {"td", "th"}]
            self.blocks.append(Block(text=" | ".join(cells) if any(cells) else ""))
        elif _is_raised(element):
            base = "".join(self._parts[-8:]).rstrip("\n")
            footnote = _is_note(element)
            self.add(raised(base, element.text_content(), footnote=footnote))
        elif element.tag == "img":  # its description is not seen
            self.add("")
        else:
            return False
        return True


def _text(element: Any) -> str:
    return "".join(block.text + " " for block in blocks_of(element))


def _lines(text: str) -> list[Block]:
    """Code keeps its lines."""
    parts = re.split(r"\n[ \t]*\n", clean(text))
    lines = ("\n".join(line.strip() for line in part.split("\n") if line.strip()) for part in parts)
    return [Block(text=line) for line in lines if line]


def _is_layout(row: Any) -> bool:
    """Whether a row only arranges: nested tables, several paragraphs a cell, or a list marker."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2 or next(row.iter("table"), None) is not None:  # noqa: PLR2004
        return True
    if any(sum(1 for _ in cell.iter("p", "li", "h1", "h2", "h3")) > 1 for cell in cells):
        return True
    first = one_line(cells[0].text_content())
    return not first or _LONE_MARKER.match(first) is not None


def _is_raised(element: Any) -> bool:
    name = element.get("class", "")
    return element.tag == "sup" or (
        element.tag == "span"
        and (re.search(r"(?:^|[\s-])super(?:script)?(?:$|\s)", name) is not None)
    )


def _is_note(element: Any) -> bool:
    parent = element.getparent()
    return next(element.iter("a"), None) is not None or (parent is not None and parent.tag == "a")

"""A brief of the corpus, taken apart into its fields, headings and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.curation.front_matter import Fields, split

# an address may hold one pair of parentheses, as those of encyclopaedias do
_LINK = re.compile(r"\[(?P<label>[^\[\]]*)\]\((?P<target>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.+?)[ \t]*#*$")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`,;()\[\]]+(?:\([^\s<>\"'`,;()]*\)[^\s<>\"'`,;()]*)*")
_EMPHASIS = re.compile(r"[*`]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link of a paragraph: its words, and where it leads."""

    label: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A heading or a paragraph.

    Attributes:
        line: where it begins in the file, from 1.
        text: as it is written, its lines joined; of a heading without the marks.
        section: the heading it stands under, or its own; "" before the first.
        is_heading: whether it is one.
    """

    line: int
    text: str
    section: str
    is_heading: bool

    @property
    def links(self) -> tuple[Link, ...]:
        """Its links, in order."""
        return tuple(
            Link(label=match["label"], target=match["target"])
            for match in _LINK.finditer(self.text)
        )

    @property
    def plain(self) -> str:
        """Its words without markup and addresses."""
        return _EMPHASIS.sub("", _LINK.sub(lambda match: match["label"], self.text))


@dataclass(frozen=True)
class Brief:
    """A brief as it is written; nothing of it was checked.

    Attributes:
        name: of its file.
        fields: of the front matter.
        blocks: headings and paragraphs, in order.
    """

    name: str
    fields: Fields
    blocks: tuple[Block, ...]

    def value(self, name: str) -> str:
        """A field of the front matter; "" when it is missing or null."""
        return self.fields[name].text if name in self.fields else ""

    @property
    def sources(self) -> tuple[Fields, ...]:
        """The sources that the front matter lists."""
        return self.fields["sources"].items if "sources" in self.fields else ()

    @property
    def words(self) -> int:
        """How many words headings and paragraphs have together."""
        return sum(len(block.plain.split()) for block in self.blocks)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Names by which links reach its headings."""
        return frozenset(anchor(block.text) for block in self.blocks if block.is_heading)


def read_brief(path: Path) -> Brief:
    """The brief in a file.

    Raises:
        MalformedError: it has no front matter that can be read.
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8 text.
    """
    fields, body, line = split(path.read_text("utf-8"))
    return Brief(name=path.name, fields=fields, blocks=tuple(_blocks(body, line)))


def anchor(heading: str) -> str:
    """The name that a link gives a heading: lower case, with hyphens, without punctuation."""
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading.lower())).strip("-")


def addresses_in(text: str) -> tuple[str, ...]:
    """The web addresses in a text, without the full stop of its sentence."""
    return tuple(found.rstrip(".:") for found in _ADDRESS.findall(text))


def _blocks(body: str, first: int) -> Iterator[Block]:
    section, begun, lines = "", 0, list[str]()
    for number, line in enumerate([*body.splitlines(), ""], first):
        heading = _HEADING.match(line)
        if lines and (heading or not line.strip()):
            yield Block(line=begun, text=" ".join(lines), section=section, is_heading=False)
            lines = []
        if heading:
            section = heading["text"]
            yield Block(line=number, text=section, section=section, is_heading=True)
        elif line.strip():
            begun = begun if lines else number
            lines.append(line.strip())

"""What passes between the readers of the formats and the assembly of a document."""

from dataclasses import dataclass

from knowledge.model import Document, Kind, Stance, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What a document says of itself; None and () stand for "it does not say".

    Attributes:
        published, status_date: ISO 8601.
        url: the canonical public address.
    """

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    licence: str | None = None
    kind: Kind | None = None
    stance: Stance | None = None
    status: Status | None = None
    status_date: str | None = None
    jurisdiction: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Extracted:
    """A document, what it says of itself, and what a curator should know about the reading.

    Attributes:
        warnings: whole sentences, such as "2 of 40 pages could not be read".
    """

    document: Document
    metadata: Metadata
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One paragraph, list item, table row or heading line, as a reader of a format found it.

    Attributes:
        text: clean; lines already joined.
        level: of a heading, 1 for the outermost; None for everything else.
        title: the name a citation shows, where it differs from the text.
        pages: (position in `text`, page) where a page begins, at position 0 too; empty when the
            format has no pages.
    """

    text: str
    level: int | None = None
    title: str | None = None
    pages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """What a format's `read` returns.

    Attributes:
        page_count: physical pages, 0 when the format has none.
        links: (words, address) of the links that are kept, in reading order.
    """

    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    page_count: int = 0
    warnings: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

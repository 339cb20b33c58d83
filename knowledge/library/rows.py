"""Between the records of `knowledge.model` and rows of the library's tables."""

import dataclasses
from typing import Any

from sqlalchemy import RowMapping

from knowledge.model import Chunk, Document, Heading, Source

Row = RowMapping


def source_row(source: Source) -> dict[str, Any]:
    """Column values for a source."""
    return {**dataclasses.asdict(source), "authors": list(source.authors)}


def row_source(row: Row) -> Source:
    """The source in a row that has all of a source's columns."""
    names = [field.name for field in dataclasses.fields(Source)]
    return Source(**{**{name: row[name] for name in names}, "authors": tuple(row["authors"])})


def document_row(source_id: str, document: Document, embedded_title: str) -> dict[str, Any]:
    """Column values for a document."""
    return {
        "source_id": source_id,
        "content_hash": document.content_hash,
        "media_type": document.media_type,
        "embedded_title": embedded_title,
        "text": document.text,
        "page_starts": list(document.page_starts),
        "headings": [[h.level, h.text, h.start, h.end] for h in document.headings],
        "links": [list(link) for link in document.links],
    }


def row_document(row: Row) -> Document:
    """The document in a row."""
    return Document(
        text=row["text"],
        media_type=row["media_type"],
        content_hash=row["content_hash"],
        page_starts=tuple(row["page_starts"]),
        headings=tuple(
            Heading(level=level, text=text, start=start, end=end)
            for level, text, start, end in row["headings"]
        ),
        links=tuple((start, end, address) for start, end, address in row["links"] or ()),
    )


def chunk_row(chunk: Chunk, text_hash: str) -> dict[str, Any]:
    """Column values for a chunk; its text stays in the document."""
    row = dataclasses.asdict(chunk)
    del row["text"]
    return {**row, "text_hash": text_hash}


def row_chunk(row: Row, document_text: str) -> Chunk:
    """The chunk in a row, sliced from its document."""
    return Chunk(
        id=row["id"],
        source_id=row["source_id"],
        text=document_text[row["start"] : row["end"]],
        start=row["start"],
        end=row["end"],
        ordinal=row["ordinal"],
        page=row["page"],
        page_breaks=tuple((offset, page) for offset, page in row["page_breaks"]),
        heading_path=tuple(row["heading_path"]),
        heading_breaks=tuple((offset, tuple(path)) for offset, path in row["heading_breaks"]),
        links=tuple((start, end, address) for start, end, address in row["links"] or ()),
    )

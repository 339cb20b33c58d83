"""Reads a PDF: its native text in reading order, page by page."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ingest.extract.markers import glue_markers
from ingest.extract.orders import hidden_orders
from ingest.extract.pdf_blocks import Page, blocks_of
from ingest.extract.pdf_furniture import without_furniture
from ingest.extract.pdf_lines import Line, lines_of
from ingest.extract.pdf_metadata import metadata_of
from ingest.extract.pdf_outline import bookmarks_of, mark_headings
from ingest.extract.records import Parsed
from knowledge.errors import FailedSourceError

MAX_PAGES = 5_000
_WORDS = re.compile(r"[^\W\d_]{2,}")  # a stray mark outside of the page is nothing to tell of


def read(data: bytes, name: str) -> Parsed:
    """The paragraphs of a PDF, with the physical page on which each begins.

    Raises:
        FailedSourceError: it is damaged, encrypted or too long, or has no text layer.
    """
    del name
    with _opened(data) as document:
        pages, heights, widths, hidden, unreadable = _pages(document)
        if not any(line.text.strip() for lines in pages for line in lines):
            raise FailedSourceError(_without_text(unreadable, len(pages)))
        bookmarks = bookmarks_of(document)
        kept = without_furniture(pages, heights)
        made = [
            Page(number=number, lines=tuple(lines), width=width)
            for number, (lines, width) in enumerate(zip(kept, widths, strict=True), start=1)
        ]
        blocks = mark_headings(blocks_of(made), bookmarks)
        metadata = metadata_of(document, kept)
    told = (f"{unreadable} of {len(pages)} pages could not be read",) if unreadable else ()
    return Parsed(
        blocks=tuple(glue_markers(blocks)),
        metadata=metadata,
        page_count=len(pages),
        warnings=(*told, *_hidden_text(hidden)),
    )


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2  # noqa: PLC0415 - heavy, and only PDFs need it

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise FailedSourceError(
                "The PDF is encrypted: remove its password and add it again."
            ) from error
        raise FailedSourceError("The PDF is damaged: it cannot be opened.") from error
    try:
        if count == 0:
            raise FailedSourceError("The PDF has no pages.")
        if count > MAX_PAGES:
            raise FailedSourceError(
                f"The PDF has {count:,} pages, more than the {MAX_PAGES:,} allowed: split it."
            )
        yield document
    finally:
        document.close()


def _hidden_text(pages: Sequence[str]) -> tuple[str, ...]:
    found = [number for number, text in enumerate(pages, start=1) if _WORDS.search(text)]
    if not found:
        return ()
    where = f"page {found[0]}" if len(found) == 1 else f"{len(found)} pages"
    return (f"text that nobody sees was left out of {where}", *hidden_orders(pages))


def _pages(
    document: Any,
) -> tuple[list[list[Line]], list[float], list[float], list[str], int]:
    import pypdfium2  # noqa: PLC0415

    pages: list[list[Line]] = []
    heights: list[float] = []
    widths: list[float] = []
    hidden: list[str] = []
    unreadable = 0
    for index in range(len(document)):
        lines: list[Line] = []
        width = height = 0.0
        unseen = ""
        try:
            page = document[index]
            width, height = page.get_size()
            lines, unseen = lines_of(page)
            page.close()
        except pypdfium2.PdfiumError:
            unreadable += 1
        pages.append(lines)
        heights.append(height)
        widths.append(width)
        hidden.append(unseen)
    return pages, heights, widths, hidden, unreadable


def _without_text(unreadable: int, count: int) -> str:
    if unreadable == count:
        return "The PDF is damaged: none of its pages can be read."
    return (
        "The PDF has no text layer: its pages are pictures. Run text recognition (OCR) on it first."
    )

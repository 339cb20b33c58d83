"""Reads a PDF: its native text in reading order, page by page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.extract.markers import glue_markers
from ingest.extract.pdf_blocks import Page, blocks_of
from ingest.extract.pdf_furniture import without_furniture
from ingest.extract.pdf_lines import Line, lines_of
from ingest.extract.pdf_metadata import metadata_of
from ingest.extract.pdf_outline import bookmarks_of, mark_headings
from ingest.extract.records import Parsed
from knowledge.errors import FailedSourceError

MAX_PAGES = 5_000


def read(data: bytes, name: str) -> Parsed:
    """The paragraphs of a PDF, with the physical page on which each begins.

    Raises:
        FailedSourceError: it is damaged, encrypted or too long, or has no text layer.
    """
    del name
    with _opened(data) as document:
        pages, heights, widths, unreadable = _pages(document)
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
    warnings = (f"{unreadable} of {len(pages)} pages could not be read",) if unreadable else ()
    return Parsed(
        blocks=tuple(glue_markers(blocks)),
        metadata=metadata,
        page_count=len(pages),
        warnings=warnings,
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


def _pages(document: Any) -> tuple[list[list[Line]], list[float], list[float], int]:
    import pypdfium2  # noqa: PLC0415

    pages: list[list[Line]] = []
    heights: list[float] = []
    widths: list[float] = []
    unreadable = 0
    for index in range(len(document)):
        lines: list[Line] = []
        width = height = 0.0
        try:
            page = document[index]
            width, height = page.get_size()
            lines = lines_of(page)
            page.close()
        except pypdfium2.PdfiumError:
            unreadable += 1
        pages.append(lines)
        heights.append(height)
        widths.append(width)
    return pages, heights, widths, unreadable


def _without_text(unreadable: int, count: int) -> str:
    if unreadable == count:
        return "The PDF is damaged: none of its pages can be read."
    return (
        "The PDF has no text layer: its pages are pictures. Run text recognition (OCR) on it first."
    )

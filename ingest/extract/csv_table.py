"""Reads a CSV or TSV table: as rows, as one document a row, or as one section a column."""

import csv
import io
from collections.abc import Iterator, Sequence
from statistics import median

from ingest.extract.characters import one_line
from ingest.extract.encodings import decode
from ingest.extract.entries import LONG, TEXTS, blocks_of_entry, blocks_of_value, find, is_long
from ingest.extract.records import Block, Parsed
from ingest.extract.text import blocks_of_text, normalised_line_ends
from knowledge.errors import FailedSourceError

MAX_CELL = 10_000_000
_DELIMITERS = ",;\t|"
_MOST_ROWS = 20  # of a table that stands on its side
_NAME_LENGTH = 100
_SAMPLE = 65_536

Row = Sequence[str]


def read(data: bytes, name: str) -> Parsed:
    """The rows of a table; long cells are read as text with paragraphs of their own.

    Raises:
        FailedSourceError: a quote is never closed, or no encoding fits.
    """
    text = normalised_line_ends(decode(data))
    delimiter = "\t" if name.lower().endswith((".tsv", ".tab")) else _delimiter(text)
    rows = list(_rows(text, delimiter))
    if max((len(row) for row in rows), default=0) < 2:  # noqa: PLR2004 - no table at all
        return Parsed(blocks=tuple(blocks_of_text(text)))
    return Parsed(blocks=tuple(_blocks(rows)))


def _delimiter(text: str) -> str:
    """The character that parts the header, wherever quotes do not hide it."""
    header = next(iter(text[:_SAMPLE].split("\n")))
    visible = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=visible.count)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    usual = csv.field_size_limit(MAX_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield cells
    except csv.Error as error:
        raise FailedSourceError(
            f"The table has a cell of more than {MAX_CELL / 1e6:.0f} million characters: is a "
            "quotation mark left open?"
        ) from error
    finally:
        csv.field_size_limit(usual)


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    header, body = rows[0], rows[1:]
    if not _is_header(header) or not body:
        for row in rows:
            yield Block(text=" | ".join(one_line(cell) for cell in row))
    elif _is_sideways(header, body):
        for place, name in enumerate(header):
            yield Block(text=one_line(name), level=1)
            for row in body:
                yield from blocks_of_value(row[place] if place < len(row) else "", below=1)
    else:
        names = _distinct([one_line(name) for name in header])
        lowered = [name.lower() for name in names]
        prose = _is_prose(lowered, body)
        for row in body:
            # cells beyond the header have no name, yet hold words
            cells = dict(
                zip([*(lowered if prose else names), "…"], _folded(row, len(names)), strict=False)
            )
            if prose:
                yield from blocks_of_entry(cells)
            else:
                yield Block(text=" | ".join(f"{n}: {one_line(c)}" for n, c in cells.items() if c))


def _is_header(row: Row) -> bool:
    """Whether a row holds names: short, distinct, and no bare numbers."""
    named = [cell for cell in row if cell]
    return (
        len(set(named)) == len(named)
        and all(len(cell) <= _NAME_LENGTH for cell in named)
        and not any(cell.replace(".", "").replace("-", "").isdigit() for cell in named)
    )


def _is_sideways(header: Row, body: Sequence[Row]) -> bool:
    """Whether each column is about one thing: more columns than rows, and long cells throughout."""
    lengths = [len(cell) for row in body for cell in row]
    return (
        all(header)
        and len(body) <= _MOST_ROWS
        and len(header) > len(body)
        and len(body) > 1
        and find(dict.fromkeys(map(str.lower, header), "x"), TEXTS) is None
        and median(lengths) >= LONG
    )


def _is_prose(names: Sequence[str], body: Sequence[Row]) -> bool:
    """Whether most rows are documents and not records of facts."""
    if any(name in TEXTS for name in names):
        return True
    long = sum(any(is_long(cell) for cell in row) for row in body)
    return long > len(body) / 2


def _distinct(names: Sequence[str]) -> list[str]:
    return [name or f"column {place}" for place, name in enumerate(names, start=1)]


def _folded(row: Row, width: int) -> list[str]:
    """A row's cells, those beyond the header's width joined into one more."""
    return [*row[:width], " | ".join(row[width:])] if len(row) > width else list(row)

"""Reads a file's bytes into a document whose text can be quoted."""

import re
from importlib import import_module

from ingest.extract.assemble import assemble
from ingest.extract.kinds import FORMATS, kind_of
from ingest.extract.orders import without_orders
from ingest.extract.records import Extracted, Metadata, Parsed
from knowledge.errors import FailedSourceError

__all__ = ["Extracted", "Metadata", "extract"]

_WORD = re.compile(r"\w")


def extract(data: bytes, *, name: str) -> Extracted:
    """The document that `data` holds, with what it says of itself.

    Args:
        data: the whole file.
        name: its name or address; a hint where the content leaves the kind open.

    Raises:
        RejectedSourceError: it is of a kind that is not supported.
        FailedSourceError: it is damaged, encrypted, empty, or holds no text.
    """
    file_format = FORMATS[kind_of(data, name)]
    # Imported late: the parsers are heavy, and most runs need one of them.
    reader = import_module(f"ingest.extract.{file_format.module}")
    try:
        parsed: Parsed = reader.read(data, name)
    except RecursionError as error:
        raise FailedSourceError("Its parts are nested too deeply to be read.") from error
    document = assemble(
        parsed.blocks,
        media_type=file_format.media_type,
        page_count=parsed.page_count,
        links=parsed.links,
    )
    if not _WORD.search(document.text):
        raise FailedSourceError("The file holds no text.")
    metadata, left_out = without_orders(parsed.metadata, document.headings)
    return Extracted(document=document, metadata=metadata, warnings=(*parsed.warnings, *left_out))

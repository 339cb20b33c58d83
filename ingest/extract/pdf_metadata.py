"""What a PDF says of itself: its information dictionary, else its first page."""

from collections.abc import Sequence
from typing import Any

from ingest.extract.characters import one_line
from ingest.extract.pdf_lines import LINE_HYPHEN, RAISED_BEGIN, RAISED_END, Line
from ingest.extract.records import Metadata
from ingest.extract.titles import sensible_names, sensible_title

_MARKS = str.maketrans("", "", RAISED_BEGIN + RAISED_END + LINE_HYPHEN)
_MOST_LINES = 5


def metadata_of(document: Any, pages: Sequence[Sequence[Line]]) -> Metadata:
    """The title and authors of a PDF; the date of its making is not that of publication."""
    stated = document.get_metadata_dict(skip_empty=True)
    return Metadata(
        title=sensible_title(stated.get("Title")) or _largest(pages[0] if pages else ()),
        authors=sensible_names(stated.get("Author")),
    )


def _largest(lines: Sequence[Line]) -> str | None:
    """The text in the largest type of a page, where that is a title's length."""
    size = max((line.size for line in lines), default=0.0)
    large = [line for line in lines if line.size >= size * 0.95]
    if len(large) > _MOST_LINES:
        return None
    return sensible_title(one_line(" ".join(line.text for line in large).translate(_MARKS)))

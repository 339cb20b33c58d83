"""What kind of file some bytes are, told by the bytes; the name is only a hint.

A new format is one module with a `read` and one row in `FORMATS`.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.extract.archive import archive_kind, is_archive
from ingest.extract.encodings import byte_order
from ingest.extract.signatures import binary_kind
from knowledge.errors import FailedSourceError, RejectedSourceError


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A supported format: its media type, and the module of this package that reads it."""

    media_type: str
    module: str


FORMATS = {
    "pdf": Format(media_type="application/pdf", module="pdf"),
    "docx": Format(
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        module="docx",
    ),
    "epub": Format(media_type="application/epub+zip", module="epub"),
    "html": Format(media_type="text/html", module="html"),
    "markdown": Format(media_type="text/markdown", module="markdown"),
    "csv": Format(media_type="text/csv", module="csv_table"),
    "tsv": Format(media_type="text/tab-separated-values", module="csv_table"),
    "json": Format(media_type="application/json", module="json_documents"),
    "jsonl": Format(media_type="application/jsonl", module="json_documents"),
    "text": Format(media_type="text/plain", module="text"),
}

_MARKDOWN_NAMES = frozenset({".md", ".mdx", ".markdown", ".mkd", ".rmd", ".qmd"})
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".license", ".licence"})
_DATA_NAMES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_UNSUPPORTED_NAMES = {
    ".xml": "an XML file",
    ".yml": "a YAML file",
    ".yaml": "a YAML file",
    ".toml": "a TOML file",
}
# A comment ends at the first "-->": with one that may run on, many comments take forever to try.
_HTML = re.compile(
    r"(?:<\?xml[^>]*\?>)?\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_FRAGMENT = re.compile(
    r"<(?:div|p|h[1-6]|article|main|section|table|meta|title)\b", re.IGNORECASE
)
_XML = re.compile(r"<\?xml|<!doctype\s+(?!html)|<(?:svg|rss|feed)\b", re.IGNORECASE)
_SVG = re.compile(r"<svg\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n")


def kind_of(data: bytes, name: str) -> str:
    """The key in `FORMATS` of a file's content.

    Raises:
        FailedSourceError: it holds nothing, or is a damaged or oversized archive.
        RejectedSourceError: it is of a kind that is not supported; the message names the kind.
    """
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf"):
        raise FailedSourceError("The file is empty.")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if is_archive(data):
        kind = archive_kind(data)
        if kind in FORMATS:
            return kind
        raise _rejected(kind)
    binary = binary_kind(data)
    if binary is not None:
        raise _rejected(binary)
    return _kind_of_text(data, name)


def _rejected(kind: str) -> RejectedSourceError:
    return RejectedSourceError(
        f"This is {kind}, which is not supported: PDF, DOCX, EPUB, HTML, Markdown, CSV, JSON and "
        "plain text are."
    )


def _kind_of_text(data: bytes, name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    head = _head(data)
    if _HTML.match(head):
        return "html"
    if head.startswith("<") and _XML.match(head):
        raise _rejected("an SVG image" if _SVG.search(head) else "an XML file")
    if suffix in _DATA_NAMES:
        return _DATA_NAMES[suffix]
    if suffix in _UNSUPPORTED_NAMES:
        raise _rejected(_UNSUPPORTED_NAMES[suffix])
    if suffix in {".html", ".htm", ".xhtml"} or (
        suffix not in _MARKDOWN_NAMES and _HTML_FRAGMENT.match(head)
    ):
        return "html"
    if suffix in _MARKDOWN_NAMES or (suffix not in _TEXT_NAMES and _FRONT_MATTER.match(head)):
        return "markdown"
    return "text"


def _head(data: bytes) -> str:
    order = byte_order(data)
    head = data[:8192].decode(order, "replace") if order else data[:4096].decode("utf-8", "replace")
    return head.lstrip("\ufeff \t\r\n")

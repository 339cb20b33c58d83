"""What kind of file some bytes are, told by the bytes; the name is only a hint.

A new format is one module with a `read` and one row in `FORMATS`.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.errors import FailedSourceError, RejectedSourceError


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A supported format: its media type, and the module of this package that reads it."""

    media_type: str
    module: str


FORMATS = {
    "pdf": Format(media_type="application/pdf", module="pdf"),
    "html": Format(media_type="text/html", module="html"),
    "markdown": Format(media_type="text/markdown", module="markdown"),
    "text": Format(media_type="text/plain", module="text"),
}

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a bitmap image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "an executable program"),
    (b"MZ", "an executable program"),
    (b"\xca\xfe\xba\xbe", "an executable program"),
    (b"\xcf\xfa\xed\xfe", "an executable program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "an RTF document"),
    (b"GGUF", "a model weights file"),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint presentation (PPTX)"),
    (b"application/epub+zip", "an EPUB book"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
)
# Containers that name their content at a fixed place: (place, signature, kind).
_PLACED: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a sound file"),
    (8, b"AVI ", "a video"),
    (4, b"ftyp", "a video or image container"),
    (257, b"ustar", "a tar archive"),
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MARKDOWN_NAMES = frozenset({".md", ".mdx", ".markdown", ".mkd", ".rmd", ".qmd"})
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".license", ".licence"})
_TABLE_NAMES = {".csv": "a CSV table", ".tsv": "a TSV table"}
_DATA_NAMES = {
    ".json": "a JSON file",
    ".jsonl": "a JSON Lines file",
    ".ndjson": "a JSON Lines file",
    ".xml": "an XML file",
    ".yml": "a YAML file",
    ".yaml": "a YAML file",
    ".toml": "a TOML file",
}
_HTML = re.compile(
    r"(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
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
        FailedSourceError: it holds nothing.
        RejectedSourceError: it is of a kind that is not supported; the message names the kind.
    """
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf"):
        raise FailedSourceError("The file is empty.")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _reject_binary(data)
    return _kind_of_text(data, name)


def _rejected(kind: str) -> RejectedSourceError:
    return RejectedSourceError(
        f"This is {kind}, which is not supported: PDF, HTML, Markdown and plain text are."
    )


def _reject_binary(data: bytes) -> None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kinds = (kind for signature, kind in _ZIPPED if signature in data)
        raise _rejected(next(kinds, "a zip archive"))
    for place, signature, kind in _PLACED:
        if data[place : place + len(signature)] == signature:
            raise _rejected(kind)
    for signature, kind in _SIGNATURES:
        # Two letters such as "BM" may also begin a text.
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:512]):  # noqa: PLR2004
            raise _rejected(kind)
    if data.startswith(_BYTE_ORDER_MARKS):
        return
    sample = data[:65536]
    # A text holds no NUL, and next to no other control characters.
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)  # noqa: PLR2004
    if b"\x00" in sample or controls > max(2, len(sample) * 0.01):
        raise _rejected("a binary file")


def _kind_of_text(data: bytes, name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    head = _head(data)
    if _HTML.match(head):
        return "html"
    if head.startswith("<") and _XML.match(head):
        raise _rejected("an SVG image" if _SVG.search(head) else "an XML file")
    if suffix in _TABLE_NAMES:
        raise _rejected(_TABLE_NAMES[suffix])
    if suffix in _DATA_NAMES:
        raise _rejected(_DATA_NAMES[suffix])
    if suffix in {".html", ".htm", ".xhtml"} or (
        suffix not in _MARKDOWN_NAMES and _HTML_FRAGMENT.match(head)
    ):
        return "html"
    if suffix in _MARKDOWN_NAMES or (suffix not in _TEXT_NAMES and _FRONT_MATTER.match(head)):
        return "markdown"
    return "text"


def _head(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:8192].decode("utf-16", errors="replace")
    else:
        head = data[:4096].decode("utf-8", errors="replace")
    return head.lstrip("\ufeff \t\r\n")

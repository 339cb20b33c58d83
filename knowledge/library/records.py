"""What the library keeps about a source besides the bibliographic record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.model import Chunk, Document, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Locator:
    """A path or URL under which a source was read.

    Attributes:
        bytes_hash: SHA-256 of the file as it was read.
        reading: versions of the extractor and chunker that read it.
        checked_at: when it was last compared, ISO 8601 in UTC.
        etag, last_modified: what the web server said, for a conditional request.
        origin: the manifest that names it, or None.
        failures: how often in a row it could not be reached, since `failed_at`, because of
            `trouble`.
    """

    locator: str
    source_id: str
    bytes_hash: str
    reading: str
    checked_at: str
    etag: str | None = None
    last_modified: str | None = None
    origin: str | None = None
    failures: int = 0
    failed_at: str | None = None
    trouble: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """What a source's document was before it changed; times are ISO 8601 in UTC."""

    content_hash: str
    since: str
    until: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """A source as the library holds it.

    Attributes:
        locators: every path or URL that gave this very text.
        overrides: fields that a curator set by hand; they outlive a new version of the document.
        added_at, changed_at: ISO 8601 in UTC.
    """

    source: Source
    locators: tuple[str, ...]
    chunks: int
    content_hash: str
    added_at: str
    changed_at: str
    overrides: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Acquisition:
    """Everything that one new or changed document brings into the library.

    Attributes:
        text_hashes: for each chunk, the key of its vector.
        embedded_title: the title in front of each embedded chunk.
    """

    source: Source
    overrides: Mapping[str, Any]
    document: Document
    embedded_title: str
    chunks: tuple[Chunk, ...]
    text_hashes: tuple[str, ...]
    locator: Locator

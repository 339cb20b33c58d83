"""What the library keeps about a source besides the bibliographic record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from knowledge.model import Chunk, Document, Source

Happening = Literal["added", "changed", "status", "removed", "retracted"]
SuggestionStatus = Literal["pending", "approved", "rejected", "taken", "failed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What happened to a source.

    Attributes:
        at: ISO 8601 in UTC.
        what: "changed" is a new text, "status" another legal status or successor.
        title: the source's, when it happened.
        before, after: for "status", the legal status; None for everything else.
        superseded_by: for "status", what replaces the source since then, or None.
    """

    at: str
    what: Happening
    source_id: str
    title: str
    before: str | None = None
    after: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Retraction:
    """A source that was taken out and may not come back by itself.

    Attributes:
        at: ISO 8601 in UTC.
        why: as the curator said it, in one line.
    """

    source_id: str
    title: str
    at: str
    why: str


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """An address that a reader suggested.

    Attributes:
        note: why, in the reader's words and one line, or None.
        contact: who is to be told of the decision, or None when there is nobody (any more).
        guild: the server it was suggested on, or None.
        status: "failed" could not be read by ingest; approving it lets ingest try again.
        reason: why it was rejected, in words for the reader; or why it failed, in words for the
            operator. None otherwise.
        source_id: what it became, when it was taken in.
        suggested_at, decided_at: ISO 8601 in UTC; the latter is when the status last changed.
    """

    id: int
    url: str
    note: str | None
    contact: str | None
    guild: str | None
    status: SuggestionStatus
    reason: str | None
    source_id: str | None
    suggested_at: str
    decided_at: str | None

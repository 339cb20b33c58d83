"""The tables of the library; `migrations/` brings an older database to them."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_VERSION = "0006"

metadata = MetaData()

sources = Table(
    "sources",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("publisher", Text),
    Column("authors", JSON, nullable=False),
    Column("kind", String, nullable=False),
    Column("stance", String, nullable=False),
    Column("jurisdiction", Text),
    Column("published", String),
    Column("retrieved", String),
    Column("status", String, nullable=False),
    Column("status_date", String),
    Column("superseded_by", Text),
    Column("licence", Text),
    # what a curator said of the source; outlives a new version of its document
    Column("overrides", JSON, nullable=False),
    Column("added_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
)

locators = Table(
    "locators",
    metadata,
    Column("locator", Text, primary_key=True),
    Column(
        "source_id",
        String,
        ForeignKey("sources.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("bytes_hash", String, nullable=False),
    Column("reading", String, nullable=False),  # versions of extractor and chunker that read it
    Column("checked_at", String, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("origin", Text),  # the manifest that names it
    Column("failed_at", Text),  # since when it cannot be reached
    Column("trouble", Text),  # why
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row
)

documents = Table(
    "documents",
    metadata,
    Column("source_id", String, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("content_hash", String, nullable=False, index=True),
    Column("media_type", String, nullable=False),
    # the title in front of each embedded chunk; a later change of the source's embeds nothing
    Column("embedded_title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("page_starts", JSON, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("links", JSON),  # None until the next ingest, where an earlier release took it in
)

# what a source's document was before it changed
versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "source_id",
        String,
        ForeignKey("sources.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("content_hash", String, nullable=False),
    Column("since", String, nullable=False),
    Column("until", String, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("id", String, primary_key=True),
    Column(
        "source_id",
        String,
        ForeignKey("sources.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("page_breaks", JSON, nullable=False),
    Column("heading_path", JSON, nullable=False),
    Column("heading_breaks", JSON, nullable=False),
    Column("links", JSON),  # None until the next ingest, where an earlier release took it in
    Column("text_hash", String, nullable=False, index=True),  # of what was embedded for it
)

encoders = Table(
    "encoders",
    metadata,
    Column("key", String, primary_key=True),
    Column("identity", JSON, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("text_hash", String, primary_key=True),
    Column("encoder_key", String, ForeignKey("encoders.key"), primary_key=True, index=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian, L2-normalised
)

token_vectors = Table(
    "token_vectors",
    metadata,
    Column("text_hash", String, primary_key=True),
    Column("encoder_key", String, ForeignKey("encoders.key"), primary_key=True, index=True),
    Column("tokens", LargeBinary, nullable=False),  # as `TokenVectors.to_bytes` writes them
)

# How often the library did not answer, by day and by what came nearest. A gap outlives its source,
# so nothing refers to `sources`; an empty string stands where nothing was near.
gaps = Table(
    "gaps",
    metadata,
    Column("day", String, primary_key=True),  # ISO 8601, UTC
    Column("source_id", String, primary_key=True),
    Column("heading", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("count", Integer, nullable=False),
)

# what was asked, where the operator chose to keep it
gap_questions = Table(
    "gap_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", String, nullable=False, index=True),
    Column("source_id", String, nullable=False),
    Column("heading", Text, nullable=False),
    Column("question", Text, nullable=False),
)

# What happened to sources, which it outlives; `knowledge.library.history` keeps the newest.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("what", String, nullable=False),
    Column("source_id", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("superseded_by", Text),
)

# sources that were taken out for a reason and may not come back by themselves
retractions = Table(
    "retractions",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("content_hash", String, nullable=False, index=True),
)

# the paths and URLs under which they were read or could be found
retracted_places = Table(
    "retracted_places",
    metadata,
    Column("place", Text, primary_key=True),
    Column(
        "source_id",
        String,
        ForeignKey("retractions.source_id", ondelete="CASCADE"),
        primary_key=True,
    ),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("note", Text),
    Column("contact", String),  # who is to be told; empty once they were
    Column("guild", String),
    Column("status", String, nullable=False, index=True),
    Column("reason", Text),
    Column("source_id", String),  # what it became
    Column("told", String),  # the status that the suggester was told of last
    Column("suggested_at", String, nullable=False),
    Column("decided_at", String),
)

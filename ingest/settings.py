"""What ingest needs besides the shared settings."""

from pydantic import Field

from knowledge.settings import KnowledgeSettings


class IngestSettings(KnowledgeSettings):
    """The shared settings, what may be fetched, and as whom."""

    allow_private: bool = Field(default=False, validation_alias="INGEST_ALLOW_PRIVATE")
    contact: str | None = Field(default=None, validation_alias="INGEST_CONTACT")

"""What ingest needs besides the shared settings."""

from pydantic import Field

from knowledge.settings import KnowledgeSettings


class IngestSettings(KnowledgeSettings):
    """The shared settings, and what may be fetched."""

    allow_private: bool = Field(default=False, validation_alias="INGEST_ALLOW_PRIVATE")

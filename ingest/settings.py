"""What ingest needs besides the shared settings."""

from pydantic import Field

from knowledge.settings import KnowledgeSettings


class IngestSettings(KnowledgeSettings):
    """The shared settings, and as whom pages are fetched."""

    contact: str | None = Field(default=None, validation_alias="INGEST_CONTACT")

"""What the bot needs besides the library."""

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings


class BotSettings(KnowledgeSettings):
    """The shared settings, the key to Discord, and where the bot's state lies."""

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    curator_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), validation_alias="CURATOR_IDS"
    )

    @field_validator("curator_ids", mode="before")
    @classmethod
    def _separated(cls, value: object) -> object:
        """Ids between commas, as a line of `.env` has them."""
        if not isinstance(value, str):
            return value
        return frozenset(part.strip() for part in value.split(",") if part.strip())


def require_token(settings: BotSettings) -> str:
    """The token with which the bot logs in.

    Raises:
        SettingsError: when there is none.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError(
            "DISCORD_TOKEN is not set. Copy the bot's token from "
            "https://discord.com/developers/applications into .env."
        )
    return token

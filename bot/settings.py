"""What the bot needs besides the library."""

import re
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings

_USER_ID = re.compile(r"[0-9]{15,20}")


class BotSettings(KnowledgeSettings):
    """The shared settings, the key to Discord, and who curates."""

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    curator_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), validation_alias="CURATOR_IDS"
    )

    @field_validator("curator_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        """The ids in a line such as "123456789012345678, 234567890123456789"."""
        if not isinstance(value, str):
            return value
        ids = [part.strip() for part in value.split(",") if part.strip()]
        if not all(_USER_ID.fullmatch(each) for each in ids):
            raise ValueError(
                "must be Discord user ids with commas between, such as "
                "123456789012345678,234567890123456789"
            )
        return frozenset(map(int, ids))


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

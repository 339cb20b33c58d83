"""What the bot needs besides the library."""

from pydantic import Field, SecretStr

from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings


class BotSettings(KnowledgeSettings):
    """The shared settings, and the key to Discord."""

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")


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

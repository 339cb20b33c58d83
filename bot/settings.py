"""What the bot needs besides the library."""

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings


class BotSettings(KnowledgeSettings):
    """The shared settings, the key to Discord, and whom the bot hears.

    Attributes:
        answer_direct_messages: whether direct messages are answered.
        follow_threads: whether to ask Discord for the words of all messages, so that threads go on
            without a mention.
    """

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    answer_direct_messages: bool = Field(default=True, validation_alias="ANSWER_DIRECT_MESSAGES")
    follow_threads: bool = Field(default=False, validation_alias="FOLLOW_THREADS")

    @field_validator("answer_direct_messages", "follow_threads", mode="before")
    @classmethod
    def _blank_is_default(cls, value: object, info: ValidationInfo) -> object:
        """A line such as `FOLLOW_THREADS=` means that nothing was chosen."""
        if value == "" and info.field_name is not None:
            return cls.model_fields[info.field_name].default
        return value


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

"""What the bot needs besides the library."""

import re
from typing import Annotated

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import NoDecode

from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings

_USER_ID = re.compile(r"[0-9]{15,20}")


class BotSettings(KnowledgeSettings):
    """The shared settings, the key to Discord, and whom the bot hears.

    Attributes:
        curator_ids: Discord's ids of those who decide on suggested sources.
        answer_direct_messages: whether direct messages are answered.
        follow_threads: whether to ask Discord for the words of all messages, so that threads go on
            without a mention.
        chat_daily_dollars: that the chat model may cost in a day (UTC), everywhere together; 0 for
            none at all, None for no cap.
    """

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    curator_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), validation_alias="CURATOR_IDS"
    )
    answer_direct_messages: bool = Field(default=True, validation_alias="ANSWER_DIRECT_MESSAGES")
    follow_threads: bool = Field(default=False, validation_alias="FOLLOW_THREADS")
    chat_daily_dollars: float | None = Field(
        default=None, ge=0, allow_inf_nan=False, validation_alias="CHAT_DAILY_DOLLARS"
    )

    @field_validator(
        "answer_direct_messages", "follow_threads", "chat_daily_dollars", mode="before"
    )
    @classmethod
    def _blank_is_default(cls, value: object, info: ValidationInfo) -> object:
        """A line such as `FOLLOW_THREADS=` means that nothing was chosen."""
        if value == "" and info.field_name is not None:
            return cls.model_fields[info.field_name].default
        return value

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

"""The settings that ingest and bot share."""

from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import SettingsError

Settings = TypeVar("Settings", bound=BaseSettings)

STARTER_ENCODER = "all-MiniLM-L6-v2"


class KnowledgeSettings(BaseSettings):
    """Where the library lives, what embeds it and what writes, from the environment or `.env`.

    Attributes:
        chat_model: provider and model, such as "ollama:llama3.2"; blank when nothing writes.
        chat_base_url: where the model is asked; blank for the provider's own address.
        chat_api_key: for `chat_base_url` only; the keys of providers are sent to them only.
        chat_seconds: the longest that a call may take, retries included.
        chat_at_once: calls at one time; more wait.
        chat_prices: a table of prices instead of the one that comes with Caveat.
        chat_temperature: blank for the provider's default.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("data"), validation_alias="CAVEAT_DATA_DIR")
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    encoder: str = Field(default=STARTER_ENCODER, validation_alias="ENCODER")
    encoder_query_prompt: str | None = Field(default=None, validation_alias="ENCODER_QUERY_PROMPT")
    encoder_passage_prompt: str | None = Field(
        default=None, validation_alias="ENCODER_PASSAGE_PROMPT"
    )
    device: Literal["auto", "cpu", "cuda"] = Field(default="auto", validation_alias="DEVICE")
    reranker_path: Path | None = Field(default=None, validation_alias="RERANKER_PATH")
    judge_path: Path | None = Field(default=None, validation_alias="JUDGE_PATH")
    least_confidence: float | None = Field(
        default=None, ge=0, le=1, validation_alias="LEAST_CONFIDENCE"
    )
    keep_gap_questions: bool = Field(default=False, validation_alias="KEEP_GAP_QUESTIONS")
    allow_private: bool = Field(default=False, validation_alias="INGEST_ALLOW_PRIVATE")
    chat_model: str = Field(default="", validation_alias="CHAT_MODEL")
    chat_base_url: str = Field(default="", validation_alias="CHAT_BASE_URL")
    chat_api_key: SecretStr | None = Field(default=None, validation_alias="CHAT_API_KEY")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    anthropic_api_key: SecretStr | None = Field(default=None, validation_alias="ANTHROPIC_API_KEY")
    chat_seconds: float = Field(default=60, gt=0, le=600, validation_alias="CHAT_SECONDS")
    chat_at_once: int = Field(default=4, ge=1, le=64, validation_alias="CHAT_AT_ONCE")
    chat_prices: Path | None = Field(default=None, validation_alias="CHAT_PRICES")
    chat_temperature: float | None = Field(
        default=None, ge=0, le=2, validation_alias="CHAT_TEMPERATURE"
    )

    @field_validator(
        "data_dir",
        "encoder",
        "device",
        "reranker_path",
        "judge_path",
        "least_confidence",
        "keep_gap_questions",
        "allow_private",
        "chat_api_key",
        "openai_api_key",
        "anthropic_api_key",
        "chat_seconds",
        "chat_at_once",
        "chat_prices",
        "chat_temperature",
        mode="before",
    )
    @classmethod
    def _default_for_blank(cls, value: object, info: ValidationInfo) -> object:
        """A line such as `ENCODER=` means that nothing was chosen."""
        if value == "" and info.field_name is not None:
            return cls.model_fields[info.field_name].default
        return value


def read_settings(kind: type[Settings]) -> Settings:
    """Settings of the given kind.

    Raises:
        SettingsError: naming each setting that has no usable value, never its value; or when .env
            cannot be read.
    """
    try:
        return kind()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}"
            for detail in error.errors(include_input=False, include_url=False)
        )
        msg = f"Unusable setting. {problems}. Mend it in the environment or in .env."
        raise SettingsError(msg) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(
            f".env cannot be read ({reason}). Save it as UTF-8, readable by the user that runs "
            "Caveat, or remove it."
        ) from error

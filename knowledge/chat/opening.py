"""Opens the chat model that the settings name."""

from typing import TYPE_CHECKING

from knowledge.chat.model import Chat
from knowledge.settings import KnowledgeSettings

if TYPE_CHECKING:
    from knowledge.chat.calling import CalledModel


def open_chat(settings: KnowledgeSettings) -> Chat | None:
    """The chat model that the settings name; None, and nothing imported, when they name none.

    The model is not asked anything.

    Raises:
        SettingsError: with the cure, when it cannot be used as configured.
    """
    return open_called(settings) if settings.chat_model.strip() else None


def open_called(settings: KnowledgeSettings) -> "CalledModel":
    """The chat model with what is known of it.

    Raises:
        SettingsError: with the cure, when it cannot be used as configured.
    """
    from knowledge.chat.breaker import Breaker  # noqa: PLC0415 - only with a model
    from knowledge.chat.calling import CalledModel  # noqa: PLC0415
    from knowledge.chat.endpoint import choose_endpoint  # noqa: PLC0415
    from knowledge.chat.prices import price_of  # noqa: PLC0415
    from knowledge.chat.providers import open_provider  # noqa: PLC0415

    endpoint = choose_endpoint(settings)
    price = price_of(endpoint, settings.chat_prices)
    return CalledModel(
        endpoint,
        open_provider(endpoint, settings.chat_temperature),
        price=price,
        seconds=settings.chat_seconds,
        at_once=settings.chat_at_once,
        breaker=Breaker(endpoint.name),
    )

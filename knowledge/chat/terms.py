"""What a chat model costs and who sees what it is asked, without asking it anything."""

from dataclasses import dataclass

from knowledge.chat.endpoint import choose_endpoint
from knowledge.chat.prices import Price, price_of
from knowledge.settings import KnowledgeSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """On which terms a chat model is used.

    Attributes:
        name: as configured.
        host: whom questions are sent to.
        local: whether that is this machine or its own network.
        price: None when nobody told.
    """

    name: str
    host: str
    local: bool
    price: Price | None


def terms_of(settings: KnowledgeSettings) -> Terms | None:
    """The terms of the configured model; None when none is configured. Opens nothing.

    Raises:
        SettingsError: with the cure, when it cannot be used as configured.
    """
    if not settings.chat_model.strip():
        return None
    endpoint = choose_endpoint(settings)
    return Terms(
        name=endpoint.name,
        host=endpoint.host,
        local=endpoint.local,
        price=price_of(endpoint, settings.chat_prices),
    )

"""Which model is asked, where, and with which key."""

from dataclasses import dataclass
from typing import Literal, cast, get_args
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings
from knowledge.web import is_local_name, literal_address, why_not_public

Provider = Literal["openai", "anthropic", "ollama"]

_ADDRESSES: dict[Provider, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://127.0.0.1:11434",
}
_FORMS = "openai:MODEL, anthropic:MODEL or ollama:MODEL"


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """A model at an address.

    Attributes:
        name: as configured.
        url: without a slash at its end, a user name or a query.
        key: sent to this address, and to no other.
        local: whether the address belongs to this machine or to its own network.
        own: whether it is the provider's own address, where its prices hold.
    """

    name: str
    provider: Provider
    model: str
    url: str
    key: SecretStr | None
    local: bool
    own: bool

    @property
    def host(self) -> str:
        """Whom questions are sent to."""
        return urlsplit(self.url).hostname or ""


def choose_endpoint(settings: KnowledgeSettings) -> Endpoint:
    """What the settings name.

    Raises:
        SettingsError: when they name nothing usable; keys are not shown.
    """
    name = settings.chat_model.strip()
    provider, model = _model(name)
    base = settings.chat_base_url.strip()
    url = _checked(base, provider) if base else _ADDRESSES[provider]
    local = is_local(urlsplit(url).hostname or "")
    if url.startswith("http://") and not local:
        raise SettingsError(
            "CHAT_BASE_URL would send questions over the internet unencrypted: begin it with "
            "https://, or name an address of your own network."
        )
    key = _key(settings, provider, own=not base)
    return Endpoint(
        name=name, provider=provider, model=model, url=url, key=key, local=local, own=not base
    )


def is_local(host: str) -> bool:
    """Whether an address or name belongs to this machine or to a local network."""
    address = literal_address(host)
    if address is None:
        return is_local_name(host)
    return why_not_public(address) is not None


def _model(name: str) -> tuple[Provider, str]:
    provider, colon, model = (part.strip() for part in name.partition(":"))
    if not (colon and model):
        raise SettingsError(f"CHAT_MODEL must name provider and model: write {_FORMS}.")
    if provider not in get_args(Provider):
        raise SettingsError(
            f"CHAT_MODEL names a provider that Caveat does not know: write {_FORMS}; others are "
            "reached as openai:MODEL with their OpenAI-compatible address in CHAT_BASE_URL."
        )
    return cast("Provider", provider), model


def _checked(base: str, provider: Provider) -> str:
    try:
        parts = urlsplit(base)
        host = (parts.hostname or "").encode("idna")
        usable = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        parts, usable = SplitResult("", "", "", "", ""), False
    if not usable:
        raise SettingsError(
            "CHAT_BASE_URL must be an address such as http://127.0.0.1:8000/v1: mend it in the "
            "environment or in .env."
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingsError(
            "CHAT_BASE_URL must hold no user name, password, query or fragment: put a key into "
            "CHAT_API_KEY."
        )
    path = parts.path.rstrip("/")
    if provider == "openai" and not path:
        path = "/v1"
    return f"{parts.scheme}://{parts.netloc}{path}"


def _key(settings: KnowledgeSettings, provider: Provider, *, own: bool) -> SecretStr | None:
    if not own or provider == "ollama":
        setting, key = "CHAT_API_KEY", settings.chat_api_key
    elif provider == "openai":
        setting, key = "OPENAI_API_KEY", settings.openai_api_key
    else:
        setting, key = "ANTHROPIC_API_KEY", settings.anthropic_api_key
    text = key.get_secret_value().strip() if key else ""
    if not text:
        if setting == "CHAT_API_KEY":
            return None
        raise SettingsError(
            f"{setting} is not set, and CHAT_MODEL names a model of that provider: put the key "
            "into the environment or into .env."
        )
    if not text.isascii() or not text.isprintable() or " " in text:
        raise SettingsError(f"{setting} holds characters that no key has: copy the key anew.")
    return SecretStr(text)

"""Opens the providers' chat models through LangChain, with Caveat's own wire below them."""

import importlib.util
import logging
import os
from collections.abc import Callable, Sequence
from typing import Any

from knowledge.chat.endpoint import Endpoint
from knowledge.chat.faults import OVERFLOW
from knowledge.chat.model import Message
from knowledge.chat.wire import ATTEMPT, Transport, Wire, WireError
from knowledge.errors import SettingsError

Ask = Callable[[Sequence[Message], int], Any]

# Ollama silently cuts the beginning off what exceeds its context, and its default is small.
OLLAMA_CONTEXT_TOKENS = 16_384
_BYTES_PER_TOKEN = 3
_NO_KEY = "none"  # the libraries insist on one; the wire sends the true one, if there is one
_TRACING = (
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGSMITH_OTEL_ENABLED",
)
_CHATTY = ("openai", "anthropic", "httpx", "httpx2", "httpcore", "httpcore2", "langsmith")
_ROLES = {"system": "system", "user": "human"}


def open_provider(endpoint: Endpoint, temperature: float | None) -> Ask:
    """What asks the model: takes messages and the most tokens, returns LangChain's `AIMessage`.

    It raises whatever the provider's library raises; `ATTEMPT` tells what it was on the wire.

    Raises:
        SettingsError: when the provider's package is missing, or takes the settings amiss.
    """
    package = f"langchain_{endpoint.provider}"
    if importlib.util.find_spec(package) is None:
        raise SettingsError(
            f"CHAT_MODEL names {endpoint.provider}, whose package is not installed: run "
            f"`python -m pip install -c constraints.txt -e '.[{endpoint.provider}]'`."
        )
    for name in _TRACING:  # before LangChain is imported, whatever the environment says
        os.environ[name] = "false"
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - takes 1.5 seconds
    from langsmith import tracing_context  # noqa: PLC0415

    wire = Wire(endpoint)
    options: dict[str, Any] = {} if temperature is None else {"temperature": temperature}
    model: Any = init_chat_model(
        endpoint.model,
        model_provider=endpoint.provider,
        configurable_fields=None,
        config_prefix=None,
        base_url=endpoint.url,
        **(options | _OPTIONS[endpoint.provider](wire)),
    )
    if endpoint.provider == "anthropic":
        import httpx2  # noqa: PLC0415

        # ChatAnthropic has no parameter for the client that it sends with.
        transport: Any = Transport(wire, httpx2.Response)
        own = httpx2.Client(transport=transport, trust_env=False)
        model._client = model._client.copy(http_client=own)  # noqa: SLF001
    for name in _CHATTY:  # at DEBUG they log whole requests
        logging.getLogger(name).setLevel(logging.WARNING)

    def ask(messages: Sequence[Message], most_tokens: int) -> Any:
        with tracing_context(enabled=False):
            return model.invoke(
                [(_ROLES[message.role], message.text) for message in messages],
                **_bounds(endpoint, messages, most_tokens, options),
            )

    return ask


def _openai(wire: Wire) -> dict[str, Any]:
    import httpx2  # noqa: PLC0415 - comes with the extra

    transport: Any = Transport(wire, httpx2.Response)
    return {
        "api_key": _NO_KEY,
        "max_retries": 0,
        "use_responses_api": False,
        "http_socket_options": (),
        "http_client": httpx2.Client(transport=transport, trust_env=False),
    }


def _anthropic(_: Wire) -> dict[str, Any]:
    return {"api_key": _NO_KEY, "max_retries": 0, "timeout": None}


def _ollama(wire: Wire) -> dict[str, Any]:
    import httpx  # noqa: PLC0415 - comes with the extra

    transport = Transport(wire, httpx.Response)
    return {"sync_client_kwargs": {"transport": transport, "trust_env": False}}


_OPTIONS: dict[str, Callable[[Wire], dict[str, Any]]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
}


def _bounds(
    endpoint: Endpoint,
    messages: Sequence[Message],
    most_tokens: int,
    options: dict[str, Any],
) -> dict[str, Any]:
    """How each kind of server is told the most tokens."""
    if endpoint.provider == "ollama":
        used = sum(len(message.text.encode()) for message in messages) // _BYTES_PER_TOKEN
        if used + most_tokens > OLLAMA_CONTEXT_TOKENS:
            ATTEMPT.get().fault = OVERFLOW
            raise WireError
        context = {"num_predict": most_tokens, "num_ctx": OLLAMA_CONTEXT_TOKENS}
        return {"options": context | options}
    if endpoint.provider == "openai" and not endpoint.own:
        # the name that every compatible server knows; LangChain would send OpenAI's newer one
        return {"extra_body": {"max_tokens": most_tokens}}
    return {"max_tokens": most_tokens}

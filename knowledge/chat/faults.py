"""What can be wrong with a call to a chat model, as its server tells it."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from knowledge.chat.model import FaultCode

# As OpenAI, Anthropic, llama.cpp, vLLM and Ollama word it; each has its own code or none.
_OVERFLOW = re.compile(
    r"context[_ ](?:length|size|window|limit)|prompt is too long|exceed_context_size"
    r"|maximum (?:model|context|input) length|too many (?:input )?tokens",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"content[_ ](?:filter|policy)|responsible_?ai|safety system|usage policies", re.IGNORECASE
)
_QUOTA = re.compile(r"insufficient_quota|billing|credit balance", re.IGNORECASE)
_KEY = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One call that failed.

    Attributes:
        why: a sentence for the operator with the cure in it; holds nothing that was sent or said.
        again: whether another try may help.
        down: whether it tells that the model cannot be used at present, by anybody.
        wait: seconds after which the server wants to be asked again, if it said so.
    """

    code: FaultCode
    why: str
    again: bool = False
    down: bool = False
    wait: float | None = None


TIMEOUT = Fault(
    code="timeout",
    why="The chat model did not answer in time: give it longer with CHAT_SECONDS, or choose a "
    "faster one.",
    down=True,
)
INCOMPLETE = Fault(
    code="malformed",
    why="The chat model's server gave no whole reply before the connection ended: look into its "
    "log, and whether CHAT_BASE_URL leads to a chat model.",
    again=True,
    down=True,
)
MALFORMED = Fault(
    code="malformed",
    why="The chat model's server sent what is no reply: look whether CHAT_BASE_URL leads to a chat "
    "model.",
)
OVERLONG = Fault(
    code="overlong",
    why="The chat model sent more text than is read: choose a model that keeps to the number of "
    "tokens that it is given.",
)
OVERFLOW = Fault(
    code="overflow",
    why="The question and its passages exceed the context of the chat model: choose a model, or "
    "start its server, with a larger one.",
)
REFUSED = Fault(code="refused", why="The chat model's provider would not answer this.")
EMPTY = Fault(
    code="empty",
    why="The chat model's reply holds no text: if it is one that thinks first, its thoughts used "
    "up the tokens.",
)


def unreachable(host: str, reason: str) -> Fault:
    """The fault when no connection comes about."""
    return Fault(
        code="unreachable",
        why=f"The chat model's server {host} cannot be reached ({reason}): look whether it runs, "
        "and at CHAT_BASE_URL and the network.",
        again=True,
        down=True,
    )


def fault_of_status(status: int, retry_after: str | None, body: bytes) -> Fault:
    """The fault that a status other than 200 stands for.

    Args:
        status: of HTTP.
        retry_after: the header of that name, if there is one.
        body: of the answer; its words are looked at, and never passed on.
    """
    words = _words(body)
    if status in _KEY:
        return Fault(
            code="key",
            why=f"The chat model's provider did not accept the key (status {status}): put a valid "
            "one into the environment or into .env.",
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS and not _QUOTA.search(words):
        return Fault(
            code="rate-limit",
            why="The chat model's provider was asked too often: lower CHAT_AT_ONCE, or raise the "
            "limit with the provider.",
            again=True,
            down=True,
            wait=_seconds(retry_after),
        )
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.PAYMENT_REQUIRED) or (
        status == HTTPStatus.BAD_REQUEST and _QUOTA.search(words)
    ):
        return Fault(
            code="rate-limit",
            why="The quota with the chat model's provider is used up: look at your account there.",
            down=True,
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Fault(
            code="failed",
            why=f"The chat model's server failed (status {status}): try later, or look into its "
            "log if it is yours.",
            again=True,
            down=True,
            wait=_seconds(retry_after),
        )
    return _fault_of_request(status, words)


def _fault_of_request(status: int, words: str) -> Fault:
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or _OVERFLOW.search(words):
        return OVERFLOW
    if _REFUSED.search(words):
        return REFUSED
    if status == HTTPStatus.NOT_FOUND:
        return Fault(
            code="failed",
            why="The chat model's server knows no such model or address (status 404): compare "
            "CHAT_MODEL and CHAT_BASE_URL with what it offers.",
        )
    return Fault(
        code="failed",
        why=f"The chat model's server did not take the request (status {status}): look whether "
        "CHAT_MODEL names a chat model, and leave CHAT_TEMPERATURE blank.",
    )


def _words(body: bytes) -> str:
    """What the answer says of the fault; all of it when it is not told in JSON."""
    text = body.decode("utf-8", "replace")
    try:
        told = json.loads(text)
    except ValueError:
        return text
    error = told.get("error", told) if isinstance(told, dict) else told
    if isinstance(error, dict):
        return " ".join(str(error.get(name, "")) for name in ("type", "code", "message"))
    return str(error)


def _seconds(retry_after: str | None) -> float | None:
    """The seconds of a Retry-After header, RFC 9110 section 10.2.3."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())

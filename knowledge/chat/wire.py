"""The one way out to a chat model: its own address, in time, with a bound on what is read.

The libraries of the providers make requests and read replies; what they may send, and to whom, is
decided here. Keys are added here too, so that those libraries never hold them.
"""

import ssl
import time
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urlsplit

import httpcore

from knowledge.chat.endpoint import Endpoint
from knowledge.chat.faults import (
    INCOMPLETE,
    MALFORMED,
    OVERLONG,
    TIMEOUT,
    Fault,
    fault_of_status,
    unreachable,
)
from knowledge.chat.lines import BoundedBackend, StrayedError

# 64 kB of text with JSON around it; a streamed reply of Ollama has a line for each token.
MOST_BYTES = 1024 * 1024
_MOST_OF_A_FAULT = 16 * 1024
_SENT = ("accept", "content-type", "anthropic-version", "anthropic-beta")
_PORTS = {"http": 80, "https": 443}


class WireError(Exception):
    """An exchange that gave no reply; the attempt knows why."""


@dataclass(kw_only=True, slots=True)
class Attempt:
    """One try at a reply.

    Attributes:
        deadline: by `time.monotonic`.
        fault: what was wrong on the wire, once something was.
        answered: whether a whole reply arrived.
    """

    deadline: float
    fault: Fault | None = None
    answered: bool = False


ATTEMPT: ContextVar[Attempt] = ContextVar("chat_attempt")


class Wire:
    """Carries the requests of a provider's library to one address."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        parts = urlsplit(endpoint.url)
        self._netloc = parts.netloc
        self._origin = httpcore.Origin(
            parts.scheme.encode(),
            (parts.hostname or "").encode("idna"),
            parts.port or _PORTS[parts.scheme],
        )
        self._scheme = parts.scheme

    def exchange(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[bytes, str]:
        """The body of the reply to a POST, and its content type.

        Raises:
            WireError: when there is none; the present attempt is told why.
        """
        attempt = ATTEMPT.get()
        try:
            found = self._exchange(url, headers, body, attempt.deadline)
        except (httpcore.ConnectError, httpcore.ConnectTimeout, StrayedError) as error:
            found = unreachable(self._endpoint.host, _reason(error))
        except httpcore.TimeoutException:
            found = TIMEOUT
        except (httpcore.NetworkError, httpcore.ProtocolError):
            found = INCOMPLETE
        if isinstance(found, Fault):
            attempt.fault = found
            raise WireError
        attempt.answered = True
        return found

    def _exchange(
        self, url: str, headers: Mapping[str, str], body: bytes, deadline: float
    ) -> tuple[bytes, str] | Fault:
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != (self._scheme, self._netloc):
            return unreachable(self._endpoint.host, "a library asked for another address")
        connection = httpcore.HTTPConnection(
            origin=self._origin,
            ssl_context=trust() if self._scheme == "https" else None,
            network_backend=BoundedBackend(deadline, local=self._endpoint.local),
        )
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        address = httpcore.URL(
            scheme=self._origin.scheme,
            host=self._origin.host,
            port=self._origin.port,
            target=target.encode(),
        )
        sent = self._headers(headers, len(body))
        with (
            connection,
            connection.stream("POST", address, headers=sent, content=body) as answer,
        ):
            return _read(answer)

    def _headers(self, asked: Mapping[str, str], length: int) -> list[tuple[str, str]]:
        """What is told of the asker: no more than the request needs."""
        kept = [(name, asked[name]) for name in _SENT if name in asked]
        key = self._endpoint.key.get_secret_value() if self._endpoint.key else None
        if key and self._endpoint.provider == "anthropic":
            kept.append(("x-api-key", key))
        elif key:
            kept.append(("authorization", f"Bearer {key}"))
        return [
            ("host", self._netloc),
            ("connection", "close"),
            ("accept-encoding", "identity"),
            ("user-agent", "Caveat"),
            ("content-length", str(length)),
            *kept,
        ]


class Transport:
    """The wire as a transport of httpx or of its successor, whichever a library uses.

    Args:
        wire: that carries.
        response: the class of responses of that package.
    """

    def __init__(self, wire: Wire, response: Any) -> None:
        self._wire = wire
        self._response = response

    def handle_request(self, request: Any) -> Any:
        """The reply to a request.

        Raises:
            WireError: when there is none.
        """
        body, kind = self._wire.exchange(str(request.url), request.headers, request.read())
        return self._response(HTTPStatus.OK, headers={"content-type": kind}, content=body)

    def close(self) -> None:
        """Nothing stays open between requests."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read(answer: httpcore.Response) -> tuple[bytes, str] | Fault:
    told = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
    if answer.status != HTTPStatus.OK:
        words, _ = _at_most(answer.iter_stream(), _MOST_OF_A_FAULT)
        return fault_of_status(answer.status, told.get(b"retry-after"), words)
    if told.get(b"content-encoding", "identity") != "identity":
        return MALFORMED
    announced = told.get(b"content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        return OVERLONG
    body, whole = _at_most(answer.iter_stream(), MOST_BYTES)
    return (body, told.get(b"content-type", "application/json")) if whole else OVERLONG


def _at_most(parts: Iterable[bytes], most: int) -> tuple[bytes, bool]:
    """The beginning of a body, and whether it is all of it."""
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > most:
            return bytes(body[:most]), False
    return bytes(body), True


def _reason(error: Exception) -> str:
    cause = error.__cause__
    if isinstance(error, httpcore.ConnectTimeout):
        return "it does not answer"
    if isinstance(error, StrayedError):
        return "its name leads out of the local network"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid, {cause.verify_message}"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return "no connection"


@cache
def trust() -> ssl.SSLContext:
    """The system's and Mozilla's certificate authorities, whose loading takes 0.1 s."""
    return httpcore.default_ssl_context()


def time_left(deadline: float) -> float:
    """Seconds until a deadline by `time.monotonic`; negative when it has passed."""
    return deadline - time.monotonic()

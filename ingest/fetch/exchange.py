"""One request and its answer, tried again where that may help."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import httpcore

from ingest.fetch.addresses import AddressBook
from ingest.fetch.body import announced_too_large, read_body
from ingest.fetch.pace import Deadline, back_off, retry_after
from ingest.fetch.records import Limits
from ingest.fetch.wire import PinnedBackend
from knowledge.errors import FailedSourceError
from knowledge.web.urls import DEFAULT_PORTS

COMPLETE = frozenset({200, 203})  # the statuses that bring a document
WORTH_A_RETRY = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A server's answer.

    Attributes:
        headers: by lower-case name; of a repeated one, the first.
        body: decompressed; empty where the status brings no document.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What every request of one source goes through."""

    book: AddressBook
    tls: ssl.SSLContext | None
    limits: Limits
    deadline: Deadline
    sleep: Callable[[float], None]


def ask(
    line: Line, url: str, headers: Mapping[str, str], max_bytes: int, *, method: str = "GET"
) -> Reply:
    """The answer to a request of the URL, which is in exact spelling; any status.

    Args:
        line: what the request goes through.
        url: what is asked for.
        headers: of the request.
        max_bytes: of the body; 0 leaves it unread.
        method: "GET" or "HEAD".

    Raises:
        RejectedSourceError: the host is refused.
        FailedSourceError: it cannot be reached, is not to be trusted, too slow or too large.
    """
    attempt = 0
    while True:
        failure: FailedSourceError | None = None
        reply: Reply | None = None
        asked = None
        try:
            reply = _ask_once(line, url, headers, max_bytes, method)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            failure = _unreachable(error, url)
        except httpcore.TimeoutException:
            line.deadline.at_most(None)  # says so if it was the whole time that ran out
            raise FailedSourceError(
                f"the server sent nothing for {line.limits.read_seconds:g} seconds; try again later"
            ) from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FailedSourceError(
                f"the transfer broke off before its end ({_brief(error)}); try again later"
            ) from None
        if reply is not None:
            if reply.status not in WORTH_A_RETRY:
                return reply
            asked = retry_after(reply.headers.get("retry-after"))
        wait = _wait(line, attempt, asked)
        if wait is None:
            if reply is not None:
                return reply
            raise failure or FailedSourceError("the server cannot be reached; try again later")
        line.sleep(wait)
        attempt += 1


def _wait(line: Line, attempt: int, asked: float | None) -> float | None:
    """Seconds before the next attempt; None when there is to be none."""
    limits = line.limits
    wait = max(back_off(attempt, limits.backoff_seconds), limits.delay_seconds, asked or 0.0)
    too_long = asked is not None and asked > limits.longest_wait_seconds
    if attempt >= limits.retries or too_long or wait >= line.deadline.remaining:
        return None
    return wait


def _ask_once(
    line: Line, url: str, headers: Mapping[str, str], max_bytes: int, method: str
) -> Reply:
    parts = urlsplit(url)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    host = parts.hostname or ""
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    address = httpcore.URL(
        scheme=parts.scheme.encode(), host=host.encode(), port=port, target=target.encode()
    )
    limits = line.limits
    timeout = {
        "connect": limits.connect_seconds,
        "read": limits.read_seconds,
        "write": limits.read_seconds,
    }
    # A connection for each request: none outlives the check of its address.
    connection = httpcore.HTTPConnection(
        origin=address.origin,
        ssl_context=(line.tls or _public_trust()) if parts.scheme == "https" else None,
        network_backend=PinnedBackend(line.book, line.deadline),
    )
    every = [("Host", parts.netloc), ("Connection", "close"), *headers.items()]
    with (
        connection,
        connection.stream(
            method, address, headers=every, extensions={"timeout": timeout}
        ) as answer,
    ):
        answered = _headers(answer.headers)
        body = b""
        if answer.status in COMPLETE and max_bytes:
            announced_too_large(answered.get("content-length"), max_bytes)
            coding = answered.get("content-encoding", "")
            body = read_body(answer.iter_stream(), coding, max_bytes)
        return Reply(status=answer.status, headers=answered, body=body)


@cache
def _public_trust() -> ssl.SSLContext:
    """The system's and Mozilla's certificate authorities, whose loading takes 0.1 s."""
    return httpcore.default_ssl_context()


def _headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        try:
            text = value.decode()
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        found.setdefault(name.decode("latin-1").lower(), text)
    return found


def _unreachable(error: Exception, url: str) -> FailedSourceError:
    """The sentence for a connection that did not come about; raised where it is final."""
    host = urlsplit(url).hostname
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        raise FailedSourceError(
            f"the certificate of {host} is not valid ({cause.verify_message}); "
            "download it yourself and add the file if you trust it"
        ) from None
    if isinstance(cause, ssl.SSLError):
        raise FailedSourceError(
            f"no protected connection to {host} is possible ({cause.reason}); "
            "download it yourself and add the file"
        ) from None
    why = "it does not answer" if isinstance(error, httpcore.ConnectTimeout) else _brief(error)
    return FailedSourceError(
        f"the server {host} cannot be reached ({why}); check the address and the network"
    )


def _brief(error: Exception) -> str:
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return str(error)[:120].rstrip(".") or type(error).__name__

"""Connections to a chat model's server that end when the time is up."""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

import httpcore

from knowledge.chat.endpoint import is_local
from knowledge.web import literal_address

CONNECT_SECONDS = 5.0  # for one address: the next one may be of the other family, and answer


class StrayedError(Exception):
    """A name of the local network leads out of it."""


class BoundedBackend(httpcore.NetworkBackend):
    """Dials like httpcore's own, but nothing goes on beyond the deadline, no look-up either.

    Args:
        deadline: by `time.monotonic`.
        local: whether only addresses of this machine and its own network may be dialled.
    """

    def __init__(self, deadline: float, *, local: bool) -> None:
        self._deadline = deadline
        self._local = local
        self._dialler = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            try:
                stream = self._dialler.connect_tcp(
                    address,
                    port,
                    timeout=min(_left(self._deadline), CONNECT_SECONDS),
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline)
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        addresses = [host] if literal_address(host) else _look_up(host, port, self._deadline)
        # a zone, as in fe80::1%eth0, is no part of the address
        if self._local and not all(is_local(str(ip_address(each))) for each in addresses):
            raise StrayedError
        return addresses


class _BoundedStream(httpcore.NetworkStream):
    """A stream of which no part, not even the headers, can be dripped past the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


def _look_up(host: str, port: int, deadline: float) -> list[str]:
    """The addresses of a name; looked up apart, since the system's own way knows no time limit."""
    found: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look() -> None:
        try:
            told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            found.put(error)
        else:
            found.put(list(dict.fromkeys(str(each[4][0]) for each in told)))

    threading.Thread(target=look, name="chat-name", daemon=True).start()
    try:
        answer = found.get(timeout=_left(deadline))
    except queue.Empty:
        raise httpcore.ConnectTimeout from None
    if isinstance(answer, OSError):
        raise httpcore.ConnectError(answer) from answer
    return answer

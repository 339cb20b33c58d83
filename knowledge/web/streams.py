"""Connections of httpcore that end when the time is up."""

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

Limit = Callable[[float | None], float]  # a time-out that does not reach past the end, or raises


def connect_first(  # noqa: PLR0913 - as httpcore dials
    addresses: Iterable[str],
    port: int,
    at_most: Limit,
    *,
    timeout: float | None = None,
    local_address: str | None = None,
    socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
) -> httpcore.NetworkStream:
    """A bounded connection to the first of the addresses that answers.

    Args:
        addresses: are dialled as they are; no name is looked up.
        port: of all of them.
        at_most: bounds each step; what it raises is passed on.
        timeout: for one address, in seconds.
        local_address: as of httpcore.
        socket_options: as of httpcore.

    Raises:
        ConnectError: none answers.
        ConnectTimeout: the last one does not answer in time.
    """
    dialler = httpcore.SyncBackend()
    failure: Exception = httpcore.ConnectError("no address")
    for address in addresses:
        try:
            stream = dialler.connect_tcp(
                address,
                port,
                timeout=at_most(timeout),
                local_address=local_address,
                socket_options=socket_options,
            )
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            failure = error
        else:
            return BoundedStream(stream, at_most)
    raise failure


class BoundedStream(httpcore.NetworkStream):
    """A stream of which no part, not even the headers, can be dripped past the end."""

    def __init__(self, stream: httpcore.NetworkStream, at_most: Limit) -> None:
        self._stream = stream
        self._at_most = at_most

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes; b"" at the end."""
        return self._stream.read(max_bytes, self._at_most(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of it."""
        self._stream.write(buffer, self._at_most(timeout))

    def close(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        stream = self._stream.start_tls(ssl_context, server_hostname, self._at_most(timeout))
        return BoundedStream(stream, self._at_most)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of its streams."""
        return self._stream.get_extra_info(info)

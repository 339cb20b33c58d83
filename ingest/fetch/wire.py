"""Connections that lead to checked addresses only, and that end when the time is up."""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from ingest.fetch.addresses import AddressBook
from ingest.fetch.pace import Deadline


class PinnedBackend(httpcore.NetworkBackend):
    """Dials the addresses that the book has checked; the name is still what TLS verifies."""

    def __init__(self, book: AddressBook, deadline: Deadline) -> None:
        self._book = book
        self._deadline = deadline
        self._dialler = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._book.addresses(host, port):
            try:
                stream = self._dialler.connect_tcp(
                    str(address),
                    port,
                    timeout=self._deadline.at_most(timeout),
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline)
        raise failure


class _BoundedStream(httpcore.NetworkStream):
    """A stream of which no part, not even the headers, can be dripped past the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.at_most(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.at_most(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        timeout = self._deadline.at_most(timeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

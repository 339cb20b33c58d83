"""Connections that lead to checked addresses only, and that end when the time is up."""

from collections.abc import Iterable

import httpcore

from ingest.fetch.addresses import AddressBook
from ingest.fetch.pace import Deadline
from knowledge.web.streams import connect_first


class PinnedBackend(httpcore.NetworkBackend):
    """Dials the addresses that the book has checked; the name is still what TLS verifies."""

    def __init__(self, book: AddressBook, deadline: Deadline) -> None:
        self._book = book
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers."""
        return connect_first(
            map(str, self._book.addresses(host, port)),
            port,
            self._deadline.at_most,
            timeout=timeout,
            local_address=local_address,
            socket_options=socket_options,
        )

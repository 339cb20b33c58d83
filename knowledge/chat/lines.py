"""Connections to a chat model's server that end when the time is up."""

import queue
import socket
import threading
import time
from collections.abc import Iterable
from functools import partial
from ipaddress import ip_address

import httpcore

from knowledge.chat.endpoint import is_local
from knowledge.web import literal_address
from knowledge.web.streams import connect_first

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

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers."""
        return connect_first(
            self._addresses(host, port),
            port,
            partial(_at_most, self._deadline),
            timeout=CONNECT_SECONDS,
            local_address=local_address,
            socket_options=socket_options,
        )

    def _addresses(self, host: str, port: int) -> list[str]:
        addresses = [host] if literal_address(host) else _look_up(host, port, self._deadline)
        # a zone, as in fe80::1%eth0, is no part of the address
        if self._local and not all(is_local(str(ip_address(each))) for each in addresses):
            raise StrayedError
        return addresses


def _at_most(deadline: float, timeout: float | None) -> float:
    return _left(deadline) if timeout is None else min(timeout, _left(deadline))


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

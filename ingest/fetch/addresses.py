"""Which checked addresses a host's name leads to."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

from knowledge.errors import FailedSourceError, RejectedSourceError
from knowledge.web import Address, is_local_name, literal_address, why_not_public

CURE = "only public addresses are read, unless INGEST_ALLOW_PRIVATE=1 is set"


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses that the system's resolver gives for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressBook:
    """The checked addresses of hosts; a name is looked up once until it is forgotten.

    What is dialled comes from here. A second look-up, which might give another answer than the
    one that was checked, never happens.

    Attributes:
        allow_private: take every address, as in a company's own network.
        resolve: gives the addresses of a name.
        refusal: gives the kind of an address that is not public.
    """

    allow_private: bool
    resolve: Callable[[str, int], Sequence[str]] = look_up
    refusal: Callable[[Address], str | None] = why_not_public
    _known: dict[str, tuple[Address, ...]] = field(default_factory=dict)

    def addresses(self, host: str, port: int) -> tuple[Address, ...]:
        """Every address of the host, each of them allowed.

        Raises:
            RejectedSourceError: the name is local, or one of its addresses is not public.
            FailedSourceError: the name is not known.
        """
        if host not in self._known:
            self._known[host] = self._checked(host, port)
        return self._known[host]

    def forget(self) -> None:
        """Lets the next look-up of every name be a fresh one."""
        self._known.clear()

    def _checked(self, host: str, port: int) -> tuple[Address, ...]:
        literal = literal_address(host)
        if literal is None and not self.allow_private and is_local_name(host):
            raise RejectedSourceError(f"{host} is a name of a local network; {CURE}")
        addresses = (literal,) if literal is not None else self._looked_up(host, port)
        for address in () if self.allow_private else addresses:
            reason = self.refusal(address)
            if reason is not None:
                subject = "its address" if literal is not None else host
                verb = "is" if literal is not None else "leads to"
                raise RejectedSourceError(f"{subject} {verb} {address}, {reason}; {CURE}")
        return addresses

    def _looked_up(self, host: str, port: int) -> tuple[Address, ...]:
        try:
            found = self.resolve(host, port)
        except OSError:
            raise FailedSourceError(
                f"the name {host} cannot be looked up; check the spelling and the network"
            ) from None
        if not found:
            raise FailedSourceError(f"the name {host} has no address; check the spelling")
        return tuple(map(ip_address, found))

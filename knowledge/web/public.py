"""Which addresses and names are on the public internet."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

# Names that no public server has: RFC 6761, RFC 6762, RFC 8375 and what routers and clouds use.
LOCAL_NAMES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "home.arpa"}
    | {"corp", "private"}
)
METADATA = frozenset(
    map(
        ip_address,
        (
            "169.254.169.254",  # most clouds
            "169.254.170.2",  # Amazon ECS
            "169.254.170.23",  # Amazon EKS
            "100.100.100.200",  # Alibaba
            "168.63.129.16",  # Azure, though the address is public
            "192.0.0.192",  # Oracle
            "fd00:ec2::254",  # Amazon
            "fd00:ec2::23",  # Amazon EKS
            "fd20:ce::254",  # Google
            "fd00:42::42",  # Scaleway
        ),
    )
)
# https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 twin. Written out,
# because what `ipaddress` holds for global depends on the Python release.
SPECIAL = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "an unspecified address"),
        ("127.0.0.0/8", "a loopback address"),
        ("10.0.0.0/8", "a private address"),
        ("172.16.0.0/12", "a private address"),
        ("192.168.0.0/16", "a private address"),
        ("100.64.0.0/10", "a carrier's private address"),
        ("169.254.0.0/16", "a link-local address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a documentation address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("192.88.99.0/24", "a tunnel address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("224.0.0.0/4", "a multicast address"),
        ("255.255.255.255/32", "a broadcast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("fc00::/7", "a private address"),
        ("ff00::/8", "a multicast address"),
        ("64:ff9b:1::/48", "a private address"),
        ("2001::/32", "a tunnel address"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "a documentation address"),
        ("3fff::/20", "a documentation address"),
        ("2002::/16", "a tunnel address"),
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")
_ISATAP = 0x5EFE  # the upper half of the interface identifier, RFC 5214


def why_not_public(address: Address) -> str | None:
    """What kind of address it is, as in "a loopback address"; None when it is public."""
    reason = _special(address)
    if reason is None or isinstance(address, IPv4Address):
        return reason
    for embedded in _embedded(address):
        inner = _special(embedded)
        if inner is not None:
            return f"an IPv6 form of {embedded}, {inner}"
    translated = address.ipv4_mapped is not None or address in _NAT64
    return None if translated else reason


def literal_address(host: str) -> Address | None:
    """The address that a host is written as, or None when it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_local_name(host: str) -> bool:
    """Whether a name belongs to a local network, whatever it leads to."""
    labels = host.split(".")
    endings = {labels[-1], ".".join(labels[-2:])}
    return len(labels) == 1 or not endings.isdisjoint(LOCAL_NAMES)


def _special(address: Address) -> str | None:
    if address in METADATA:
        return "a metadata service"
    for network, reason in SPECIAL:
        if address in network:
            return reason
    if isinstance(address, IPv6Address):
        if address not in _GLOBAL_UNICAST:
            return "an address outside the public range"
        # ISATAP hides an IPv4 address in the lower half of a public one.
        if (int(address) >> 32) & 0xFDFFFFFF == _ISATAP:
            return "a tunnel address"
    return None if address.is_global else "an address that is not public"


def _embedded(address: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    isatap = (int(address) >> 32) & 0xFDFFFFFF == _ISATAP
    if isatap or address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        yield IPv4Address(int(address) & 0xFFFFFFFF)

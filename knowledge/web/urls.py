"""What a URL means: one spelling for each, and a refusal for what is no web address."""

import re
import socket
from ipaddress import IPv6Address
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

import idna

from knowledge.errors import RejectedSourceError

MAX_CHARACTERS = 8192
LAST_PORT = 65535
MAX_HOST = 253  # characters, RFC 1035
DEFAULT_PORTS = {"http": 80, "https": 443}
# Ports that browsers refuse (https://fetch.spec.whatwg.org/#port-blocking), then databases,
# caches and container engines, which answer to whatever looks like one of their commands.
# fmt: off
BAD_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
    445, 873, 1433, 1521, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5900, 6379, 10250, 11211, 27017,
})
# fmt: on
# Schemes that are told from a host with a port, as in localhost:8080, though no // follows them.
SCHEMES = frozenset({"about", "blob", "data", "file", "http", "https", "javascript", "mailto"})
TRACKING = frozenset(
    {"dclid", "fbclid", "gbraid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "wbraid"}
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PLACE = re.compile(r"(?:\[(?P<six>[^\[\]]*)\]|(?P<name>[^:\[\]]*))(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"(%[0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PATH_SAFE = "/:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"
_CREDENTIALS = re.compile(
    r"""^((?:[a-z][a-z0-9+.-]*:)?[/\\]+)?  # the scheme stays
    (?: [^/?#]*@
      | [^/?#@:\[]*:(?!\d*(?:[/?\#]|$)).*@  # a password with a character that ends a host
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def canonical_url(url: str) -> str:
    """The spelling of a URL that identifies a source.

    Scheme and host are lower-case and ASCII, numeric hosts are dotted, the default port, the
    fragment and tracking parameters are gone, and the percent-encoding is that of RFC 3986,
    section 6.2.2.

    Raises:
        RejectedSourceError: it is not a web address, names a port that is not for the web, or
            carries a user name.
    """
    parts = urlsplit(exact_url(url))
    kept = [piece for piece in parts.query.split("&") if piece and not _tracks(piece)]
    return urlunsplit(parts._replace(query="&".join(kept)))


def exact_url(url: str) -> str:
    """The same as `canonical_url`, with every parameter kept: a server may insist on them."""
    parts = _split(url)
    path = _without_dots(_encoded(parts.path, _PATH_SAFE)) or "/"
    query = _encoded(parts.query, _QUERY_SAFE)
    return urlunsplit((parts.scheme, _place(parts), path, query, ""))


def follow(url: str, location: str) -> str:
    """Where a redirect from `url` leads, in exact spelling.

    Raises:
        RejectedSourceError: it leads to no web address, or from https to http.
    """
    try:
        target = exact_url(urljoin(url, location))
    except ValueError:
        raise RejectedSourceError("it redirects to something that is not a web address") from None
    except RejectedSourceError as error:
        raise RejectedSourceError(f"it redirects to an address that is refused: {error}") from None
    if url.startswith("https:") and target.startswith("http:"):
        raise RejectedSourceError(
            f"it redirects from https to unprotected http on {urlsplit(target).netloc}; "
            "find its https address"
        )
    return target


def without_credentials(url: str) -> str:
    """The URL as it may be shown and logged: no user name, no password."""
    return _CREDENTIALS.sub(r"\1", url.strip())


def _split(url: str) -> SplitResult:
    url = url.strip()
    if len(url) > MAX_CHARACTERS:
        raise RejectedSourceError(f"its address has more than {MAX_CHARACTERS} characters")
    if _CONTROL.search(url) or not _is_text(url):
        raise RejectedSourceError("its address holds control characters; copy it again")
    if "\\" in re.split(r"[?#]", url, maxsplit=1)[0]:
        raise RejectedSourceError(r"its address holds a backslash; write / instead")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise RejectedSourceError("its address is malformed; copy it again") from None
    if not parts.scheme or not (parts.netloc or parts.scheme in SCHEMES):
        raise RejectedSourceError("it has no http:// or https:// in front; write the whole address")
    if parts.scheme not in DEFAULT_PORTS:
        raise RejectedSourceError(
            f"only http and https addresses are fetched, not {parts.scheme}; "
            "download it and add the file"
        )
    if "@" in parts.netloc:
        raise RejectedSourceError(
            "its address carries a user name or a password before the @; take it out: sources are "
            "shown to readers, who need an address that everybody can open"
        )
    return parts


def _place(parts: SplitResult) -> str:
    """Host and port, the default port left out."""
    match = _PLACE.fullmatch(parts.netloc)
    if match is None:
        raise RejectedSourceError("its host or port is malformed; copy the address again")
    host = _host_name(match["name"]) if match["six"] is None else _six(match["six"])
    port = int(match["port"] or DEFAULT_PORTS[parts.scheme])
    if port in BAD_PORTS or port > LAST_PORT:
        raise RejectedSourceError(f"port {port} is not one that web servers use; check the address")
    return host if port == DEFAULT_PORTS[parts.scheme] else f"{host}:{port}"


def _six(text: str) -> str:
    if "%" in text:
        raise RejectedSourceError("its IPv6 address names a zone (%), which only local ones have")
    try:
        return f"[{IPv6Address(text).compressed}]"
    except ValueError:
        raise RejectedSourceError("what stands in the brackets is no IPv6 address") from None


def _host_name(text: str) -> str:
    if not text:
        raise RejectedSourceError("its address names no host; write the whole address")
    host = text.lower()
    if not host.isascii():
        try:
            host = idna.encode(text, uts46=True).decode()
        except idna.IDNAError:
            raise RejectedSourceError("its host name is not a valid international name") from None
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > MAX_HOST or not all(map(_LABEL.fullmatch, labels)):
        raise RejectedSourceError("its host name is malformed; copy the address again")
    if not _NUMBER.fullmatch(labels[-1]):
        return host
    # A host that ends in a number is an IPv4 address however it is written: 127.1, 0x7f000001.
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        raise RejectedSourceError("its host is a number that is no IPv4 address") from None


def _encoded(text: str, safe: str) -> str:
    """Percent-encoding with upper-case digits, and only where it is needed."""
    pieces = _ESCAPE.split(text)
    for position, piece in enumerate(pieces):
        if position % 2:
            character = chr(int(piece[1:], 16))
            pieces[position] = character if _UNRESERVED.fullmatch(character) else piece.upper()
        else:
            pieces[position] = quote(piece, safe=safe)
    return "".join(pieces)


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _tracks(piece: str) -> bool:
    name = unquote(piece.partition("=")[0]).lower()
    return name in TRACKING or name.startswith("utm_")


def _is_text(url: str) -> bool:
    try:
        url.encode()
    except UnicodeEncodeError:
        return False
    return True

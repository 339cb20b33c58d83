"""What fetching takes and gives."""

import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.fetch.addresses import look_up
from knowledge.web import Address, why_not_public

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A document as the web gave it.

    Attributes:
        url: where it was found after all redirects, in canonical spelling.
        data: its bytes, decompressed; None when it has not changed since the validators.
        etag: for the next conditional request.
        last_modified: for the next conditional request.
        content_type: what the server calls it, as in "text/html; charset=utf-8".
        redirected_permanently_to: the address that the server wants used from now on, in
            canonical spelling: where the permanent redirects (301, 308) led before any other.
    """

    url: str
    data: bytes | None
    etag: str | None
    last_modified: str | None
    content_type: str | None
    redirected_permanently_to: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What a look at an address gave; its document was not read.

    Attributes:
        status: of the last answer.
        content_type: what the server calls the document, without parameters, or None.
        moved_to: the address that the server wants used from now on, as of `Fetched`.
        seconds: until the answer came, redirects included; waits for the host's pace are not.
    """

    status: int
    content_type: str | None
    moved_to: str | None
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """What the last fetch of a document gave, to ask whether it has changed since."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one source may cost.

    Attributes:
        max_bytes: of the document, decompressed.
        connect_seconds: to reach an address of the server.
        read_seconds: without a byte from the server.
        total_seconds: for a source, with its redirects, retries and waits.
        redirects: followed at most.
        retries: after the first try of each request.
        backoff_seconds: before the first retry; doubled for each further one.
        longest_wait_seconds: the longest that a server may ask to wait before a retry.
        delay_seconds: between two requests to one host.
        longest_delay_seconds: the longest such delay that a robots.txt may ask for.
    """

    max_bytes: int = 50 * MEBIBYTE
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 120.0
    redirects: int = 5
    retries: int = 3
    backoff_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    delay_seconds: float = 1.0
    longest_delay_seconds: float = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What fetching finds around it; the defaults are the real world.

    Attributes:
        resolve: gives the addresses of a host's name.
        refusal: gives the kind of an address that is not public, None for a public one.
        clock: seconds that only go up.
        sleep: waits for seconds.
        tls: who is trusted; None for the system's and Mozilla's certificate authorities.
    """

    resolve: Callable[[str, int], Sequence[str]] = look_up
    refusal: Callable[[Address], str | None] = why_not_public
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    tls: ssl.SSLContext | None = None

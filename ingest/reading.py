"""Gets the bytes of an input, from a file or from the web."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ingest.fetch import Fetcher, Validators
from ingest.inputs import Input
from knowledge.errors import RejectedSourceError
from knowledge.library import Locator


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What reading an input gave.

    Attributes:
        data: its bytes, or None when the server says that it has not changed.
        name: a hint at its kind.
        url: where on the web it was found, after redirects; None for a file.
        etag, last_modified: for the next conditional request.
        moved_to: the address that the server wants used from now on.
    """

    data: bytes | None
    name: str
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


class Reader:
    """Reads inputs; opens a connection to the web when the first one needs it."""

    def __init__(self, open_fetcher: Callable[[], Fetcher]) -> None:
        self._open_fetcher = open_fetcher
        self._opened = ExitStack()
        self._fetcher: Fetcher | None = None

    def read(self, item: Input, known: Locator | None) -> Reading:
        """The bytes of an input.

        Args:
            item: what to read.
            known: what the last reading gave; a page that has not changed is not sent again.

        Raises:
            UnusableSourceError: with the reason.
        """
        if item.refusal is not None:
            raise RejectedSourceError(item.refusal)
        if item.path is not None:
            return Reading(data=item.read(), name=item.name)
        if self._fetcher is None:
            self._fetcher = self._opened.enter_context(self._open_fetcher())
        validators = (
            Validators(etag=known.etag, last_modified=known.last_modified) if known else None
        )
        fetched = self._fetcher.fetch(item.locator, validators)
        return Reading(
            data=fetched.data,
            name=PurePosixPath(urlsplit(fetched.url).path).name or item.name,
            url=fetched.url,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            moved_to=fetched.redirected_permanently_to,
        )

    def close(self) -> None:
        """Lets go of the connections."""
        self._opened.close()

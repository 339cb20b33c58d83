"""Fetches documents for one run of ingest."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from ingest.fetch.addresses import AddressBook
from ingest.fetch.exchange import COMPLETE, Line, Reply, ask
from ingest.fetch.pace import Deadline, Pace
from ingest.fetch.records import Fetched, Limits, Seen, Surroundings, Validators
from ingest.fetch.robots import AGENT, MAX_BYTES, SECONDS, Robots
from ingest.fetch.statuses import explain
from knowledge.errors import FailedSourceError, RejectedSourceError
from knowledge.web import canonical_url, follow

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
NOT_MODIFIED = 304
FIRST_ERROR = 400
ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5"


class Fetcher:
    """Fetches documents over http and https, one at a time; one instance a run.

    Args:
        allow_private: also fetch from addresses that are not public.
        contact: an e-mail or web address for the servers' logs, said in the user agent.
        limits: what one source may cost.
        surroundings: resolver, clock and trust; the defaults are the real ones.
        pace: shared with other fetchers, so that together they keep it; its own when None.
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        contact: str | None = None,
        limits: Limits | None = None,
        surroundings: Surroundings | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._around = surroundings or Surroundings()
        self._book = AddressBook(
            allow_private=allow_private,
            resolve=self._around.resolve,
            refusal=self._around.refusal,
        )
        self._shared_pace = pace
        self._pace = pace or Pace(clock=self._around.clock, sleep=self._around.sleep)
        self._robots = Robots(read=self._read_robots)
        self._headers = {
            "User-Agent": user_agent(contact),
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forgets what was learnt about hosts; connections never outlive their request."""
        self._book.forget()
        if self._shared_pace is None:
            self._pace.forget()
        self._robots.forget()

    def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        """The document at a URL.

        Args:
            url: of any spelling; fetched in its canonical one.
            validators: of the last fetch; `data` is None if nothing has changed since.

        Raises:
            RejectedSourceError: the address is refused, or robots.txt asks not to read it.
            FailedSourceError: it cannot be had.
        """
        line = self._line(self._limits.total_seconds)
        headers = {**self._headers, **_conditions(validators)}

        def visit(address: str) -> Reply:
            self._wait(address)
            return ask(line, address, headers, self._limits.max_bytes)

        found, reply, moved = self._followed(url, visit)
        return _fetched(found, reply, validators, moved)

    def look(self, url: str) -> Seen:
        """What is at a URL now, without reading it.

        It is asked for by HEAD; where that brings an error or no answer, by GET, whose body is
        left unread.

        Raises:
            RejectedSourceError: the address is refused, or robots.txt asks not to read it.
            FailedSourceError: nothing answers there.
        """
        line = self._line(self._limits.total_seconds)
        spent: list[float] = []
        _, reply, moved = self._followed(url, lambda address: self._glance(line, address, spent))
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Seen(
            status=reply.status,
            content_type=kind or None,
            moved_to=canonical_url(moved) if moved else None,
            seconds=sum(spent),
        )

    def _glance(self, line: Line, url: str, spent: list[float]) -> Reply:
        """One hop of a look; the seconds that its requests took are added to `spent`."""

        def asked(method: str) -> Reply:
            self._wait(url)
            begun = self._around.clock()
            try:
                return ask(line, url, self._headers, 0, method=method)
            finally:
                spent.append(self._around.clock() - begun)

        try:
            reply = asked("HEAD")
        except FailedSourceError:
            line.deadline.at_most(None)  # raises when no time is left for another try
            return asked("GET")
        return asked("GET") if reply.status >= FIRST_ERROR else reply

    def _followed(self, url: str, visit: Callable[[str], Reply]) -> tuple[str, Reply, str | None]:
        """Where redirects end, the answer there, and where the permanent ones of them led."""
        self._book.forget()
        start = current = canonical_url(url)
        seen, moved, lasting = {current}, None, True
        for _ in range(self._limits.redirects + 1):
            with _named(start, current):
                reply = visit(current)
            if reply.status not in REDIRECTS:
                return current, reply, moved
            lasting = lasting and reply.status in PERMANENT
            current = _next(current, reply)
            if lasting:
                moved = current
            if current in seen:
                raise FailedSourceError("its redirects go round in a circle; find another address")
            seen.add(current)
        raise FailedSourceError(
            f"it redirects more than {self._limits.redirects} times; find the final address"
        )

    def _wait(self, url: str) -> None:
        """Before a hop: what robots.txt says, and the host's pace."""
        asked = self._robots.crawl_delay(url)
        delay = min(asked, self._limits.longest_delay_seconds)
        self._pace.wait(_host(url), max(delay, self._limits.delay_seconds))

    def _read_robots(self, url: str) -> Reply:
        line = self._line(min(SECONDS, self._limits.total_seconds))
        current = url
        for _ in range(self._limits.redirects + 1):
            with _named(url, current):
                reply = ask(line, current, self._headers, MAX_BYTES)
            if reply.status not in REDIRECTS:
                return reply
            current = _next(current, reply)
        raise FailedSourceError(f"the robots.txt of {_host(url)} redirects too often")

    def _line(self, seconds: float) -> Line:
        clock = self._around.clock
        return Line(
            book=self._book,
            tls=self._around.tls,
            limits=self._limits,
            deadline=Deadline(clock=clock, ends_at=clock() + seconds, seconds=seconds),
            sleep=self._around.sleep,
        )


def user_agent(contact: str | None) -> str:
    """Who asks, for the servers' logs."""
    try:
        release = version("caveat")
    except PackageNotFoundError:
        release = "0"
    about = "self-hosted document reader"
    if contact:
        plain = re.sub(r"[^\x21-\x7e]+|[()\\]", " ", contact)
        about += "; " + " ".join(plain.split())[:200]
    return f"{AGENT}/{release} ({about})"


def _conditions(validators: Validators | None) -> dict[str, str]:
    """The headers that ask for a change only; a validator that no header can carry is left out."""
    given = validators or Validators()
    asked = {"If-None-Match": given.etag, "If-Modified-Since": given.last_modified}
    return {
        name: value
        for name, value in asked.items()
        if value and value.isascii() and value.isprintable()
    }


@contextmanager
def _named(start: str, current: str) -> Iterator[None]:
    """Says of a refusal after a redirect that it is the redirect's target that is refused."""
    try:
        yield
    except RejectedSourceError as error:
        if current == start:
            raise
        raise RejectedSourceError(f"it redirects to {_host(current)}: {error}") from None


def _next(url: str, reply: Reply) -> str:
    location = reply.headers.get("location")
    if not location:
        raise FailedSourceError("the server redirects without saying where; find another address")
    return follow(url, location)


def _fetched(url: str, reply: Reply, validators: Validators | None, moved: str | None) -> Fetched:
    unchanged = reply.status == NOT_MODIFIED and bool(_conditions(validators))
    if reply.status not in COMPLETE and not unchanged:
        raise FailedSourceError(explain(reply.status))
    if not unchanged and not reply.body:
        raise FailedSourceError("the server sent an empty document; try again later")
    before = validators if unchanged and validators else Validators()
    return Fetched(
        url=canonical_url(url),
        data=None if unchanged else reply.body,
        etag=reply.headers.get("etag") or before.etag,
        last_modified=reply.headers.get("last-modified") or before.last_modified,
        content_type=reply.headers.get("content-type"),
        redirected_permanently_to=canonical_url(moved) if moved else None,
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""

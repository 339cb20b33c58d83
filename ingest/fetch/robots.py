"""What the servers' robots.txt files allow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from ingest.fetch.exchange import COMPLETE, Reply
from knowledge.errors import FailedSourceError, RejectedSourceError

AGENT = "Caveat"
MAX_BYTES = 512 * 1024  # RFC 9309 asks for 500 KiB at least
SECONDS = 30.0
_ABSENT = range(400, 500)
_TOO_MANY = 429


@dataclass(frozen=True, kw_only=True, slots=True)
class Robots:
    """Asks each server once a run what robots may read, RFC 9309.

    Attributes:
        read: gives the answer to a GET, its redirects followed.
    """

    read: Callable[[str], Reply]
    _rules: dict[str, RobotFileParser | FailedSourceError] = field(default_factory=dict)

    def crawl_delay(self, url: str) -> float:
        """Seconds between two requests that the server asks for, when it allows the URL.

        Raises:
            RejectedSourceError: it does not allow the URL.
            FailedSourceError: it does not say what it allows.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            try:
                self._rules[origin] = self._parsed(origin)
            except FailedSourceError as error:
                self._rules[origin] = error
        rules = self._rules[origin]
        if isinstance(rules, FailedSourceError):
            raise FailedSourceError(str(rules))
        if not rules.can_fetch(AGENT, url):
            raise RejectedSourceError(
                f"the robots.txt of {parts.hostname} asks programs not to read it; "
                "ask the publisher, or download it yourself and add the file"
            )
        return float(rules.crawl_delay(AGENT) or 0)

    def forget(self) -> None:
        """Lets every server be asked again."""
        self._rules.clear()

    def _parsed(self, origin: str) -> RobotFileParser:
        reply = self.read(f"{origin}/robots.txt")
        rules = RobotFileParser()
        if reply.status in COMPLETE:
            rules.parse(reply.body.decode("utf-8-sig", errors="replace").splitlines())
        elif reply.status in _ABSENT and reply.status != _TOO_MANY:
            rules.parse([])
        else:
            raise FailedSourceError(
                f"the robots.txt of {urlsplit(origin).hostname} cannot be read now "
                f"({reply.status}), so nothing else is; try again later"
            )
        return rules

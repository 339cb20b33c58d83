"""A web server on loopback that answers as a test wants, and a clock that tests move."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

from ingest.fetch import Fetcher, Limits, Surroundings
from knowledge.web import Address, why_not_public


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer.

    Attributes:
        length: the Content-Length header; None for the true one, "" for none.
        drip_seconds: between two bytes of the body.
    """

    status: int = 200
    body: bytes = b"text"
    headers: Mapping[str, str] = field(default_factory=dict)
    length: str | None = None
    drip_seconds: float = 0.0


Answer = Page | Callable[[Message], Page]


@dataclass
class Web:
    """What the server holds, and what it was asked.

    Attributes:
        pages: by path; of several answers, one a request, the last one for all further ones.
        asked: paths in order, without robots.txt.
        headers: of every request, robots.txt too.
        methods: of every request but those for robots.txt.
        head_status: the status that HEAD gets instead of the page's; None for the page's.
    """

    port: int = 0
    scheme: str = "http"
    pages: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)
    robots_asked: int = 0
    methods: list[str] = field(default_factory=list)
    head_status: int | None = None

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def page(self, path: str, *answers: Answer) -> str:
        """Lays an answer; gives its URL."""
        self.pages[path] = list(answers)
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, Page(status=status, body=b"", headers={"Location": to}))

    def answer(self, path: str, headers: Message, method: str = "GET") -> Page:
        self.headers.append(headers)
        if path == "/robots.txt":
            self.robots_asked += 1
        else:
            self.asked.append(path)
            self.methods.append(method)
            if method == "HEAD" and self.head_status:
                return Page(status=self.head_status, body=b"")
        answers = self.pages.get(path)
        if not answers:
            return Page(status=404)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return found(headers) if callable(found) else found


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: Any) -> None:
        """A reader that hangs up is what many tests are about."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server on a free port of 127.0.0.1."""
    web = Web(scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            page = web.answer(self.path, self.headers, self.command)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            length = str(len(page.body)) if page.length is None else page.length
            if length and page.status != 304:
                self.send_header("Content-Length", length)
            self.end_headers()
            body = b"" if self.command == "HEAD" else page.body
            step = 1 if page.drip_seconds else len(body) or 1
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                time.sleep(page.drip_seconds)

        def log_message(self, *_arguments: Any) -> None:
            """Tests read what was asked, not a log."""

    server = _Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Clock:
    """Time that passes only by sleeping; the sleeps are kept."""

    moment: float = 1000.0
    sleeps: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.moment += seconds


@dataclass
class Names:
    """A resolver with a small table; of several answers, each is given once, the last for ever."""

    table: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.table:
            raise OSError(f"no such name: {host}")
        answers = self.table[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def server_is_public(address: Address) -> str | None:
    """The real check, but the test server's address counts as a public one."""
    return None if address == ip_address("127.0.0.1") else why_not_public(address)


def fetcher(
    clock: Clock | None = None,
    *,
    names: Mapping[str, Sequence[Sequence[str]]] | Names | None = None,
    strict: bool = False,
    tls: ssl.SSLContext | None = None,
    limits: Limits | None = None,
) -> Fetcher:
    """A fetcher that waits for nothing; a strict one refuses all addresses but the server's."""
    clock = clock or Clock()
    if not isinstance(names, Names):
        names = Names({host: list(answers) for host, answers in (names or {}).items()})
    return Fetcher(
        allow_private=not strict,
        limits=limits,
        surroundings=Surroundings(
            resolve=names, refusal=server_is_public, clock=clock.now, sleep=clock.sleep, tls=tls
        ),
    )

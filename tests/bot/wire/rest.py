"""Discord's REST API v10 for a simulated world, on real sockets."""

import fnmatch
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField
from discord import File
from simcord.backend import Backend
from simcord.backend.errors import BackendError
from simcord.http import RouteNotImplemented, UnsupportedField
from simcord.http.router import dispatch

from tests.bot.wire.faults import Fault, as_json
from tests.bot.wire.news import News

CALLBACK = "/interactions/*/callback"
OPEN_PATHS = ("/interactions/", "/webhooks/")  # their token stands in the path


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request and how it was answered.

    Attributes:
        at: seconds of the system's monotonic clock.
        body: the bytes that were sent.
    """

    at: float
    method: str
    path: str
    body: bytes
    status: int

    @property
    def json(self) -> Any:
        """The body, or None when there is none."""
        return json.loads(self.body) if self.body else None


@dataclass
class Rest:
    """What it does and what it saw.

    Attributes:
        token: the one that it accepts.
        exchanges: every request, in the order of the answers.
        faults: what goes wrong next.
        gaps: what the simulation does not know; nothing a bot does wrong.
    """

    backend: Backend
    news: News
    token: str
    exchanges: list[Exchange] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    _nonces: dict[tuple[str, str], Any] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.Response:
        """Answers a request."""
        body, files = await _parts_of(request)
        response = self._answer(request, body, files)
        self.exchanges.append(
            Exchange(
                at=time.monotonic(),
                method=request.method,
                path=request.path,
                body=body,
                status=response.status,
            )
        )
        self.news.tell()
        return response

    def sent(self, method: str, path: str) -> Iterator[Exchange]:
        """The requests that succeeded, to paths of this shell pattern."""
        for exchange in self.exchanges:
            found = exchange.method == method and fnmatch.fnmatchcase(exchange.path, path)
            if found and exchange.status < HTTPStatus.MULTIPLE_CHOICES:
                yield exchange

    def _answer(self, request: web.Request, body: bytes, files: list[File]) -> web.Response:
        method, path = request.method, request.path
        authorised = request.headers.get("Authorization") == f"Bot {self.token}"
        if not authorised and not path.startswith(OPEN_PATHS):
            return as_json({"message": "401: Unauthorized", "code": 0}, 401)
        for fault in self.faults:
            if fault.befalls(method, path):
                if fault.done:
                    self._carry_out(request, body, files)
                return fault.answer()
        return self._carry_out(request, body, files)

    def _carry_out(self, request: web.Request, body: bytes, files: list[File]) -> web.Response:
        method, path = request.method, request.path
        asked = json.loads(body) if body else None
        nonce = asked.get("nonce") if isinstance(asked, dict) else None
        if nonce and (path, nonce) in self._nonces:  # discord.py asks for it to be enforced
            return as_json(self._nonces[path, nonce])
        try:
            params = dict(request.query)
            result = dispatch(self.backend, method, path, json=asked, params=params, files=files)
        except (RouteNotImplemented, UnsupportedField) as gap:
            self.gaps.append(str(gap))
            return as_json({"message": "unknown to the simulation", "code": 0}, 501)
        except BackendError as error:
            return as_json(error.to_json(), error.status)
        if nonce:
            self._nonces[path, nonce] = result
        silent = fnmatch.fnmatchcase(path, CALLBACK) and "with_response" not in request.query
        if result is None or silent:
            return web.Response(status=204)
        return as_json(result)


async def _parts_of(request: web.Request) -> tuple[bytes, list[File]]:
    """The JSON of a request, and the files that it brings along."""
    if request.content_type != "multipart/form-data":
        return await request.read(), []
    form = await request.post()
    files = [
        File(io.BytesIO(part.file.read()), part.filename)
        for part in form.values()
        if isinstance(part, FileField)
    ]
    return str(form["payload_json"]).encode(), files

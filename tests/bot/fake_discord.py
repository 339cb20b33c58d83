"""The part of Discord's REST API and gateway that a bot needs to start, on loopback."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

BOT = {"id": "1000", "username": "Caveat", "discriminator": "0", "avatar": None, "bot": True}
PERSON = {"id": "2000", "username": "ada", "discriminator": "0", "avatar": None}
APPLICATION = {
    "id": "1000",
    "name": "Caveat",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
    "owner": PERSON,
    "team": None,
}


@dataclass
class FakeDiscord:
    """What it does and what it saw.

    Attributes:
        token: the one that it accepts.
        refuse_gateway: how many gateway connections to drop before the first welcome.
        close_code: with which the gateway answers an identification, or None to welcome it.
        replies: bodies of the messages that were sent or edited.
        identified: how many clients it welcomed.
        synced: bodies of the command lists.
    """

    token: str = "good"  # noqa: S105 - no secret
    refuse_gateway: int = 0
    close_code: int | None = None
    replies: list[dict[str, Any]] = field(default_factory=list)
    deferred: asyncio.Event = field(default_factory=asyncio.Event)
    identified: int = 0
    connections: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    synced: list[Any] = field(default_factory=list)
    url: str = ""
    _socket: web.WebSocketResponse | None = None

    async def ask(self, question: str) -> None:
        """Sends a slash command of a person in a direct message."""
        interaction = {
            "id": "3000",
            "application_id": "1000",
            "type": 2,
            "token": "token",
            "version": 1,
            "data": {
                "id": "4000",
                "name": "ask",
                "type": 1,
                "options": [{"name": "question", "type": 3, "value": question}],
            },
            "channel_id": "5000",
            "channel": {"id": "5000", "type": 1, "recipients": [PERSON]},
            "user": PERSON,
            "app_permissions": "0",
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 1,
            "attachment_size_limit": 1,
        }
        assert self._socket is not None
        await _send(self._socket, 0, interaction, "INTERACTION_CREATE")

    async def _send(
        self,
        socket: web.WebSocketResponse,
        code: int,
        data: Any,
        name: str | None = None,
        sequence: int | None = None,
    ) -> None:
        await socket.send_str(json.dumps({"op": code, "d": data, "t": name, "s": sequence}))

    async def rest(self, request: web.Request) -> web.Response:
        """Answers a REST call."""
        if request.headers.get("Authorization") not in {f"Bot {self.token}", None}:
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        body: Any = await request.json() if request.can_read_body else None
        known = {"/users/@me": BOT, "/oauth2/applications/@me": APPLICATION}
        if request.path in known:
            return _json(known[request.path])
        if request.path.endswith("/callback"):
            self.deferred.set()
            return _json({"interaction": {"id": "3000", "type": 2}})
        if request.path.endswith("/commands"):
            self.synced.append(body)
            stored = {"id": "4000", "application_id": "1000", "version": "1"}
            return _json([{**command, **stored} for command in body])
        self.replies.append(body)
        return _json(_message(body))

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """Welcomes a client, or does not."""
        self.connections += 1
        if self.connections <= self.refuse_gateway:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _send(socket, 10, {"heartbeat_interval": 40000})
        async for message in socket:
            if message.type != WSMsgType.TEXT:
                break
            code = json.loads(message.data)["op"]
            if code == 1:
                await _send(socket, 11, None)
            if code == 2 and self.close_code:
                await socket.close(code=self.close_code)
            elif code == 2:
                self._socket = socket
                self.identified += 1
                welcome = {
                    "v": 10,
                    "user": BOT,
                    "guilds": [],
                    "session_id": "session",
                    "resume_gateway_url": self.url.replace("http", "ws") + "/gateway",
                    "application": {"id": "1000", "flags": 0},
                }
                await _send(socket, 0, welcome, "READY")
                self.ready.set()
        return socket


async def _send(
    socket: web.WebSocketResponse, code: int, data: object, name: str | None = None
) -> None:
    await socket.send_str(json.dumps({"op": code, "d": data, "t": name, "s": 1 if name else None}))


def _message(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "6000",
        "channel_id": "5000",
        "author": BOT,
        "content": body.get("content") or "",
        "timestamp": "2026-11-23T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
    }


def _json(body: Any, status: int = 200) -> web.Response:
    # discord.py reads a body as JSON only when the type is exactly this
    return web.Response(
        body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json"}
    )


@asynccontextmanager
async def serving(fake: FakeDiscord) -> AsyncIterator[FakeDiscord]:
    """The fake on a free port of loopback."""
    app = web.Application()
    app.router.add_get("/gateway/", fake.gateway)
    app.router.add_get("/gateway", fake.gateway)
    app.router.add_route("*", "/{path:.*}", fake.rest)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        await runner.cleanup()

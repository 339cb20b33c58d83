"""Discord's gateway v10 for a simulated world, on real sockets."""

import asyncio
import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import discord
from aiohttp import WSMsgType, web
from simcord.backend import Backend, serializers
from simcord.gateway import FakeGateway

from tests.bot.wire.compression import Pack, packing
from tests.bot.wire.news import News

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT = 0, 1, 2, 6, 7
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
TOKEN_REFUSED = 4004


class Session(Mapping[str, Any]):
    """What one identification is owed, in order, so that a lost connection can be resumed.

    To simcord it is a client's parsers: one for every event, which notes what it is given.

    Attributes:
        events: a dispatch each; its sequence number is its place, from 1.
        connection: the one that it is sent over at the moment, or None.
    """

    def __init__(self, identifier: str, intents: discord.Intents, backend: Backend) -> None:
        self.identifier = identifier
        self.intents = intents
        self.parsers = self
        self.events: list[dict[str, Any]] = []
        self.more = asyncio.Event()
        self.connection: Connection | None = None
        self.shaped = FakeGateway(backend, self)

    def note(self, name: str, data: Any) -> None:
        """Adds an event."""
        self.events.append({"op": DISPATCH, "t": name, "s": len(self.events) + 1, "d": data})
        self.more.set()

    def __getitem__(self, name: str) -> Any:
        return partial(self.note, name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(eq=False)
class Connection:
    """One socket of a client."""

    request: web.Request
    socket: web.WebSocketResponse
    pack: Pack

    async def send(self, code: int, data: Any = None) -> None:
        """Sends anything but an event."""
        await self.send_whole({"op": code, "t": None, "s": None, "d": data})

    async def send_whole(self, message: Mapping[str, Any]) -> None:
        """Sends a message as it is."""
        frame = self.pack(json.dumps(message))
        with contextlib.suppress(ConnectionError):  # dropped meanwhile
            if isinstance(frame, str):
                await self.socket.send_str(frame)
            else:
                await self.socket.send_bytes(frame)

    def fall_silent(self) -> None:
        """Hears nothing any more, as behind a router that forgot the line."""
        if isinstance(self.request.transport, asyncio.ReadTransport):
            self.request.transport.pause_reading()

    def tear(self) -> None:
        """Ends it as a broken network does, without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass
class Gateway:
    """What it does and what it saw.

    Attributes:
        token: the one that it accepts.
        url: where it can be found.
        refusing: how many of the next connections get HTTP 503.
        close_code: with which it answers an identification, or None to welcome it.
        resumable: whether it resumes sessions, or calls them invalid.
        tries: how many connections were asked for.
        identified: what each client said of itself.
        resumed: how many connections were resumed.
        beats: how many heartbeats it got.
        closings: the code with which each connection ended, None without a word.
        compressions: what each connection asked for.
    """

    backend: Backend
    news: News
    token: str
    url: str = ""
    refusing: int = 0
    close_code: int | None = None
    resumable: bool = True
    tries: int = 0
    identified: list[dict[str, Any]] = field(default_factory=list)
    resumed: int = 0
    beats: int = 0
    closings: list[int | None] = field(default_factory=list)
    compressions: list[str | None] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = count(1)
        self._connections: set[Connection] = set()
        self.backend.subscribers.append(self._tell_sessions)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Speaks with a client until one of the two has had enough."""
        self.tries += 1
        self.news.tell()
        if self.refusing:
            self.refusing -= 1
            raise web.HTTPServiceUnavailable
        asked = request.query.get("compress")
        self.compressions.append(asked)
        connection = Connection(request, web.WebSocketResponse(), packing(asked))
        self._connections.add(connection)
        await connection.socket.prepare(request)
        await connection.send(HELLO, {"heartbeat_interval": 41250})
        try:
            await self._listen(connection)
        finally:
            self._connections.discard(connection)
            self.closings.append(connection.socket.close_code)
            self.news.tell()
        return connection.socket

    @property
    def ready(self) -> bool:
        """Whether a client is connected and welcomed."""
        return any(session.connection is not None for session in self.sessions.values())

    def drop(self) -> None:
        """Loses every connection; until a client is back, it misses what happens."""
        for session in self.sessions.values():
            session.connection = None
        for connection in self._connections:
            connection.tear()

    def fall_silent(self) -> None:
        """Hears nothing any more on any connection."""
        for connection in self._connections:
            connection.fall_silent()

    async def order(self, code: int, data: Any = None) -> None:
        """Sends something other than an event to everyone."""
        for connection in tuple(self._connections):
            await connection.send(code, data)

    async def _listen(self, connection: Connection) -> None:
        async with asyncio.TaskGroup() as writers:
            async for frame in connection.socket:
                if frame.type != WSMsgType.TEXT:
                    break
                message = json.loads(frame.data)
                if message["op"] == HEARTBEAT:
                    self.beats += 1
                    await connection.send(HEARTBEAT_ACK)
                elif message["op"] in {IDENTIFY, RESUME}:
                    begun = await self._begin(connection, message["op"], message["d"])
                    if begun is not None:
                        writers.create_task(self._write(connection, *begun))
            for session in self.sessions.values():
                if session.connection is connection:
                    session.connection = None
                session.more.set()  # lets its writer see that the connection is gone

    async def _begin(
        self, connection: Connection, code: int, said: dict[str, Any]
    ) -> tuple[Session, int] | None:
        """The session and how much of it the client has, or None when it was sent away."""
        if said["token"] != self.token or (code == IDENTIFY and self.close_code):
            refusal = TOKEN_REFUSED if said["token"] != self.token else self.close_code
            await connection.socket.close(code=refusal or TOKEN_REFUSED)
            return None
        if code == IDENTIFY:
            session, seen = self._welcome(said), 0
        else:
            known = self.sessions.get(said["session_id"]) if self.resumable else None
            if known is None:
                await connection.send(INVALID_SESSION, data=False)
                return None
            self.resumed += 1
            session, seen = known, said["seq"]
            session.note("RESUMED", {})
        session.connection = connection
        self.news.tell()
        return session, seen

    def _welcome(self, said: dict[str, Any]) -> Session:
        intents = discord.Intents.none()
        intents.value = said["intents"]
        session = Session(f"session-{next(self._names)}", intents, self.backend)
        guilds = list(self.backend.guilds.values())
        ready = {
            "v": 10,
            "user": dict(serializers.user_payload(self.backend.bot_user)),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.identifier,
            "resume_gateway_url": self.url,
            "application": {"id": str(self.backend.application_id), "flags": 0},
        }
        session.note("READY", ready)
        for guild in guilds:
            session.shaped.feed(
                "GUILD_CREATE", dict(serializers.guild_create_payload(self.backend, guild))
            )
        self.sessions[session.identifier] = session
        self.identified.append(said)
        return session

    async def _write(self, connection: Connection, session: Session, sent: int) -> None:
        while session.connection is connection:
            session.more.clear()
            for event in session.events[sent:]:
                await connection.send_whole(event)
                sent = event["s"]
            await session.more.wait()

    def _tell_sessions(self, name: str, data: Mapping[str, Any]) -> None:
        for session in self.sessions.values():
            session.shaped.feed(name, data)

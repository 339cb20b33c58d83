"""A chat model's server that does as it is told, over real HTTP on loopback.

    with ChatServer() as server:
        server.play(said("Weights cannot be recalled. [1]"))
        settings = server.settings()

What is played is used up in order; the last one is played again and again. It speaks as OpenAI's
chat completions, as Anthropic's messages and as Ollama, whichever is asked for.
"""

import importlib.util
import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import pytest

from knowledge.settings import KnowledgeSettings

MODEL = "scripted"
TEXT = "Weights that were released cannot be recalled. [1]"
USED = (120, 30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request that arrived."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        """What the messages say, in order; Anthropic's system message comes first."""
        first = [self.body["system"]] if isinstance(self.body.get("system"), str) else []
        return first + [str(message["content"]) for message in self.body["messages"]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Play:
    """What to do with one request.

    Attributes:
        text: said as the model's reply; None when the body is given.
        compose: makes the text from the request instead.
        finish: the finish reason, in OpenAI's words.
        usage: tokens in and out, or None to report nothing.
        body: sent as it is, instead of a reply.
        share: of the body that is sent before the connection is closed.
        seconds: to wait before anything is sent.
        pause: between single bytes; None sends all at once.
        announced: whether the length is told before the body.
    """

    text: str | None = None
    compose: Callable[[Asked], str] | None = None
    finish: str = "stop"
    refusal: str | None = None
    usage: tuple[int, int] | None = USED
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    share: float = 1.0
    seconds: float = 0.0
    pause: float | None = None
    announced: bool = True


def said(text: str = TEXT, **more: Any) -> Play:
    """A reply with that text."""
    return Play(text=text, **more)


def composed(compose: Callable[[Asked], str]) -> Play:
    """A reply made from what was asked: joining `asked.texts` echoes it."""
    return Play(compose=compose)


def failing(status: int, *, code: str = "", message: str = "No.", **more: Any) -> Play:
    """An error as OpenAI words it."""
    told = {"error": {"message": message, "type": "error", "param": None, "code": code or None}}
    return Play(status=status, body=json.dumps(told).encode(), **more)


FILTERED = said("", finish="content_filter")
DECLINED = said("", refusal="I cannot help with that.")
EMPTY = said("")
CUT = said("One sentence. And half of", finish="length")
GARBAGE = Play(body=b"<html>It works!</html>")
HALF = said(share=0.5)
TOO_MANY = failing(429, headers={"Retry-After": "0"})
NO_QUOTA = failing(429, code="insufficient_quota")
BROKEN = failing(500)
HANGING = said(seconds=30)
DRIBBLING = said(pause=0.02)
HUGE = said("word " * 2_000_000)
OVERFLOWING = failing(
    400,
    code="context_length_exceeded",
    message="This model's maximum context length is 4096 tokens.",
)
NO_KEY = failing(401, code="invalid_api_key", message="Incorrect API key provided.")
UNCOUNTED = said(usage=None)


def need(provider: str) -> None:
    """Skips the test where the provider's package is not installed."""
    if importlib.util.find_spec(f"langchain_{provider}") is None:
        pytest.skip(f"langchain-{provider} is not installed: pip install -e '.[{provider}]'")


class ChatServer:
    """The server, in threads of its own; a context manager."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.busiest = 0  # requests at one time
        self._plays = [said()]
        self._busy = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Threads(("127.0.0.1", 0), _Handler)
        self._server.chat = self
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def address(self) -> str:
        """Where it listens, without a path."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    def play(self, *plays: Play) -> None:
        """Sets what is done with the next requests."""
        with self._lock:
            self._plays = list(plays)

    def settings(self, provider: str = "openai", **values: Any) -> KnowledgeSettings:
        """Settings that lead here, whatever the environment says.

        Skips the test where the provider's package is not installed.
        """
        need(provider)
        blank = dict.fromkeys(("CHAT_API_KEY", "CHAT_PRICES", "CHAT_TEMPERATURE"), "")
        here = {
            "CAVEAT_DATA_DIR": Path("data"),
            "CHAT_MODEL": f"{provider}:{MODEL}",
            "CHAT_BASE_URL": self.address,
        }
        return KnowledgeSettings.model_validate(blank | here | values)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()  # those who wait stop waiting
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(self, handler: "_Handler") -> None:
        """Does what is to be done with one request."""
        length = int(handler.headers["Content-Length"])
        asked = Asked(
            path=handler.path,
            headers={name.lower(): value for name, value in handler.headers.items()},
            body=json.loads(handler.rfile.read(length)),
        )
        with self._lock:
            self.asked.append(asked)
            play = self._plays.pop(0) if len(self._plays) > 1 else self._plays[0]
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        try:
            self._closing.wait(play.seconds)
            self._send(handler, asked, play)
        except OSError:
            pass  # whoever asked has gone
        finally:
            with self._lock:
                self._busy -= 1

    def _send(self, handler: "_Handler", asked: Asked, play: Play) -> None:
        body = play.body if play.body is not None else _reply(asked, play)
        handler.send_response(play.status)
        for name, value in {"Content-Type": "application/json", **play.headers}.items():
            handler.send_header(name, value)
        if play.announced:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        body = body[: int(len(body) * play.share)]
        if play.pause is None:
            handler.wfile.write(body)
            return
        for place in range(len(body)):
            if self._closing.is_set():
                return
            handler.wfile.write(body[place : place + 1])
            time.sleep(play.pause)


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True
    chat: ChatServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of those who hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: _Threads

    def do_POST(self) -> None:
        self.server.chat.serve(self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name above
        """Says nothing."""


def _reply(asked: Asked, play: Play) -> bytes:
    text = play.compose(asked) if play.compose else play.text or ""
    if asked.path.endswith("/chat/completions"):
        return json.dumps(_as_openai(text, play)).encode()
    if asked.path == "/v1/messages":
        return json.dumps(_as_anthropic(text, play)).encode()
    if asked.path == "/api/chat":
        return b"".join(json.dumps(line).encode() + b"\n" for line in _as_ollama(text, play))
    raise ValueError(asked.path)


def _as_openai(text: str, play: Play) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, "refusal": play.refusal}
    reply: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": play.finish}],
    }
    if play.usage:
        used, made = play.usage
        reply["usage"] = {
            "prompt_tokens": used,
            "completion_tokens": made,
            "total_tokens": used + made,
        }
    return reply


def _as_anthropic(text: str, play: Play) -> dict[str, Any]:
    finish = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
    used, made = play.usage or (0, 0)
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": [{"type": "text", "text": text}] if text else [],
        "stop_reason": finish[play.finish],
        "stop_sequence": None,
        "usage": {"input_tokens": used, "output_tokens": made},
    }


def _as_ollama(text: str, play: Play) -> list[dict[str, Any]]:
    base = {"model": MODEL, "created_at": "2026-11-26T00:00:00Z"}
    last: dict[str, Any] = {"done": True, "done_reason": play.finish}
    if play.usage:
        last |= dict(zip(("prompt_eval_count", "eval_count"), play.usage, strict=True))
    return [
        {**base, "message": {"role": "assistant", "content": text}, "done": False},
        {**base, "message": {"role": "assistant", "content": ""}, **last},
    ]

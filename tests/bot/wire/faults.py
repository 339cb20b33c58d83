"""What Discord answers on a bad day."""

import fnmatch
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web


def as_json(body: Any, status: int = 200, **headers: str) -> web.Response:
    """A body as Discord sends it."""
    # discord.py reads a body as JSON only when the type is exactly this
    spelled = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={"Content-Type": "application/json", **spelled},
    )


@dataclass
class Fault:
    """An answer in place of the right one.

    Attributes:
        method: of the requests that it befalls.
        path: a shell pattern for their paths.
        answer: makes the answer.
        times: how many requests are still to get it.
        done: whether they are carried out nevertheless, and only the word of it is lost.
        met: how many got it.
    """

    method: str
    path: str
    answer: Callable[[], web.Response]
    times: int = 1
    done: bool = False
    met: int = 0

    def befalls(self, method: str, path: str) -> bool:
        """Whether this request gets it; counts it then."""
        hit = self.times > 0 and method == self.method and fnmatch.fnmatchcase(path, self.path)
        if hit:
            self.times -= 1
            self.met += 1
        return hit


def limited(seconds: float, *, everywhere: bool = False) -> web.Response:
    """A rate limit as Discord itself tells of it."""
    body = {
        "message": "You are being rate limited.",
        "retry_after": seconds,
        "global": everywhere,
    }
    scope = (
        {"X_RateLimit_Global": "true"} if everywhere else {"X_RateLimit_Bucket": uuid.uuid4().hex}
    )
    return as_json(
        body,
        429,
        Via="1.1 google",  # without it discord.py takes the answer for Cloudflare's
        Retry_After=str(seconds),
        X_RateLimit_Limit="5",
        X_RateLimit_Remaining="0",
        X_RateLimit_Reset=str(time.time() + seconds),
        X_RateLimit_Reset_After=str(seconds),
        X_RateLimit_Scope="global" if everywhere else "user",
        **scope,
    )


def banned() -> web.Response:
    """A rate limit of Cloudflare, in front of Discord: no header and no JSON tells how long."""
    return web.Response(text="error code: 1015", status=429)


def broken(status: int) -> web.Response:
    """An outage."""
    return web.Response(text="upstream connect error", status=status)

"""Chromium, driven over its DevTools protocol: opens an address and tells what it shows."""

import asyncio
import base64
import io
import itertools
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image, ImageChops

from tests.chromium import FLAGS

START_SECONDS = 60.0
PATIENCE_SECONDS = 2.0  # for a page that stays at its top: the search may still be under way
ALMOST = 250  # of 255
SLACK = 16  # pixels
# how a page shows what its address points at; the colour is looked for in a picture
TARGET_STYLE = "<style>::target-text { background-color: #f0f; color: #f0f; }</style>"
# Where the quote stands, found by its letters and digits alone: the page's own words, not those
# that the address looks for. Inside `#here`, where a page has one.
PLACES = """
(quote) => {
  const bare = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\\p{L}\\p{N}]/gu, "");
  const root = document.getElementById("here") ?? document.body;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [], offsets = [];
  let all = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("sup a, script, style")) continue;
    for (let at = 0; at < node.data.length; at++) {
      for (const letter of bare(node.data[at])) {
        all += letter; nodes.push(node); offsets.push(at);
      }
    }
  }
  const places = [], wanted = bare(quote);
  for (let at = all.indexOf(wanted); wanted && at >= 0; at = all.indexOf(wanted, at + 1)) {
    const range = document.createRange();
    range.setStart(nodes[at], offsets[at]);
    range.setEnd(nodes[at + wanted.length - 1], offsets[at + wanted.length - 1] + 1);
    const box = range.getBoundingClientRect();
    places.push([box.left, box.top, box.right, box.bottom]);
  }
  return {places, scrolled: window.scrollY};
}
"""


Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a browser shows at an address.

    Attributes:
        scrolled: pixels from the page's top.
        places: boxes (left, top, right, bottom) of the quote, in pixels of the window.
        picture: the window, white where words are highlighted and black elsewhere.
    """

    scrolled: float
    places: tuple[Box, ...]
    picture: Image.Image

    @property
    def in_the_middle(self) -> bool:
        """Whether the page moved the quote to the middle of the window."""
        return any(map(self._is_centred, self.places))

    @property
    def at_the_quote(self) -> bool:
        """Whether the page moved to the quote and highlights it."""
        return any(self._is_centred(place) and self._is_lit(place) for place in self.places)

    @property
    def lights_other_words(self) -> bool:
        """Whether something besides the quote is highlighted."""
        around = self.picture.copy()
        for place in self.places:
            left, top, right, bottom = map(round, place)
            # a mark before or after the words belongs to them
            around.paste(0, (left - SLACK, top - SLACK, right + SLACK, bottom + SLACK))
        return around.getbbox() is not None

    def _is_centred(self, place: Box) -> bool:
        middle = self.picture.height / 2
        return self.scrolled > 0 and place[1] - SLACK <= middle <= place[3] + SLACK

    def _is_lit(self, place: Box) -> bool:
        left, top, right, bottom = map(round, place)
        return self.picture.crop((left, top, right, bottom)).getbbox() is not None


class Browser:
    """A running Chromium with one tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._session: str | None = None

    async def attach(self) -> None:
        """Takes a new tab."""
        target = await self._call("Target.createTarget", url="about:blank")
        attached = await self._call(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        self._session = attached["sessionId"]

    async def look(self, url: str, quote: str) -> Sight:
        """Opens an address as one typed into the address bar, and looks for the quote."""
        await self._call("Page.navigate", url="about:blank")
        await self._call("Page.navigate", url=url)
        await self._evaluate(
            "new Promise(done => document.readyState === 'complete' ? done() : "
            "addEventListener('load', () => done()))"
        )
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            await self._evaluate("new Promise(done => requestAnimationFrame(() => done()))")
            if await self._evaluate("window.scrollY"):
                break
            await asyncio.sleep(0.05)
        seen = await self._evaluate(f"({PLACES})({quote!r})")
        picture = await self._call("Page.captureScreenshot", format="png")
        return Sight(
            scrolled=seen["scrolled"],
            places=tuple((box[0], box[1], box[2], box[3]) for box in seen["places"]),
            picture=_lit(base64.b64decode(picture["data"])),
        )

    async def _evaluate(self, script: str) -> Any:
        answer = await self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    async def _call(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        await self._socket.send_json(
            message | ({"sessionId": self._session} if self._session else {})
        )
        while True:
            answer = await self._socket.receive_json(timeout=START_SECONDS)
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result


@asynccontextmanager
async def running(program: str) -> AsyncIterator[Browser]:
    """A browser with a profile of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *FLAGS,
            "--window-size=900,700",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            address = await _address(Path(profile) / "DevToolsActivePort")
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(address, max_msg_size=0) as socket,
            ):
                browser = Browser(socket)
                await browser.attach()
                yield browser
        finally:
            process.terminate()
            await process.wait()


async def _address(port_file: Path) -> str:
    """Where DevTools listens: Chromium writes port and path when it is ready."""
    async with asyncio.timeout(START_SECONDS):
        while True:
            lines = _lines(port_file)
            if len(lines) > 1:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            await asyncio.sleep(0.05)


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").split() if file.exists() else []


def _lit(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as image:
        red, green, blue = image.convert("RGB").split()
    lit = ImageChops.darker(ImageChops.darker(red, blue), ImageChops.invert(green))
    return lit.point(lambda value: 255 * (value > ALMOST))

"""Takes pictures of simcord's preview with Debian's Chromium: phone and desktop, dark and light."""

import asyncio
import base64
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import simcord.preview
from lxml import etree
from PIL import Image, ImageChops

from tests.chromium import FLAGS, find_chromium

_PAGES_OWN = re.compile(r'src="blob:[^"]*"')  # a page's own name for bytes that it fetched
STATIC = Path(simcord.preview.__file__).parent / "static"
HIDDEN = 400  # pixels at the bottom that the window's frame may cover
# the colours of Discord's light theme in the names of simcord's style sheet
LIGHT = """
:root { --discord-bg: #fbfbfb; --discord-text: #2f3035; --discord-muted: #5c5e66;
  --discord-subtle: #4e5058; --discord-border: #d9dade; --component-surface: #ffffff;
  --component-border: #d9dade; --link-text: #006ce7; --embed-field-name: #2f3035;
  --subtle-surface: #e3e5e8; --subtle-surface-text: #2f3035; --button-alt: #e3e5e8; }
.message-content, .message-author, .embed-author, .embed-author *, .button-label,
.timeline-day-divider,
.markdown-link, strong { color: inherit; }
.markdown-link, .embed-title { color: var(--link-text) !important; }
.component-button { background: #e3e5e8 !important; color: #2f3035 !important; }
.embed-card { border: 1px solid #d9dade; border-left: 4px solid var(--embed-color); }
.select-trigger { background: #ffffff !important; color: #5c5e66 !important;
  border: 1px solid #d9dade !important; }
.markdown-blockquote { border-color: #c4c9ce !important; }
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Caveat</title>
<style>{style}
html:root, body {{ width: {width}px; height: auto; min-height: 0; margin: 0; overflow: visible;
  background: var(--discord-bg); color: var(--discord-text); }}
#channel-message-list {{ width: {width}px; padding: 8px 12px 8px 0; box-sizing: border-box; }}
.markdown-paragraph + .markdown-paragraph, .markdown-blockquote + * {{
  margin-top: 0.9em !important; }}
.component-button {{ border: 0 !important; }}
.message-context-actions, .timeline-day-divider {{ display: none !important; }}
</style></head><body>{messages}</body></html>"""


@dataclass(frozen=True, kw_only=True)
class Look:
    """A screen on which people read."""

    name: str
    width: int
    scale: int
    style: str = ""


LOOKS = (
    Look(name="phone-dark", width=390, scale=2),
    Look(name="phone-light", width=390, scale=2, style=LIGHT),
    Look(name="desktop-dark", width=900, scale=1),
    Look(name="desktop-light", width=900, scale=1, style=LIGHT),
)


async def messages_at(url: str) -> str:
    """The channel's messages as simcord's preview shows them, in HTML."""
    page = lxml.html.document_fromstring(await _browse(["--dump-dom"], url))
    (shown,) = page.xpath("//*[@id='channel-message-list']")
    html = str(etree.tostring(shown, encoding="unicode", method="html"))
    return html.replace("TestBot", "Caveat")


def with_attachments(messages: str, attachments: Sequence[bytes]) -> str:
    """The messages with their attached pictures in them, instead of what only their page can read.

    Raises:
        ValueError: when the messages show more or fewer pictures than are given.
    """
    parts = _PAGES_OWN.split(messages)
    sources = [
        f'src="data:image/png;base64,{base64.b64encode(each).decode()}"' for each in attachments
    ]
    shown = [parts[0]]
    for source, after in zip(sources, parts[1:], strict=True):
        shown += [source, after]
    return "".join(shown)


async def photograph(messages: str, name: str, folder: Path) -> list[Path]:
    """Writes a page and a picture for each look; the pictures."""
    sheet = (STATIC / "preview.css").read_text("utf-8")
    sheet = re.sub(
        r"url\(\s*['\"]?/?(fonts/[^'\")]+)['\"]?\s*\)", rf"url('{STATIC.as_uri()}/\1')", sheet
    )
    pictures = []
    for look in LOOKS:
        page = folder / f"{name}-{look.name}.html"
        html = PAGE.format(style=sheet + look.style, width=look.width, messages=messages)
        page.write_text(html, "utf-8")
        picture = page.with_suffix(".png")
        await _browse(
            [
                f"--screenshot={picture}",
                f"--window-size={max(look.width, 500)},4400",
                f"--force-device-scale-factor={look.scale}",
            ],
            page.as_uri(),
        )
        _crop(picture, look.width * look.scale)
        pictures.append(picture)
    return pictures


def _crop(picture: Path, width: int) -> None:
    with Image.open(picture) as image:
        shown = image.convert("RGB").crop((0, 0, width, image.height - HIDDEN))
    background = Image.new("RGB", shown.size, shown.getpixel((2, shown.height - 2)))
    box = ImageChops.difference(shown, background).getbbox() or (0, 0, width, 100)
    shown.crop((0, 0, width, min(box[3] + 24, shown.height))).save(picture)


async def _browse(options: list[str], url: str) -> bytes:
    browser = find_chromium()
    if browser is None:
        raise SystemExit("Pictures need Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as profile:
        process = await asyncio.create_subprocess_exec(
            browser,
            *FLAGS,
            "--virtual-time-budget=8000",
            f"--user-data-dir={profile}",
            *options,
            url,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        output, _ = await process.communicate()
    return output

"""Makes text from documents and people harmless on Discord, without changing how it reads.

Discord renders Markdown, `@everyone`, `<@id>`, `<t:1>`, `:emoji:` and bare addresses. A backslash
in front of a punctuation mark shows the mark and nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

ELLIPSIS = "…"
LONGEST_URL = 1000

_CONTROLS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PUNCTUATION = re.compile(r"[\\*_~`|<>\[\]]|:(?!\s)")
_LINE_START = re.compile(r"^(\s*)(\d*)(?=[#+.)-])", re.MULTILINE)
_EVERYONE = re.compile(r"@(?=everyone|here|[!&]?\d{15,})", re.IGNORECASE)
_INVITE = re.compile(r"(discord(?:app)?)\.(?=gg|com|me|io)", re.IGNORECASE)


def size(text: str) -> int:
    """Length as Discord's strictest client counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The text without control characters, which Discord refuses or which turn lines around."""
    return _CONTROLS.sub(lambda match: " " if match[0] == "\t" else "", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The text with every run of white space, line ends too, as one space."""
    return " ".join(clean(text).split())


def defuse(text: str) -> str:
    """Cleaned text for places without Markdown: nothing in it addresses anyone."""
    return _EVERYONE.sub("@\u200b", clean(text))


def escape(text: str) -> str:
    """Cleaned text that shows as it is: no markup, mention, emoji, time stamp or link in it."""
    text = _PUNCTUATION.sub(lambda match: f"\\{match[0]}", defuse(text))
    text = _INVITE.sub(r"\1\\.", text)
    return _LINE_START.sub(r"\1\2\\", text)


def escape_within(text: str, limit: int) -> str:
    """The escaped text, cut between words so that it fits `limit`, an ellipsis included."""
    whole = escape(text)
    if size(whole) <= limit:
        return whole
    room = limit - 1
    longest = bisect_right(range(len(text)), room, key=lambda end: size(escape(text[:end]))) - 1
    return f"{escape(_between_words(text[: max(longest, 0)]))}{ELLIPSIS}" if limit > 0 else ""


def clip(text: str, limit: int) -> str:
    """Text for places without Markdown, cut between words so that it fits `limit`."""
    text = defuse(text)
    if size(text) <= limit:
        return text
    longest = bisect_right(range(len(text)), limit - 1, key=lambda end: size(text[:end])) - 1
    return f"{_between_words(text[: max(longest, 0)])}{ELLIPSIS}"


def _between_words(text: str) -> str:
    head, space, _ = text.rpartition(" ")
    return head.rstrip() if space and len(head) > len(text) // 2 else text.rstrip()


def public_url(url: str | None) -> str | None:
    """The address in a form that cannot break out of a link, or None when it is not public."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    safe = quote(clean(url.strip()), safe="%/:?#@!$&'*+,;=~-._")
    if len(safe) > LONGEST_URL:  # a page without its text fragment is better than no page
        safe = safe.partition("#")[0]
    return safe if len(safe) <= LONGEST_URL else None


def link(label: str, url: str | None) -> str:
    """A link with an already escaped label, or the label alone when there is no public address."""
    address = public_url(url)
    return f"[{label}]({address})" if address and label.strip() else label


def dotted(words: Iterable[str], limit: int) -> str:
    """Escaped words with dots between them, on one line; no line of a narrow screen begins so."""
    line = one_line(" · ".join(words))
    return escape_within(line, limit).replace(" · ", "\u00a0· ")

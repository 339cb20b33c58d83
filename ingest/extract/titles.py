"""Tells titles and dates worth keeping from what programs write in their place."""

import re

from ingest.extract.characters import one_line

_PROGRAM_MADE = re.compile(
    r"(?:untitled|document\d*|title|home|index|microsoft word\b.*|.*\bslide 1"
    r"|(?:presentation|layout) ?\d+)\Z",
    re.IGNORECASE,
)
# what a server shows to programs that do not run its pages, or a page above its own text
_NOTICE = re.compile(
    r"\b(?:enable|turn on|activate|requires?|needs?) (?:your (?:browser[’']s )?)?"  # noqa: RUF001
    r"(?:java ?script|cookies)\b|^skip to (?:the )?(?:main )?(?:content|navigation)\b"
    r"|^(?:we|this (?:web)?site) uses? cookies\b"
    r"|^(?:just a moment|access denied|checking your browser|attention required)\b",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\S+\.[A-Za-z]\w{1,4}\Z|[\w.-]*_[\w.-]*\Z")
_WRITERS = re.compile(
    r"python-docx|user|admin(?:istrator)?|unknown|anonymous|author|owner|microsoft\b.*|.*\.(?:com|exe)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?:D:)?(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?")
_LONGEST = 400


def sensible_title(text: str | None) -> str | None:
    """`text` on one line, or None when it is empty, a file's name or a program's default."""
    title = one_line(text or "")
    if not title or len(title) > _LONGEST or not re.search(r"[^\W\d_]{2}", title):
        return None
    made = _PROGRAM_MADE.match(title) or _FILE_NAME.match(title) or is_notice(title)
    return None if made else title


def is_notice(text: str) -> bool:
    """Whether a line speaks of the page or its visitor's browser, not of what the page is about."""
    return bool(_NOTICE.search(text))


def sensible_names(text: str | None) -> tuple[str, ...]:
    """The authors in `text`, without what a program put there."""
    names = (one_line(name) for name in (text or "").split(";"))
    return tuple(name for name in names if name and not _WRITERS.fullmatch(name))


def iso_date(text: str | None) -> str | None:
    """The ISO 8601 date that `text` begins with, or None; a PDF's "D:20240711" counts."""
    match = _ISO.match((text or "").strip())
    if match is None or not 1500 <= int(match[1]) <= 2200:  # noqa: PLR2004 - a plausible year
        return None
    month, day = match[2], match[3]
    if month is None or not 1 <= int(month) <= 12:  # noqa: PLR2004
        return match[1]
    return f"{match[1]}-{month}" + (f"-{day}" if day and 1 <= int(day) <= 31 else "")  # noqa: PLR2004

"""How much of a source may be shown in public, by its licence."""

import re

from knowledge.model import Source

RESTRICTED_CHARACTERS = 300
OPEN_CHARACTERS = 700

_OPEN = re.compile(
    r"public domain|\bCC0\b|\bCC[- ]BY\b|creative commons|government work|2011/833|"
    r"reuse authorised|open government licen[cs]e|\bapache\b|\bMIT\b|\bBSD\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"all rights reserved|\bNC\b|\bND\b|non[- ]?commercial|no[- ]?deriv", re.IGNORECASE
)
_OPEN_KINDS = ("law",)


def shows_whole_passages(source: Source) -> bool:
    """Whether whole passages may be shown, with attribution.

    Public domain, reusable law and openly licensed texts may; all rights reserved and unknown
    may not. A law without a stated licence counts as reusable.
    """
    if source.licence is None:
        return source.kind in _OPEN_KINDS
    return bool(_OPEN.search(source.licence)) and not _CLOSED.search(source.licence)


def quote_limit(source: Source) -> int:
    """Most characters of one quote."""
    return OPEN_CHARACTERS if shows_whole_passages(source) else RESTRICTED_CHARACTERS

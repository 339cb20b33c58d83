"""What Discord's clients would make of a message: its links, and whom it addresses.

Written from Discord's rules and not from the bot's, so that both can be wrong only apart.
"""

import re
from collections.abc import Iterator
from typing import Any

# a backslash takes the meaning from a mark behind it: neither a letter, nor a digit, nor a space
_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
_MASKED = re.compile(r"\]\(\s*<?((?:https?|discord|steam|ftp)://[^\s)>]+)", re.IGNORECASE)
_BARE = re.compile(r"(?:https?|discord|steam|ftp)://[^\s<>]+", re.IGNORECASE)
_INVITE = re.compile(r"discord(?:app)?\.(?:gg|com/invite)/\w+", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^:>]+:\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>"
)
_PLAIN = {"footer", "author", "options"}  # nothing in them is rendered
_RENDERED = {"content", "description", "title", "value", "name"}


def rendered(message: Any) -> Iterator[str]:
    """Every text of a message's JSON that is rendered as Markdown."""
    if isinstance(message, list):
        for item in message:
            yield from rendered(item)
    elif isinstance(message, dict):
        for key, value in message.items():
            if key in _RENDERED and isinstance(value, str):
                yield value
            elif key not in _PLAIN:
                yield from rendered(value)


def links(message: Any) -> set[str]:
    """Every address that a reader could reach with a click."""
    found = set(_addresses(message))
    for text in rendered(message):
        left = _ESCAPED.sub("\ufffd", text)
        found.update(_MASKED.findall(left))
        left = _MASKED.sub("", left)
        found.update(match[0] for match in _BARE.finditer(left))
        found.update(match[0] for match in _INVITE.finditer(left))
    return found


def addressed(message: Any) -> set[str]:
    """Every person, role, channel, command, emoji and moment that is shown as one."""
    texts = (_ESCAPED.sub("\ufffd", text) for text in rendered(message))
    return {match[0] for text in texts for match in _ADDRESSED.finditer(text)}


def _addresses(message: Any) -> Iterator[str]:
    if isinstance(message, list):
        for item in message:
            yield from _addresses(item)
    elif isinstance(message, dict):
        for key, value in message.items():
            if key == "url" and isinstance(value, str):
                yield value
            else:
                yield from _addresses(value)

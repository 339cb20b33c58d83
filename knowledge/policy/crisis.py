"""Recognises that somebody may be about to hurt themselves."""

import re
from functools import cache

from knowledge.policy.patterns import compiled, table


def is_crisis(text: str) -> bool:
    """Whether a message in plain form is of somebody in danger by themselves, or about such a one.

    Questions about suicide and AI in general are none, nor is what somebody laughs about.
    """
    if not (_found("SELF").search(text) or _found("SELBST").search(text)):
        return False
    if _found("LAUGHS").search(text):
        return False
    return bool(_found("ME").search(text)) or not _found("ABOUT").search(text)


@cache
def _found(name: str) -> re.Pattern[str]:
    names = table("crisis")["names"]
    return compiled(names[name], names)

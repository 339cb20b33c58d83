"""Requests that take more than a deed and a thing to tell."""

import re
from functools import cache

from knowledge.policy.patterns import compiled, table
from knowledge.policy.topics import Rule


@cache
def special_requests() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    """The patterns of such requests in plain form, each with the rule it breaks."""
    held = table("special")
    return tuple(
        (each["rule"], compiled(each["pattern"], held["names"])) for each in held["special"]
    )

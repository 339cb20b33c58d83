"""Reads the words and patterns of the policy, which lie in files of their own."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

_NAME = re.compile(r"<([A-Z_]+)>")


@cache
def table(name: str) -> Mapping[str, Any]:
    """What the file of that name holds."""
    file = resources.files("knowledge.policy") / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def compiled(pattern: str, names: Mapping[str, str], *, flags: int = 0) -> re.Pattern[str]:
    """A pattern whose lines are joined as they stand, with the names in it put in."""
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda match: names[match[1]], pattern)
    return re.compile(pattern.replace("\n", ""), flags)

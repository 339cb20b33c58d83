"""The words that a chat model is told, from `knowledge/prompts/`."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

VERSION_DIGITS = 12

_WORD = re.compile(r"\w+")


def prompt(name: str) -> str:
    """The words of one prompt.

    Raises:
        KeyError: when there is none of that name.
    """
    return _prompts()[name]


@cache
def prompt_version() -> str:
    """The first 12 hexadecimal digits of the SHA-256 over all prompts and their names."""
    digest = hashlib.sha256()
    for name, text in sorted(_prompts().items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:VERSION_DIGITS]


@cache
def prompt_words() -> tuple[str, ...]:
    """The words of each prompt, as of `bare_words`, to recognise them in a reply."""
    return tuple(" ".join(bare_words(text)) for _, text in sorted(_prompts().items()))


def bare_words(text: str) -> list[str]:
    """The words of a text in lower case, without what stands between them."""
    return _WORD.findall(text.lower())


@cache
def _prompts() -> Mapping[str, str]:
    folder = files("knowledge") / "prompts"
    return {
        entry.name.removesuffix(".md"): entry.read_text("utf-8").strip()
        for entry in folder.iterdir()
        if entry.name.endswith(".md")
    }

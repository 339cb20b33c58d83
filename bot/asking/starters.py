"""Questions to begin with, offered while someone writes one."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from discord import app_commands

from bot.words import ENGLISH, Words

MOST_OFFERED = 25  # Discord's limit, as is that of 100 characters for each


def offered(typed: str, words: Words) -> list[app_commands.Choice[str]]:
    """The questions in which all that was typed occurs, as the reader's language has them."""
    parts = typed.casefold().split()
    choices = []
    for question in starter_questions():
        shown = question.get(words.language, question[ENGLISH])
        text = f"{shown} {question[ENGLISH]}".casefold()
        if all(part in text for part in parts):
            choices.append(app_commands.Choice(name=shown, value=question[ENGLISH]))
    return choices[:MOST_OFFERED]


@cache
def starter_questions() -> tuple[Mapping[str, str], ...]:
    """Each question in its languages."""
    file = resources.files("bot.asking") / "starters.toml"
    return tuple(tomllib.loads(file.read_text("utf-8"))["question"])

"""Shows one suggestion that waits to those who decide, and says what went wrong with one."""

from dataclasses import dataclass

import discord

from bot.message.escape import clip, escape_within, link, one_line
from bot.message.render import ACCENT
from bot.wording import readable_date
from bot.words import Words
from knowledge.errors import SuggestionError
from knowledge.library import Suggestion, Suggestions

ADDRESS_LIMIT = 1_500
NOTE_LIMIT = 1_000
SERVER_LIMIT = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A suggestion and its place among those that wait.

    Attributes:
        position: from 1; `count` is how many wait.
    """

    suggestion: Suggestion
    position: int
    count: int


def next_waiting(suggestions: Suggestions, after: int = 0) -> Waiting | None:
    """The oldest suggestion after an id, or the oldest of all; None when none waits."""
    pending = suggestions.pending(limit=suggestions.count_pending() + 1)
    if not pending:
        return None
    at = next((at for at, each in enumerate(pending) if each.id > after), 0)
    return Waiting(suggestion=pending[at], position=at + 1, count=len(pending))


def queue_embed(waiting: Waiting, server: str | None, words: Words) -> discord.Embed:
    """What to know of a suggestion to decide on it; who suggested it is not shown.

    Args:
        waiting: the suggestion.
        server: name of the server it comes from, or None when it is not known.
        words: of the reader's language.
    """
    suggestion = waiting.suggestion
    lines = [
        escape_within(suggestion.url, ADDRESS_LIMIT),
        link(f"**{words('suggest.open')}**", suggestion.url),
    ]
    if suggestion.note:
        lines += ["", f"> {escape_within(one_line(suggestion.note), NOTE_LIMIT)}"]
    date = readable_date(suggestion.suggested_at, words)
    place = escape_within(one_line(server), SERVER_LIMIT) if server else None
    lines += ["", " · ".join(part for part in (date, place) if part)]
    title = words("suggest.waiting", id=suggestion.id, position=waiting.position, all=waiting.count)
    return discord.Embed(colour=ACCENT, title=clip(title, 250), description="\n".join(lines))


def refused_words(error: SuggestionError, words: Words) -> str:
    """Why a suggestion was not taken or not decided, in the reader's language."""
    key = f"suggest.refused.{error.code}"
    return words(key) if key in words else words.error(error)

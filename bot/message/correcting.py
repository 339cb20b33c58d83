"""What an answer is corrected for, and the message with the correction on top."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import discord

from bot.message import question_line
from bot.message.cited import CitedPassage
from bot.message.escape import ELLIPSIS, escape_within, one_line, public_url, size
from bot.state import ShownAnswer
from bot.wording import readable_date
from bot.words import Words
from knowledge.standing import Standing
from knowledge.view import LibraryView

MOST_CAUSES = 3  # told in one correction; of the others their number
TITLE_LIMIT = 90
WHY_LIMIT = 240
CONTENT_LIMIT = 2000  # https://discord.com/developers/docs/resources/message
DESCRIPTION_LIMIT = 4096
EMBEDS_LIMIT = 6000
MARK = " ⚠️"

What = Literal["retracted", "changed", "vanished"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """What happened to a source that an answer cites.

    Attributes:
        at: when, ISO 8601.
        why: of a retraction, else "".
    """

    what: What
    source_id: str
    title: str
    at: str
    why: str = ""

    @property
    def key(self) -> str:
        """What an answer remembers of it."""
        return f"{self.what}:{self.source_id}"


class Past:
    """What the library tells of its sources' past.

    Nothing is believed of a source that the library knows nothing of: a library that was lost, or
    another one in its place, holds none of the cited sources and never retracted or removed them.
    """

    def __init__(self, view: LibraryView) -> None:
        self._told: dict[tuple[What, str], tuple[str, str]] = {}
        for entry in view.entries:
            if entry.changed > entry.added:
                self._told["changed", entry.source.id] = (entry.changed, "")
        for change in reversed(view.changes):
            if change.what == "changed":
                self._told["changed", change.source_id] = (change.at, "")
            if change.what == "removed":
                self._told["vanished", change.source_id] = (change.at, "")
        for retraction in view.retractions:
            told = (retraction.at, retraction.why)
            self._told["retracted", retraction.source_id] = told

    def cause(self, cited: CitedPassage, standing: Standing) -> Cause | None:
        """Why a quote stands no more, or None when it does or the library cannot tell."""
        if standing == "held" or (standing, cited.source_id) not in self._told:
            return None
        at, why = self._told[standing, cited.source_id]
        return Cause(what=standing, source_id=cited.source_id, title=cited.title, at=at, why=why)


def causes(shown: ShownAnswer, standings: Sequence[Standing], past: Past) -> tuple[Cause, ...]:
    """What an answer is to be corrected for and was not, retractions first."""
    found: dict[str, Cause] = {}
    for cited, standing in zip(shown.cited, standings, strict=True):
        cause = past.cause(cited, standing)
        if cause is not None and cause.key not in shown.corrected_for:
            found[cause.key] = cause
    return tuple(sorted(found.values(), key=lambda cause: cause.what != "retracted"))


def notice(found: Sequence[Cause], words: Words) -> str:
    """The correction, a line for each cause; made for the narrowest place, at most 1,600 long."""
    lines = [
        words(
            f"correction.{cause.what}",
            title=escape_within(one_line(cause.title), TITLE_LIMIT) or words("source.untitled"),
            date=readable_date(cause.at, words) or cause.at,
            why=escape_within(one_line(cause.why), WHY_LIMIT),
        )
        for cause in found[:MOST_CAUSES]
    ]
    if len(found) > MOST_CAUSES:
        lines.append(words("correction.more", count=len(found) - MOST_CAUSES))
    return "\n".join(lines)


def corrected(
    message: discord.Message, told: str, retracted: Collection[CitedPassage]
) -> dict[str, Any]:
    """What to change of a message, so that it carries a correction; as `Message.edit` takes it.

    Above embeds it is the message's text, so that the question still begins the first of them;
    in a message of text it stands below the question. Links to retracted sources are marked. What
    the message tells already, because the bot was stopped in between, is not told twice.
    """
    told = "\n".join(line for line in told.split("\n") if line not in message.content)
    links = sorted(
        {
            f"]({address})"
            for cited in retracted
            for address in (public_url(cited.link), public_url(cited.url))
            if address
        }
    )
    if message.embeds:
        texts = (told, message.content)
        return {
            "content": _within("\n".join(text for text in texts if text)),
            "embeds": _marked_embeds(message.embeds, links),
        }
    if not told:
        return {"content": message.content}
    question, line_end, rest = message.content.partition("\n")
    if question_line.read(question) is None:
        question, line_end, rest = "", "", message.content
    whole = f"{question}{line_end}{told}\n\n{rest.lstrip()}"
    marked = _marked(whole, links)
    return {"content": marked if size(marked) <= CONTENT_LIMIT else _within(whole)}


def _marked_embeds(embeds: Sequence[discord.Embed], links: Collection[str]) -> list[discord.Embed]:
    """The embeds with their links marked, as far as there is room."""
    room = EMBEDS_LIMIT - sum(len(embed) for embed in embeds) - size(MARK)
    shown = []
    for embed in embeds:
        text = embed.description or ""
        marked = _marked(text, links)
        longer = size(marked) - size(text)
        if size(marked) <= DESCRIPTION_LIMIT and longer <= room:
            embed = embed.copy()  # noqa: PLW2901 - the message keeps its own
            embed.description = marked or None
            room -= longer
        shown.append(embed)
    return shown


def _marked(text: str, links: Collection[str]) -> str:
    for link in links:
        text = text.replace(f"{link}{MARK}", link).replace(link, f"{link}{MARK}")
    return text


def _within(text: str) -> str:
    """The text as far as it fits into a message, ended after a line."""
    if size(text) <= CONTENT_LIMIT:
        return text
    shown = ""
    for line in text.split("\n"):
        longer = f"{shown}\n{line}" if shown else line
        if size(longer) > CONTENT_LIMIT - len(ELLIPSIS) - 1:
            break
        shown = longer
    return f"{shown}\n{ELLIPSIS}"

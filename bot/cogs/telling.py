"""The story of those who said something and are told what came of it, once, by direct message."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import discord
from discord.ext import commands

from bot.client import CaveatBot, Services
from bot.faults import PASSING
from bot.message.escape import escape, public_url
from bot.speaking import guild_words
from bot.state import FAULTS, FeedbackReport
from bot.ticking import every
from bot.words import Words
from knowledge.compose import open_suggestions
from knowledge.library import Suggestion, Suggestions, library_file, library_place
from knowledge.settings import KnowledgeSettings

log = logging.getLogger(__name__)

POLL_SECONDS = 60.0
PAUSE_SECONDS = 1.0  # between messages: Discord takes many to strangers at once for spam
MOST_AT_ONCE = 10  # of each kind in a round; the next one goes on
MOST_REMEMBERED = 1_000
TOO_MANY, SERVER_ERROR = 429, 500  # status codes of HTTP that pass by themselves

Sleep = Callable[[float], Awaitable[None]]


class Telling(commands.Cog):
    """Tells reporters and suggesters; who cannot be reached is forgotten like who was told."""

    def __init__(self, bot: CaveatBot, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._services: Services = bot.services
        self._sleep = sleep
        # told, though the database may not know it yet
        self._told: deque[str] = deque(maxlen=MOST_REMEMBERED)

    async def cog_load(self) -> None:
        """Begins to look whom there is something to tell."""
        self._looking = asyncio.create_task(every(POLL_SECONDS, self.look, "telling"))

    async def cog_unload(self) -> None:
        """Ends it."""
        self._looking.cancel()

    async def look(self) -> None:
        """Tells whoever there is something to tell."""
        if not self._bot.is_ready():
            return
        for telling in (self._tell_reporters, self._tell_suggesters):
            try:
                await telling()
            except FAULTS as error:
                log.warning("People are told later (%s).", type(error).__name__)
            except PASSING as error:  # the network or Discord is away
                log.debug("People are told later (%s).", type(error).__name__)

    async def _tell_reporters(self) -> None:
        feedback = self._services.feedback
        for report in await asyncio.to_thread(feedback.untold, limit=MOST_AT_ONCE):
            words = await self._words(report.guild_id)
            await self._tell(f"report:{report.id}", report.reporter_id, _of_report(report, words))
            await asyncio.to_thread(feedback.mark_told, report.id)

    async def _tell_suggesters(self) -> None:
        settings = self._services.settings
        for each in await asyncio.to_thread(_untold, settings):
            words = await self._words(_number(each.guild))
            key = f"suggestion:{each.id}:{each.status}"
            await self._tell(key, _number(each.contact), _of_suggestion(each, words))
            await asyncio.to_thread(_mark_told, settings, each)

    async def _words(self, guild_id: int | None) -> Words:
        return await guild_words(
            self._services, self._bot.get_guild(guild_id) if guild_id else None
        )

    async def _tell(self, key: str, person: int | None, text: str) -> None:
        """Sends it unless it was sent; raises only what passes by itself."""
        if key in self._told or person is None:
            return
        try:
            user = self._bot.get_user(person) or await self._bot.fetch_user(person)
            await user.send(text, suppress_embeds=True)
        except discord.HTTPException as error:  # closed direct messages, or no such person
            if error.status >= SERVER_ERROR or error.status == TOO_MANY:
                raise
            log.info("Someone could not be told what came of it (code %d).", error.code)
        self._told.append(key)
        await self._sleep(PAUSE_SECONDS)


def _of_report(report: FeedbackReport, words: Words) -> str:
    return words("telling.report", resolution=escape(report.resolution or ""))


def _of_suggestion(each: Suggestion, words: Words) -> str:
    return words(
        f"telling.{each.status}",
        url=f"<{public_url(each.url) or '…'}>",
        reason=escape(each.reason or ""),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


@contextmanager
def _suggestions(settings: KnowledgeSettings) -> Iterator[Suggestions]:
    suggestions = open_suggestions(settings)
    try:
        yield suggestions
    finally:
        suggestions.close()


def _untold(settings: KnowledgeSettings) -> tuple[Suggestion, ...]:
    """Whom to tell; nobody where there is no library, which is not made for this."""
    if library_file(library_place(settings)) is None:
        return ()
    with _suggestions(settings) as suggestions:
        return suggestions.untold(MOST_AT_ONCE)


def _mark_told(settings: KnowledgeSettings, each: Suggestion) -> None:
    with _suggestions(settings) as suggestions:
        suggestions.mark_told(each.id, each.status)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Telling(bot))

"""The story of a source that stands no more: the answers that cite it are corrected in place."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

import discord
from discord.ext import commands

from bot.client import CaveatBot, Services
from bot.faults import PASSING, passing_reason
from bot.message.correcting import Cause, Past, causes, corrected, notice
from bot.speaking import guild_words
from bot.state import FAULTS, ShownAnswer
from bot.ticking import every
from knowledge.errors import CaveatError
from knowledge.standing import Standing

log = logging.getLogger(__name__)

POLL_SECONDS = 60.0
PAUSE_SECONDS = 1.0  # between edits
AT_ONCE = 25  # answers that are looked up in the library while questions wait
MOST_EDITS = 200  # in a round; the next one goes on
AGAIN_AFTER = 900.0  # seconds, for answers that were on their way while a build was replaced
LATER_AFTER = 3600.0  # seconds, for what Discord did not let be edited
MOST_TRIES = 5
THREAD_ARCHIVED = 50083

Sleep = Callable[[float], Awaitable[None]]


class Corrections(commands.Cog):
    """Edits the answers of the last days when a new build takes their sources away.

    What an answer was corrected for stands with it in the database. Where a round ended is kept
    in memory: after a restart it begins anew, and passes over what was done.
    """

    def __init__(self, bot: CaveatBot, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._services: Services = bot.services
        self._sleep = sleep
        self._build = ""
        self._passes: list[float] = []  # when to go through the answers
        self._after = ""  # the last answer of this pass that is done
        self._tries: dict[str, int] = {}

    async def cog_load(self) -> None:
        """Begins to watch."""
        self._watching = asyncio.create_task(every(POLL_SECONDS, self.look, "corrections"))

    async def cog_unload(self) -> None:
        """Ends it."""
        self._watching.cancel()

    async def look(self) -> None:
        """Looks for a new build, and corrects the answers that it concerns."""
        if not self._bot.is_ready():
            return
        try:
            build = await self._services.gate.call(lambda core: core.build())
            if build != self._build:
                now = time.monotonic()
                self._build, self._passes, self._after = build, [now, now + AGAIN_AFTER], ""
            if self._passes and time.monotonic() >= self._passes[0] and await self._round():
                self._passes.pop(0)
                self._after = ""
        except CaveatError as error:
            log.debug("Nothing was corrected (%s).", type(error).__name__)  # the library is away
        except FAULTS as error:
            log.warning("Answers cannot be corrected (%s).", type(error).__name__)

    async def _round(self) -> bool:
        """Goes through answers that follow the last one; whether none are left."""
        past = Past(await self._services.gate.call(lambda core: core.library()))
        edits = 0
        while edits < MOST_EDITS:
            records = self._services.records
            page = await asyncio.to_thread(records.to_correct, after=self._after, limit=AT_ONCE)
            for shown, standings in zip(page, await self._standings(page), strict=True):
                found = causes(shown, standings, past)
                if found:
                    edits += 1
                    if not await self._try(shown, found):
                        return False
                    await self._sleep(PAUSE_SECONDS)
                self._after = shown.answer_id
            if len(page) < AT_ONCE:
                return True
        return False

    async def _standings(self, page: Sequence[ShownAnswer]) -> list[tuple[Standing, ...]]:
        """How the quotes of each answer stand."""
        cited = [
            (passage.source_id, passage.chunk_id, passage.quote)
            for shown in page
            for passage in shown.cited
        ]
        if not cited:
            return [() for _ in page]
        standings = iter(await self._services.gate.call(lambda core: core.standing(cited)))
        return [tuple(next(standings) for _ in shown.cited) for shown in page]

    async def _try(self, shown: ShownAnswer, found: Sequence[Cause]) -> bool:
        """Corrects an answer as far as Discord lets it; False when it is worth another try."""
        records = self._services.records
        try:
            await self._correct(shown, found)
        except discord.NotFound:
            await asyncio.to_thread(records.forget, shown.answer_id)
        except discord.Forbidden:
            log.debug("A channel cannot be read.")
        except PASSING as error:
            tries = self._tries[shown.answer_id] = self._tries.get(shown.answer_id, 0) + 1
            if tries < MOST_TRIES:
                return False
            log.warning("An answer was not corrected (%s).", passing_reason(error))
            self._passes.append(time.monotonic() + LATER_AFTER)
            self._tries.pop(shown.answer_id)
        else:
            self._tries.pop(shown.answer_id, None)
            told = shown.corrected_for | {cause.key for cause in found}
            await asyncio.to_thread(records.mark_corrected, shown.answer_id, told)
        return True

    async def _correct(self, shown: ShownAnswer, found: Sequence[Cause]) -> None:
        guild = self._bot.get_guild(shown.guild_id) if shown.guild_id else None
        words = await guild_words(self._services, guild)
        channel = self._bot.get_partial_messageable(shown.channel_id, guild_id=shown.guild_id)
        message = await channel.fetch_message(shown.message_id)
        gone = {cause.source_id for cause in found if cause.what == "retracted"}
        retracted = [cited for cited in shown.cited if cited.source_id in gone]
        changed = corrected(message, notice(found, words), retracted)
        try:
            await message.edit(**changed)
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED:
                raise
            thread = await self._bot.fetch_channel(shown.channel_id)
            if not isinstance(thread, discord.Thread):
                raise
            await thread.edit(archived=False)
            await message.edit(**changed)
            await thread.edit(archived=True)


async def add(bot: CaveatBot) -> None:
    """Adds the story to the bot."""
    await bot.add_cog(Corrections(bot))

"""A message that stands where an answer will stand, and becomes it."""

import contextlib
import logging
from collections.abc import Awaitable, Callable

import discord

from bot.asking.sending import replace_with
from bot.asking.stages import stage_words
from bot.faults import PASSING, passing_reason
from bot.message.render import Reply
from bot.words import Words
from knowledge.writing import Stage

log = logging.getLogger(__name__)

Place = Callable[[Reply], Awaitable[discord.Message | None]]


class Placeholder:
    """Shows the stages of one answer in one message, from when it is sure that one will follow."""

    def __init__(self, place: Place, words: Words) -> None:
        """Shows nothing yet.

        Args:
            place: sends the message to where the answer is to stand.
            words: of the reader's language.
        """
        self._place = place
        self._words = words
        self._message: discord.Message | None = None
        self._placed = False

    async def show(self, stage: Stage) -> None:
        """Shows a stage; before something was found, there may be nothing to answer."""
        if stage.name == "searching":
            return
        text = stage_words(stage, self._words)
        if not self._placed:
            self._placed = True
            self._message = await self._place(Reply(content=text))
        elif self._message is not None:
            await self._message.edit(content=text)

    async def become(self, reply: Reply, place: Place | None = None) -> discord.Message | None:
        """The message with the reply; None when it was not shown, or was deleted meanwhile.

        Args:
            reply: any.
            place: sends it where no message stands for it; as the first one if None.
        """
        if self._message is None:
            return await (place or self._place)(reply)
        try:
            return await replace_with(self._message, reply, self._words)
        except discord.NotFound:
            log.info("A message was deleted before it became an answer.")
        except PASSING as error:
            log.warning("A reply could not be shown (%s).", passing_reason(error))
            with contextlib.suppress(*PASSING):
                await self._message.edit(content=self._words("error.CaveatError"))
        return None

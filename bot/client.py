"""The Discord client: default intents, pings nobody, and knows its collaborators."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import discord
from discord.ext import commands

from bot.gate import Gate
from bot.state import Records
from bot.words import CatalogueTranslator


@dataclass(frozen=True, kw_only=True, slots=True)
class Services:
    """What the stories work with."""

    gate: Gate
    records: Records


class CaveatBot(commands.Bot):
    """Connects to Discord and hands its events to the stories that were added.

    Attributes:
        services: what the stories work with.
        was_ready: whether it ever was connected.
    """

    def __init__(self, services: Services, stories: "Sequence[Story]") -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.services = services
        self.was_ready = False
        self._stories = stories

    async def setup_hook(self) -> None:
        """Adds every story, once after login and before the first event."""
        await self.tree.set_translator(CatalogueTranslator())
        for add in self._stories:
            await add(self)

    async def on_ready(self) -> None:
        """Notes that Discord can be reached."""
        self.was_ready = True

    async def on_message(self, message: discord.Message, /) -> None:
        """Leaves messages to the stories: there are no prefix commands."""


Story = Callable[[CaveatBot], Awaitable[None]]

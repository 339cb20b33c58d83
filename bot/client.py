"""The Discord client: few intents, pings nobody, and knows its collaborators."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Self

import discord
from discord.ext import commands

from bot.asking.blocking import Blocking, Commands
from bot.asking.danger import Danger
from bot.asking.direct import DirectMessages
from bot.asking.limits import Limiter
from bot.asking.pen import Pen, Writing, limits_for
from bot.asking.purse import Purse
from bot.asking.removals import Removals
from bot.asking.repeats import Repeats
from bot.browsing.desk import Desk
from bot.browsing.operators import Operators
from bot.browsing.shelf import Shelf
from bot.gate import Gate
from bot.settings import BotSettings
from bot.state import (
    FeedbackStore,
    GuildStore,
    MemoryUses,
    Pseudonyms,
    Records,
    State,
    SyncStore,
    UseStore,
)
from bot.words import CatalogueTranslator
from knowledge.chat import Terms, terms_of
from knowledge.errors import SettingsError
from knowledge.glossary import Glossary


@dataclass(frozen=True, kw_only=True, slots=True)
class Services:
    """What the stories work with; the stores block, so call them in a thread.

    Attributes:
        limiter: how much people may ask.
        blocking: whom servers do not want answered.
        danger: who gets help lines, whatever limits and servers say.
        repeats: what was asked a moment ago.
        erasures: who had their data erased, in this process; more of it would undo the limits.
        hints: who was told how to ask, in this process; nobody needs to hear it over and over.
        glossary: what terms mean.
        removals: what chat models wrote and nobody was shown, in this process.
        terms: of the chat model; None when there is none, or it cannot be used as configured.
        pen: has answers written; None when there is no chat model.
        storing: held while an answer is stored, so that a slow disk has nobody overtaken.
    """

    gate: Gate
    state: State
    settings: BotSettings
    limiter: Limiter
    blocking: Blocking
    danger: Danger
    repeats: Repeats
    erasures: MemoryUses
    hints: MemoryUses
    glossary: Glossary
    removals: Removals
    terms: Terms | None
    pen: Pen | None
    storing: asyncio.Lock

    @classmethod
    def over(
        cls,
        gate: Gate,
        state: State,
        settings: BotSettings,
        writing: Writing | None = None,
        glossary: Glossary | None = None,
    ) -> Self:
        """The services of a bot with this core and this state.

        Args:
            gate: to the core.
            state: any.
            settings: any.
            writing: the core, when it has a chat model to write with.
            glossary: what terms mean; without one, nothing is explained.
        """
        terms = _terms(settings)
        purse = Purse(state, terms=terms, daily=settings.chat_daily_dollars)
        limits = limits_for(settings.chat_seconds, settings.chat_at_once)
        return cls(
            gate=gate,
            state=state,
            settings=settings,
            limiter=Limiter(state),
            blocking=Blocking(state),
            danger=Danger(gate, MemoryUses()),
            repeats=Repeats(),
            erasures=MemoryUses(),
            hints=MemoryUses(),
            glossary=glossary or Glossary(),
            removals=Removals(),
            terms=terms,
            pen=Pen(writing, gate, purse, limits) if writing else None,
            storing=asyncio.Lock(),
        )

    @property
    def writes(self) -> bool:
        """Whether a chat model is configured, so that there are commands and buttons for it."""
        return bool(self.settings.chat_model.strip())

    @property
    def records(self) -> Records:
        """The answers that were given."""
        return self.state.records

    @property
    def guilds(self) -> GuildStore:
        """The settings of servers."""
        return self.state.guilds

    @property
    def feedback(self) -> FeedbackStore:
        """What people said of answers."""
        return self.state.feedback

    @property
    def uses(self) -> UseStore:
        """How often something was used."""
        return self.state.uses

    @property
    def syncs(self) -> SyncStore:
        """Which commands Discord was told of."""
        return self.state.syncs

    @property
    def pseudonyms(self) -> Pseudonyms:
        """Names in place of people's ids; they do not block."""
        return self.state.pseudonyms


class CaveatBot(commands.Bot):
    """Connects to Discord and hands its events to the stories that were added.

    Attributes:
        services: what the stories work with.
        direct: who may ask in direct messages.
        was_ready: whether it ever was connected.
        shelf: the library, for browsing.
        desk: the queue of suggested sources.
        operators: who may decide on them.
    """

    def __init__(self, services: Services, stories: "Sequence[Story]") -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            tree_cls=Commands,
            help_command=None,
            intents=_intents(services.settings),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.services = services
        self.direct = DirectMessages(services.settings, services.guilds)
        self.was_ready = False
        self.shelf = Shelf(services.gate)
        self.desk = Desk(services.settings)
        self.operators = Operators(services.settings.curator_ids, self.application_info)
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


def _terms(settings: BotSettings) -> Terms | None:
    try:
        return terms_of(settings)
    except SettingsError:  # told in the log when the core was opened
        return None


def _intents(settings: BotSettings) -> discord.Intents:
    """The default ones, and by the operator's choice the privileged one for all messages' words."""
    intents = discord.Intents.default()
    intents.message_content = settings.follow_threads
    return intents


Story = Callable[[CaveatBot], Awaitable[None]]

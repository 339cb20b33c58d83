"""Puts the bot together: its collaborators, its stories, and the loop that runs them."""

from collections.abc import Collection, Sequence
from typing import Literal

from bot.asking.pen import Writing
from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Answering, ClosingError, Gate
from bot.settings import BotSettings
from bot.state import open_state
from bot.supervise import Stop, serve, stop_on_signals
from bot.sync import sync_commands
from knowledge.claims import ClaimCheck
from knowledge.glossary import read_glossary
from knowledge.model import Answer
from knowledge.standing import Cited, Standing
from knowledge.view import LibraryView

SYNCING = "Nothing is answered while commands are synced."


async def run_until_stopped(
    settings: BotSettings, token: str, answering: Answering, writing: Writing | None = None
) -> bool:
    """Answers on Discord until SIGTERM or SIGINT; whether nothing is under way any more.

    Args:
        settings: any.
        token: of the bot.
        answering: the core.
        writing: the same, when it has a chat model to write with.

    Raises:
        CaveatError: when Discord refuses the token or the intents, or its state cannot be used.
    """
    state = open_state(settings)
    services = Services.over(Gate(answering), state, settings, writing, read_glossary())
    stop = Stop()
    stop_on_signals(stop)
    try:
        return await serve(lambda: CaveatBot(services, STORIES), services, token, stop)
    finally:
        state.close()


async def sync_once(settings: BotSettings, token: str, guild_id: int | None) -> int:
    """Tells Discord of the slash commands; how many they are.

    Raises:
        CaveatError: when Discord refuses or cannot be reached, or its state cannot be used.
    """
    state = open_state(settings)
    gate = Gate(_Silent())
    try:
        bot = CaveatBot(Services.over(gate, state, settings), STORIES)
        return await sync_commands(bot, token, state.syncs, guild_id)
    finally:
        gate.close()
        state.close()


class _Silent:
    """Stands where nothing is asked."""

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """Never an answer."""
        del question, mode, earlier
        raise ClosingError(SYNCING)

    def check(self, text: str) -> ClaimCheck:
        """Never a check."""
        del text
        raise ClosingError(SYNCING)

    def library(self) -> LibraryView:
        """Never a library."""
        raise ClosingError("Nothing is read while commands are synced.")

    def build(self) -> str:
        """Never a build."""
        raise ClosingError("Nothing is read while commands are synced.")

    def help_for(self, question: str, *, earlier: Sequence[str] = ()) -> Answer | None:
        """Nobody is asked."""
        del question, earlier
        return None

    def more(self, question: str, *, seen: Collection[str], earlier: Sequence[str] = ()) -> Answer:
        """Never an answer."""
        del seen, earlier
        return self.answer(question)

    def other_side(
        self, question: str, *, heard: Collection[str], earlier: Sequence[str] = ()
    ) -> Answer:
        """Never an answer."""
        del heard, earlier
        return self.answer(question)

    def standing(self, cited: Sequence[Cited]) -> tuple[Standing, ...]:
        """Never a standing."""
        del cited
        raise ClosingError(SYNCING)

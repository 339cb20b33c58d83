"""Puts the bot together: its collaborators, its stories, and the loop that runs them."""

from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Answering, ClosingError, Gate
from bot.settings import BotSettings
from bot.state import open_records
from bot.supervise import Stop, serve, stop_on_signals
from bot.sync import sync_commands
from knowledge.model import Answer


async def run_until_stopped(settings: BotSettings, token: str, answering: Answering) -> bool:
    """Answers on Discord until SIGTERM or SIGINT; whether every reply under way was delivered.

    Raises:
        CaveatError: when Discord refuses the token or the intents, or `bot.db` cannot be used.
    """
    records = open_records(settings.data_dir)
    services = Services(gate=Gate(answering), records=records)
    stop = Stop()
    stop_on_signals(stop)
    try:
        return await serve(lambda: CaveatBot(services, STORIES), services, token, stop)
    finally:
        records.close()


async def sync_once(settings: BotSettings, token: str, guild_id: int | None) -> int:
    """Tells Discord of the slash commands; how many they are.

    Raises:
        CaveatError: when Discord refuses or cannot be reached, or `bot.db` cannot be used.
    """
    records = open_records(settings.data_dir)
    gate = Gate(_Silent())
    try:
        bot = CaveatBot(Services(gate=gate, records=records), STORIES)
        return await sync_commands(bot, token, records, guild_id)
    finally:
        gate.close()
        records.close()


class _Silent:
    """Stands where nothing is asked."""

    def answer(self, question: str) -> Answer:
        """Never an answer."""
        del question
        raise ClosingError("Nothing is answered while commands are synced.")

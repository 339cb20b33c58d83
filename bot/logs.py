"""Log lines for an operator: to standard error, without secrets, questions or needless traces."""

import logging
import sys
import traceback

import discord
from discord import app_commands

from bot.faults import PASSING, passing_reason
from knowledge.invoking import runnable

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Runnable(logging.Formatter):
    """Names commands so that they work when they are pasted."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, or more with a trace."""
        return runnable(super().format(record))


class Terse(logging.Filter):
    """Shortens what discord.py says of faults.

    Of a passing one a line is enough. Of a defect the places are told, but not its own words,
    which may hold a question.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through."""
        error = record.exc_info[1] if record.exc_info else None
        if not record.name.startswith("discord") or error is None:
            return True
        if isinstance(error, app_commands.CommandInvokeError):
            error = error.original
        if isinstance(error, PASSING):
            record.msg = f"{record.getMessage()} ({passing_reason(error)})"
        else:
            places = "".join(traceback.format_tb(error.__traceback__))
            record.msg = f"{record.getMessage()} ({type(error).__name__})\n{places}"
        record.args = None
        record.exc_info = record.exc_text = None
        return True


def configure_logs(level: int = logging.INFO) -> None:
    """Sends log lines to standard error.

    discord.py writes whole messages at DEBUG, questions among them, so it stays at INFO or above.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Runnable(FORMAT))
    handler.addFilter(Terse())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(max(level, logging.INFO))
    for chatty in ("discord.http", "discord.client", "alembic", "httpx"):
        logging.getLogger(chatty).setLevel(max(level, logging.WARNING))
    discord.VoiceClient.warn_nacl = False  # it never speaks
    discord.VoiceClient.warn_dave = False

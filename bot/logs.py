"""Log lines for an operator: to standard error, without secrets, questions or needless traces."""

import logging
import sys

import discord

from bot.faults import PASSING, passing_reason

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Terse(logging.Filter):
    """Shortens what discord.py says of passing network faults from a trace to a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through."""
        error = record.exc_info[1] if record.exc_info else None
        if record.name.startswith("discord") and isinstance(error, PASSING):
            record.msg = f"{record.getMessage()} ({passing_reason(error)})"
            record.args = None
            record.exc_info = record.exc_text = None
        return True


def configure_logs(level: int = logging.INFO) -> None:
    """Sends log lines to standard error.

    discord.py writes whole messages at DEBUG, questions among them, so it stays at INFO or above.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(Terse())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(max(level, logging.INFO))
    for chatty in ("discord.http", "discord.client", "alembic", "httpx"):
        logging.getLogger(chatty).setLevel(max(level, logging.WARNING))
    discord.VoiceClient.warn_nacl = False  # it never speaks
    discord.VoiceClient.warn_dave = False

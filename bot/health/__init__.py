"""What keeps the bot from running well, found and told with the cure of each."""

from bot.health.check import Check, State
from bot.health.examining import examine
from bot.health.models import check_chat

__all__ = ["Check", "State", "check_chat", "examine"]

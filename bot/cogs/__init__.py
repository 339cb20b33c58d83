"""What people can do with the bot, one small story a module."""

from bot.client import Story
from bot.cogs import ask, corrections, evidence, presence, telling

STORIES: tuple[Story, ...] = (ask.add, evidence.add, presence.add, corrections.add, telling.add)

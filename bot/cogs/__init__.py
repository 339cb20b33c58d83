"""What people can do with the bot, one small story a module."""

from bot.client import Story
from bot.cogs import answer_buttons, ask, presence

STORIES: tuple[Story, ...] = (ask.add, answer_buttons.add, presence.add)

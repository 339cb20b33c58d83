"""What people can do with the bot, one small story a module."""

from bot.client import Story
from bot.cogs import ask, evidence, forums, mentions, menus, presence

STORIES: tuple[Story, ...] = (
    ask.add,
    evidence.add,
    forums.add,
    mentions.add,
    menus.add,
    presence.add,
)

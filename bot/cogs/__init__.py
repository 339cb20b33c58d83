"""What people can do with the bot, one small story a module."""

from bot.client import Story
from bot.cogs import (
    ask,
    deciding,
    evidence,
    helping,
    leafing,
    presence,
    source,
    sources,
    welcome,
    whatsnew,
)

STORIES: tuple[Story, ...] = (
    ask.add,
    evidence.add,
    presence.add,
    sources.add,
    leafing.add,
    source.add,
    deciding.add,
    whatsnew.add,
    helping.add,
    welcome.add,
)

"""What people can do with the bot, one small story a module."""

from bot.client import Story
from bot.cogs import (
    answer_buttons,
    ask,
    deciding,
    forums,
    gaps,
    helping,
    leafing,
    mentions,
    menus,
    presence,
    reports,
    settings,
    source,
    sources,
    stats,
    welcome,
    whatsnew,
)

STORIES: tuple[Story, ...] = (
    ask.add,
    answer_buttons.add,
    presence.add,
    sources.add,
    leafing.add,
    source.add,
    deciding.add,
    whatsnew.add,
    helping.add,
    welcome.add,
    settings.add,
    stats.add,
    gaps.add,
    reports.add,
    forums.add,
    mentions.add,
    menus.add,
)

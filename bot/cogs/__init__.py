"""What people can do with the bot, one small story a module."""

from bot.client import Story
from bot.cogs import ask, evidence, gaps, presence, reports, settings, stats

STORIES: tuple[Story, ...] = (
    ask.add,
    evidence.add,
    presence.add,
    settings.add,
    stats.add,
    gaps.add,
    reports.add,
)

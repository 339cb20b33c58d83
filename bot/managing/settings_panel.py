"""What the panel of a server's settings shows: all of them, and the one that is being changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import discord

from bot.managing.settings_budget import Budget, budget_about, budget_value
from bot.state import GuildSettings
from bot.words import LANGUAGES, Words, words_for

ICONS = {
    "answer_channels": "📍",
    "threads": "🧵",
    "forums": "🗂️",
    "direct_messages": "✉️",
    "language": "🌐",
    "private_answers": "👁️",
    "exempt_roles": "🎫",
    "blocked": "🚫",
    "limits": "⏱️",
    "budget": "💰",
    "reset": "↩️",
}
TOPICS = tuple(ICONS)  # named as the settings are
LIMITS = ("per_user_minute", "per_user_day", "per_channel_minute", "per_guild_day")
NONE_CHOSEN = {"answer_channels": "everywhere", "forums": "none", "exempt_roles": "nobody"}
MOST_LIMIT = 1_000_000
SHOWN = 8  # channels or roles in the overview; a phone shows three in a line
COLOUR = discord.Colour.blurple()


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """The panel as one person sees it.

    Attributes:
        topic: of `TOPICS`, which is being changed; None before one was chosen.
        notice: what the last press did, or None.
        questions_kept: whether the operator keeps the words of unanswered questions.
        blocked: how many people are blocked; only their pseudonyms are known.
        budget: what a chat model costs; None when there is none.
    """

    settings: GuildSettings
    guild: discord.Guild
    words: Words
    topic: str | None = None
    notice: str | None = None
    questions_kept: bool = False
    blocked: int = 0
    budget: Budget | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """What can be changed here."""
        return tuple(topic for topic in TOPICS if topic != "budget" or self.budget is not None)


def panel_embeds(panel: Panel) -> list[discord.Embed]:
    """All settings, a line each, and below them what the chosen one means."""
    words = panel.words
    lines = [
        words(
            "settings.overview",
            icon=ICONS[topic],
            name=words(f"settings.name.{topic}"),
            value=_value(topic, panel),
        )
        for topic in panel.topics
        if topic != "reset"
    ]
    kept = "kept" if panel.questions_kept else "counted"
    overview = discord.Embed(
        title=words("settings.title"), description="\n".join(lines), colour=COLOUR
    )
    overview.set_footer(
        text=f"{words('settings.saved-at-once')}\n{words(f'settings.questions-{kept}')}"
    )
    about = [panel.notice, _about(panel)]
    chosen = discord.Embed(
        title=f"{ICONS[panel.topic]} {words(f'settings.name.{panel.topic}')}"
        if panel.topic
        else None,
        description="\n\n".join(part for part in about if part),
        colour=COLOUR,
    )
    return [overview, chosen]


def _about(panel: Panel) -> str:
    if panel.topic is None:
        return panel.words("settings.choose")
    if panel.topic == "budget" and panel.budget is not None:
        return budget_about(panel.budget, panel.words)
    return panel.words(f"settings.about.{panel.topic}")


def living_channels(guild: discord.Guild, ids: Collection[int]) -> list[discord.abc.GuildChannel]:
    """The channels that were not deleted, in the order of the server."""
    found = [channel for channel in map(guild.get_channel, ids) if channel is not None]
    return sorted(found, key=lambda channel: (channel.position, channel.id))


def living_roles(guild: discord.Guild, ids: Collection[int]) -> list[discord.Role]:
    """The roles that were not deleted, the highest first."""
    found = [role for role in map(guild.get_role, ids) if role is not None]
    return sorted(found, reverse=True)


def language_name(language: str) -> str:
    """A language in its own words."""
    return words_for(language)("settings.own-language")


def _value(topic: str, panel: Panel) -> str:
    settings, words = panel.settings, panel.words
    if topic in NONE_CHOSEN:
        return _chosen(topic, panel)
    if topic == "language":
        return _language(settings, words)
    if topic == "blocked":
        return words("settings.value.blocked", count=panel.blocked)
    if topic == "limits":
        return words("settings.value.limits", **{name: getattr(settings, name) for name in LIMITS})
    if topic == "budget":
        return budget_value(settings, words)
    value = getattr(settings, topic)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return words(f"settings.value.{topic}-{value}")


def _language(settings: GuildSettings, words: Words) -> str:
    if settings.language is None or settings.language not in LANGUAGES:
        return words("settings.value.as-server")
    return language_name(settings.language)


def _chosen(topic: str, panel: Panel) -> str:
    words, ids = panel.words, getattr(panel.settings, topic)
    living = living_roles if topic == "exempt_roles" else living_channels
    found = living(panel.guild, ids)
    if not found and ids and topic == "answer_channels":
        # still nowhere else: who chose some channels did not choose all others in their place
        return words("settings.nothing-left")
    return _listed(found, words) or words(f"settings.value.{NONE_CHOSEN[topic]}")


def _listed(found: Iterable[Any], words: Words) -> str:
    mentions = [each.mention for each in found]  # in an embed they ping nobody
    shown = " ".join(mentions[:SHOWN])
    rest = len(mentions) - SHOWN
    return words("settings.value.more", shown=shown, count=rest) if rest > 0 else shown

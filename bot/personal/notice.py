"""What people are told of their data."""

import discord

from bot.message.escape import escape
from bot.message.render import ACCENT
from bot.settings import BotSettings
from bot.state import GRACE, KEPT_FOR
from bot.words import Words

PARTS = ("asking", "others", "model", "people", "servers", "place", "rights")


def privacy_embed(words: Words, settings: BotSettings) -> discord.Embed:
    """What is kept, how long, where, and who else sees messages."""
    embed = discord.Embed(colour=ACCENT, title=words("privacy.title"))
    for part in PARTS:
        text = words(f"privacy.{part}.text", days=KEPT_FOR.days, grace=GRACE.days).strip()
        lines = [text, *_more(part, words, settings)]
        embed.add_field(name=words(f"privacy.{part}.title"), value="\n".join(lines), inline=False)
    return embed


def _more(part: str, words: Words, settings: BotSettings) -> list[str]:
    if part == "asking":
        chosen = {"kept": settings.keep_gap_questions, "follows": settings.follow_threads}
        return [words(f"privacy.{what}") for what, is_so in chosen.items() if is_so]
    if part == "model":
        model = _chat_model(settings)
        return [words("privacy.chat", model=escape(model)) if model else words("privacy.no-chat")]
    if part == "place":
        return [words("privacy.server" if settings.database_url else "privacy.file")]
    return []


def _chat_model(settings: BotSettings) -> str | None:
    """The model that is sent questions; None where the settings know none."""
    chosen = getattr(settings, "chat_model", None)
    return str(chosen) if chosen else None

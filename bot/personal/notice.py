"""What people are told of their data."""

import discord

from bot.message.escape import escape
from bot.message.render import ACCENT
from bot.settings import BotSettings
from bot.state import GRACE, KEPT_FOR
from bot.state.spending import KEPT_FOR as COUNTED_FOR
from bot.words import Words
from knowledge.chat import Terms

PARTS = ("asking", "others", "model", "people", "servers", "place", "rights")


def privacy_embed(words: Words, settings: BotSettings, terms: Terms | None = None) -> discord.Embed:
    """What is kept, how long, where, and who else sees messages.

    Args:
        words: of the reader's language.
        settings: of the bot.
        terms: of its chat model; None when there is none that can be used.
    """
    embed = discord.Embed(colour=ACCENT, title=words("privacy.title"))
    for part in PARTS:
        text = words(f"privacy.{part}.text", days=KEPT_FOR.days, grace=GRACE.days).strip()
        lines = [text, *_more(part, words, settings)]
        if part == "model":
            lines += _model(words, settings, terms)
        embed.add_field(name=words(f"privacy.{part}.title"), value="\n".join(lines), inline=False)
    return embed


def _more(part: str, words: Words, settings: BotSettings) -> list[str]:
    if part == "asking":
        chosen = {"kept": settings.keep_gap_questions, "follows": settings.follow_threads}
        return [words(f"privacy.{what}") for what, is_so in chosen.items() if is_so]
    if part == "place":
        return [words("privacy.server" if settings.database_url else "privacy.file")]
    return []


def _model(words: Words, settings: BotSettings, terms: Terms | None) -> list[str]:
    """Which chat model sees questions, and what is kept of what it writes."""
    name = settings.chat_model.strip()
    if not name:
        return [words("privacy.no-chat")]
    if terms is None:
        return [words("privacy.chat-broken", model=escape(name))]
    seen = words(
        "privacy.chat-local" if terms.local else "privacy.chat-remote",
        model=escape(terms.name),
        **({} if terms.local else {"host": escape(terms.host)}),
    )
    return [seen, words("privacy.chat-removed", days=COUNTED_FOR.days)]

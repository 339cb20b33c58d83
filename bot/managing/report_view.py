"""What a moderator reads of a report of a wrong answer."""

import discord

from bot.message.escape import escape_within
from bot.state import FeedbackReport
from bot.wording import readable_date
from bot.words import Words

LONGEST_COMMENT = 2_000  # as escaped; a comment has at most 1,000 characters
DAY_CHARACTERS = len("2026-11-23")
COLOUR = discord.Colour.orange()


def report_embed(report: FeedbackReport, words: Words, *, number: int, count: int) -> discord.Embed:
    """A report and where it stands in the queue; nothing tells who gave it."""
    reason = report.reason if f"queue.reason-of.{report.reason}" in words else "other"
    comment = report.comment
    lines = [
        words("queue.reason", reason=words(f"queue.reason-of.{reason}")),
        words(
            "queue.comment",
            comment=escape_within(comment, LONGEST_COMMENT)
            if comment
            else words("queue.no-comment"),
        ),
        words("queue.date", date=readable_date(report.given_at[:DAY_CHARACTERS], words)),
        _answer(report, words),
    ]
    embed = discord.Embed(
        title=words("queue.title", number=number, count=count),
        description="\n".join(lines),
        colour=COLOUR,
    )
    return embed.set_footer(text=words("queue.footer"))


def _answer(report: FeedbackReport, words: Words) -> str:
    where = (report.guild_id, report.channel_id, report.message_id)
    if None in where:
        return words("queue.no-answer")
    address = "/".join(str(part) for part in where)
    return words("queue.answer", url=f"https://discord.com/channels/{address}")

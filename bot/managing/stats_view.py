"""What `/stats` shows of a server's questions."""

import io

import discord

from bot.managing.chart import OUTCOMES, day_words
from bot.managing.money import dollars_words, number_words
from bot.state import Counts, FeedbackCounts, Spending
from bot.words import Words

FILE = "questions.png"
COLOUR = discord.Colour.blurple()


def stats_embed(
    counts: Counts, feedback: FeedbackCounts, words: Words, spending: Spending | None = None
) -> discord.Embed:
    """The numbers of some days, a line each; it shows the picture `FILE` if there is any.

    Args:
        counts: how questions ended.
        feedback: what people said of answers.
        words: of the reader's language.
        spending: what a chat model used; None where there never was one.
    """
    total = counts.answered + counts.abstained + counts.declined
    lines = [words("stats.none")]
    if total:
        lines = [
            words("stats.questions", count=total),
            *(_share(outcome, getattr(counts, outcome), total, words) for outcome in OUTCOMES),
            *_most_declined(counts, words),
        ]
        if counts.median_ms is not None:
            lines.append(words("stats.seconds", seconds=f"{counts.median_ms / 1000:.1f}"))
    if spending is not None:
        lines += _cost(spending, words)
    lines.append(words("stats.feedback", up=feedback.up, down=feedback.down, open=feedback.open))
    embed = discord.Embed(
        title=words("stats.title", count=len(counts.days)),
        description="\n".join(lines),
        colour=COLOUR,
    )
    if total:
        embed.set_image(url=f"attachment://{FILE}")
    return embed.set_footer(text=words("stats.footer"))


def picture_file(picture: bytes, counts: Counts, words: Words) -> discord.File:
    """The picture, with words for those who cannot see it."""
    told = {outcome: getattr(counts, outcome) for outcome in OUTCOMES}
    return discord.File(
        io.BytesIO(picture), filename=FILE, description=words("stats.picture", **told)
    )


def _share(outcome: str, count: int, total: int, words: Words) -> str:
    return words(f"stats.{outcome}", count=count, share=round(100 * count / total))


def _cost(spending: Spending, words: Words) -> list[str]:
    unpriced = spending.unpriced_tokens
    return [
        words("stats.written", written=spending.written, quoted=spending.fallbacks),
        words(
            "stats.cost-unpriced" if unpriced else "stats.cost",
            tokens=number_words(spending.tokens),
            dollars=dollars_words(spending.dollars, words),
            **({"unpriced": number_words(unpriced)} if unpriced else {}),
        ),
    ]


def _most_declined(counts: Counts, words: Words) -> list[str]:
    """The day of which the largest share was declined, the latest of several."""
    asked = {day: day.answered + day.abstained + day.declined for day in counts.days}
    declined = [day for day in counts.days if day.declined]
    if not declined:
        return []
    worst = max(declined, key=lambda day: (day.declined / asked[day], day.declined, day.day))
    date = day_words(worst.day, words)
    numbers = {"declined": worst.declined, "questions": asked[worst]}
    return [words("stats.most-declined", day=date, **numbers)]

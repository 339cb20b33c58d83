"""What `/gaps` shows of what the library lacks, and the file to take along."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import discord

from bot.message.escape import dotted, escape_within, one_line, size
from bot.wording import readable_date
from bot.words import Words
from knowledge.library import CountedGap

FILE = "gaps.csv"
SHOWN = 10
LONGEST_PLACE = 200
LONGEST_QUESTION = 120
LONGEST_DESCRIPTION = 4_000
COLOUR = discord.Colour.blurple()
_FORMULA = ("=", "+", "-", "@")  # cells that begin so are run by spreadsheets


def gaps_embed(
    gaps: Sequence[CountedGap], since: date, words: Words, *, numbers: bool
) -> discord.Embed:
    """The places that most of what was asked in vain came nearest to.

    Args:
        gaps: at least one, most asked first.
        since: the first day that was counted.
        words: of the reader.
        numbers: whether to tell how often and when, and the questions that were kept.
    """
    lines = [words("gaps.since", date=readable_date(since.isoformat(), words))]
    shown = 0
    for number, gap in enumerate(gaps[:SHOWN], start=1):
        entry = _entry(number, gap, words, numbers=numbers)
        if size("\n".join([*lines, entry])) > LONGEST_DESCRIPTION:
            break
        lines.append(entry)
        shown = number
    if len(gaps) > shown:
        lines.append(words("gaps.more", count=len(gaps) - shown))
    embed = discord.Embed(title=words("gaps.title"), description="\n".join(lines), colour=COLOUR)
    return embed.set_footer(text=words("gaps.of-all" if numbers else "gaps.without-numbers"))


def gaps_file(gaps: Sequence[CountedGap], *, numbers: bool) -> discord.File:
    """All of them as a table for spreadsheets, a row each; the same columns in every language."""
    held = io.StringIO(newline="")
    table = csv.writer(held)
    counted = ["asked", "last_day", "questions"] if numbers else []
    table.writerow(["source_id", "title", "heading", *counted])
    for gap in gaps:
        row = [gap.source_id or "", gap.title or "", gap.heading or ""]
        if numbers:
            row += [str(gap.count), gap.last, "\n".join(gap.questions)]
        table.writerow([_cell(text) for text in row])
    # with its mark at the beginning, Excel takes it for UTF-8
    return discord.File(io.BytesIO(held.getvalue().encode("utf-8-sig")), filename=FILE)


def _entry(number: int, gap: CountedGap, words: Words, *, numbers: bool) -> str:
    place = f"**{_place(gap, words)}**"
    if not numbers:
        return words("gaps.place", number=number, place=place)
    day = readable_date(gap.last, words)
    first = words("gaps.counted", number=number, place=place, count=gap.count, date=day)
    asked = [f"“{escape_within(one_line(each), LONGEST_QUESTION)}”" for each in gap.questions]
    return "\n".join([first, *asked])


def _place(gap: CountedGap, words: Words) -> str:
    source = gap.title or gap.source_id
    if source is None:
        return words("gaps.nothing-near")
    if gap.heading is None:
        return dotted([source], LONGEST_PLACE)
    place = words("gaps.nearest", source=source, heading=gap.heading)
    return dotted([place], LONGEST_PLACE)


def _cell(text: str) -> str:
    """The text, so that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text

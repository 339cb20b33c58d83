"""Draws how the questions of each day ended, as a picture for phones and screens.

The picture brings its own dark ground, so that it reads alike on light and dark Discord. The
colours are those of Okabe and Ito's set, which colour-blind people tell apart.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PIL import Image, ImageDraw, ImageFont

from bot.state import DayCounts
from bot.words import Words

OUTCOMES = ("answered", "abstained", "declined")
WIDTH, HEIGHT = 1000, 560  # a phone shows it a third as wide
TEXT = 36
GROUND, INK, LINES = "#2b2d31", "#f2f3f5", "#4e5058"
COLOURS = {"answered": "#56b4e9", "abstained": "#e69f00", "declined": "#cc79a7"}

LEFT, RIGHT, TOP, BOTTOM = 96, 970, 90, 490
TICKS = 4  # at most, above zero
WIDEST_BAR = 70
LABEL_ROOM = 150  # pixels that a day takes below its bar

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """The axis of counts: from 0 to `top` in steps that are whole and round."""

    step: int
    top: int


def draw_days(days: Sequence[DayCounts], words: Words) -> bytes:
    """A PNG with a bar a day, oldest first; blocks for some milliseconds.

    Args:
        days: at least one.
        words: of the legend and the dates.
    """
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(TEXT)
    scale = scale_for(max(sum(_counts(day).values()) for day in days))
    _draw_legend(draw, font, words)
    _draw_scale(draw, font, scale)
    slot = (RIGHT - LEFT) / len(days)
    for place, day in enumerate(days):
        _draw_bar(draw, LEFT + (place + 0.5) * slot, min(slot * 0.72, WIDEST_BAR), day, scale)
    for place in labelled(len(days)):
        centre = LEFT + (place + 0.5) * slot
        text = day_words(days[place].day, words)
        half = draw.textlength(text, font) / 2
        centre = min(max(centre, half), WIDTH - half - 14)
        draw.text((centre, BOTTOM + 14), text, INK, font, anchor="ma")
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()


def scale_for(most: int) -> Scale:
    """The axis on which the highest count has room, with at most `TICKS` lines above zero."""
    step = next(step for step in _steps() if step * TICKS >= most)
    return Scale(step=step, top=max(step * -(-most // step), step))


def labelled(count: int) -> list[int]:
    """Which days have their date below them: all when there is room, else a few."""
    room = int((RIGHT - LEFT) // LABEL_ROOM)
    if count <= room:
        return list(range(count))
    apart = -(-(count - 1) // (room - 1))
    return list(range(count - 1, -1, -apart))[::-1]  # today always


def day_words(day: date, words: Words) -> str:
    """A day without its year."""
    return words("stats.day", day=day.day, month=words(f"month.{day.month}"))


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _counts(day: DayCounts) -> Mapping[str, int]:
    return {outcome: getattr(day, outcome) for outcome in OUTCOMES}


def _draw_legend(draw: ImageDraw.ImageDraw, font: Font, words: Words) -> None:
    at, side = 28.0, 26
    for outcome in OUTCOMES:
        text = words(f"stats.legend.{outcome}")
        draw.rectangle((at, 32, at + side, 32 + side), COLOURS[outcome])
        draw.text((at + side + 12, 32 + side / 2), text, INK, font, anchor="lm")
        at += side + 12 + draw.textlength(text, font) + 36


def _draw_scale(draw: ImageDraw.ImageDraw, font: Font, scale: Scale) -> None:
    for count in range(0, scale.top + 1, scale.step):
        height = BOTTOM - (BOTTOM - TOP) * count / scale.top
        draw.line((LEFT, height, RIGHT, height), LINES, 2)
        text = f"{count // 1000}k" if count and scale.step % 1000 == 0 else str(count)
        draw.text((LEFT - 14, height), text, INK, font, anchor="rm")


def _draw_bar(
    draw: ImageDraw.ImageDraw, centre: float, width: float, day: DayCounts, scale: Scale
) -> None:
    foot = 0
    for outcome, count in _counts(day).items():
        low = BOTTOM - (BOTTOM - TOP) * foot / scale.top
        foot += count
        high = BOTTOM - (BOTTOM - TOP) * foot / scale.top
        if count:
            lowest = round(low) - 1
            highest = min(round(high), lowest - 1)  # one question among thousands shows, too
            box = (round(centre - width / 2), highest, round(centre + width / 2), lowest)
            draw.rectangle(box, COLOURS[outcome])

import io
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image, ImageColor
from sqlalchemy import text as sql

from bot.managing.chart import COLOURS, GROUND, HEIGHT, WIDTH, draw_days, labelled, scale_for
from bot.managing.stats_view import picture_file, stats_embed
from bot.state import Counts, DayCounts, FeedbackCounts, NewFeedback, Records, State
from bot.words import words_for
from knowledge.model import Answer
from tests.bot.managing import open_to_all, read_german, steward
from tests.bot.world import MakeBot, World, text_of, world_of

ENGLISH, GERMAN = words_for("en"), words_for("de")
TODAY = date(2026, 11, 25)


def keep(
    state: State, guild_id: int | None, outcome: Any, *, count: int = 1, back: int = 0
) -> None:
    records = Records(state.engine, lambda: datetime.now(UTC) - timedelta(days=back))
    for number in range(count):
        answer = Answer(
            id=f"{guild_id}-{outcome}-{back}-{number}",
            question="Why?",
            outcome=outcome,
            mode="quoted",
            text="Because.",
        )
        records.keep(answer, guild_id=guild_id, milliseconds=1_500)


async def stats(world: World, member: Any, **options: int) -> Any:
    result = await member.slash(world.channel, "stats", **options)
    return result.response


def days(*counts: tuple[int, int, int]) -> tuple[DayCounts, ...]:
    return tuple(
        DayCounts(
            day=TODAY - timedelta(days=len(counts) - 1 - place),
            answered=answered,
            abstained=abstained,
            declined=declined,
        )
        for place, (answered, abstained, declined) in enumerate(counts)
    )


async def test_the_numbers_of_the_server_come_with_a_picture(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        here = world.guild.id
        keep(state, here, "answered", count=6)
        keep(state, here, "abstained", count=3, back=2)
        keep(state, here, "declined", back=2)
        state.feedback.add(NewFeedback(answer_id="a", guild_id=here, person="p", verdict="up"))
        state.feedback.add(NewFeedback(answer_id="a", guild_id=here, person="q", verdict="down"))
        shown = await stats(world, steward(world))
        assert shown.ephemeral
        lines = text_of(shown).splitlines()
        assert lines[:5] == [
            "Questions of the last 30 days",
            "**Questions:** 10",
            "**Answered:** 6 (60 %)",
            "**Not in the library:** 3 (30 %)",
            "**Declined:** 1 (10 %)",
        ]
        assert "**Most declined:** 1 of 4 on " in text_of(shown)
        assert "**Half were answered within:** 1.5 s" in text_of(shown)
        assert "**Feedback:** 1 👍 · 1 👎 · 1 to look at" in text_of(shown)
        (picture,) = shown.attachments
        assert picture.filename == "questions.png"
        assert "6 answered, 3 not in the library, 1 declined" in (picture.description or "")
        assert "questions.png" in (shown.embeds[0].image.url or "")


async def test_fewer_days_are_counted_when_asked_for(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        keep(state, world.guild.id, "answered")
        keep(state, world.guild.id, "answered", back=1)
        shown = await stats(world, steward(world), days=1)
        assert text_of(shown).startswith("Questions of today\n**Questions:** 1\n")


async def test_a_server_sees_its_own_numbers_only(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        other = world.env.create_guild("Elsewhere")
        for guild_id in (other.id, None):
            keep(state, guild_id, "answered", count=7)
        state.feedback.add(
            NewFeedback(answer_id="a", guild_id=other.id, person="p", verdict="down")
        )
        shown = await stats(world, steward(world))
        assert ENGLISH("stats.none") in text_of(shown)
        assert "0 👍 · 0 👎 · 0 to look at" in text_of(shown)
        assert shown.attachments == []
        there = steward(world, "linus", other)
        result = await there.slash(other.create_text_channel("lobby"), "stats")
        assert "**Questions:** 7" in text_of(result.response)


async def test_members_without_the_right_are_refused(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        keep(state, world.guild.id, "answered")
        assert "stats" not in world.person.available_commands(world.channel)
        await open_to_all(world, "stats")
        refused = await stats(world, world.person)
        assert (refused.content, refused.ephemeral) == (ENGLISH("rights.manage-server"), True)
        assert refused.embeds == []


async def test_numbers_are_told_in_german(
    make_bot: MakeBot, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_german(monkeypatch)
    async with world_of(make_bot()) as world:
        keep(state, world.guild.id, "declined")
        shown = text_of(await stats(world, steward(world)))
        assert shown.startswith("Fragen der letzten 30 Tage\n**Fragen:** 1\n")
        assert "**Am meisten abgelehnt:** 1 von 1 am" in shown


async def test_a_database_out_of_reach_is_told_in_a_sentence(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        with state.engine.begin() as connection:
            connection.execute(sql("DROP TABLE answers"))
        result = await steward(world).slash(world.channel, "stats")
        (sorry,) = result.followups or [result.response]
        assert sorry.content == ENGLISH("error.CaveatError")


def test_bars_have_the_colours_of_their_outcomes() -> None:
    picture = Image.open(io.BytesIO(draw_days(days((5, 0, 0), (0, 5, 0), (0, 0, 5)), ENGLISH)))
    assert (picture.size, picture.format) == ((WIDTH, HEIGHT), "PNG")
    found = [picture.getpixel((round(96 + 874 * (place + 0.5) / 3), 400)) for place in range(3)]
    assert found == [ImageColor.getrgb(colour) for colour in COLOURS.values()]
    assert picture.getpixel((2, 2)) == ImageColor.getrgb(GROUND)


@pytest.mark.parametrize("number", [1, 2, 7, 30])
def test_any_number_of_days_is_drawn(number: int) -> None:
    assert draw_days(days(*[(0, 0, 0)] * number), GERMAN).startswith(b"\x89PNG")
    assert draw_days(days(*[(10**6, 1, 0)] * number), GERMAN).startswith(b"\x89PNG")


def test_the_axis_is_round_and_high_enough() -> None:
    scales = {most: scale_for(most) for most in (0, 1, 4, 5, 9, 48, 100, 101, 1_234)}
    assert {most: (scale.step, scale.top) for most, scale in scales.items()} == {
        0: (1, 1),
        1: (1, 1),
        4: (1, 4),
        5: (2, 6),
        9: (5, 10),
        48: (20, 60),
        100: (50, 100),
        101: (50, 150),
        1_234: (500, 1_500),
    }


def test_dates_stand_apart_and_today_has_one() -> None:
    for count in range(1, 31):
        places = labelled(count)
        assert places[-1] == count - 1
        assert all((second - first) * 874 / count >= 145 for first, second in pairwise(places))


def test_the_day_of_which_most_was_declined_is_told() -> None:
    counts = Counts(
        answered=9, abstained=0, declined=4, median_ms=None, days=days((9, 0, 3), (0, 0, 1))
    )
    embed = stats_embed(counts, FeedbackCounts(up=0, down=0, open=0), ENGLISH)
    assert "**Most declined:** 1 of 1 on 25 Nov" in (embed.description or "")
    assert "Half" not in (embed.description or "")
    assert "4 declined" in (picture_file(b"", counts, ENGLISH).description or "")

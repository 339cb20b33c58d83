"""What people think of an answer: thumbs, and the form behind a 👎."""

import pytest
import simcord
from sqlalchemy import text as sql

from bot.state import State
from bot.words import words_for
from tests.bot.presses import RISKS, identifier, press, said
from tests.bot.world import MakeBot, world_of

ENGLISH = words_for("en")
UNKNOWN = "How many parrots live in Lisbon?"


async def test_a_thumb_up_is_noted_once_and_thanked_for(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        for _ in range(2):
            assert said(await press(world, answer, "up")) == ENGLISH("verdict.thanks")
        counts = state.feedback.counts(world.guild.id)
        assert (counts.up, counts.down) == (1, 0)


async def test_a_thumb_down_asks_why_and_keeps_who_is_to_be_told(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        await press(world, answer, "up")
        form = await press(world, answer, "down")
        values = {"reason": ["outdated"], "comment": "It was revoked. @everyone"}
        done = await world.person.submit_modal(form, values)
        assert said(done) == ENGLISH("verdict.taken")
        (report,) = state.feedback.queue(world.guild.id)
        assert (report.reason, report.comment) == ("outdated", values["comment"])
        assert report.reporter_id == world.person.id
        assert report.answer_id == identifier(answer, "down")[5:]
        counts = state.feedback.counts(world.guild.id)
        assert (counts.up, counts.down, counts.open) == (0, 1, 1)


async def test_a_thumb_down_needs_a_reason_and_no_comment(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        form = await press(world, await world.ask(UNKNOWN), "down")
        with pytest.raises(simcord.SetupError, match="reason"):
            await world.person.submit_modal(form, {"comment": "no reason"})
        with pytest.raises(simcord.SetupError, match="max_length=500"):
            await world.person.submit_modal(form, {"reason": ["wrong"], "comment": "x" * 501})
        await world.person.submit_modal(form, {"reason": ["unsafe"]})
        (report,) = state.feedback.queue(world.guild.id)
        assert (report.reason, report.comment) == ("unsafe", None)


async def test_a_form_that_was_open_during_a_restart_still_counts(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        form = await press(world, await world.ask(RISKS), "down")
        await world.env.restart_bot(make_bot())
        done = await world.person.submit_modal(form, {"reason": ["wrong"]})
        assert said(done) == ENGLISH("verdict.taken")
        assert len(state.feedback.queue(world.guild.id)) == 1


async def test_two_people_may_fill_in_the_form_of_one_answer(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        other = world.guild.add_member(world.env.create_user("bob"))
        answer = await world.ask(RISKS)
        mine, theirs = (
            await press(world, answer, "down"),
            await press(world, answer, "down", person=other),
        )
        await world.person.submit_modal(mine, {"reason": ["wrong"]})
        await other.submit_modal(theirs, {"reason": ["other"]})
        assert {report.reason for report in state.feedback.queue(world.guild.id)} == {
            "wrong",
            "other",
        }


async def test_feedback_that_cannot_be_stored_is_not_thanked_for(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        with state.engine.begin() as connection:
            connection.execute(sql("DROP TABLE feedback"))
        assert said(await press(world, answer, "up")) == ENGLISH("error.CaveatError")

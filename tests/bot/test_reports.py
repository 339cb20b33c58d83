from typing import Any

import pytest
import simcord
from sqlalchemy import select
from sqlalchemy import text as sql

from bot.state import NewFeedback, State
from bot.state.schema import feedback
from bot.words import words_for
from tests.bot.managing import demote, labels, open_to_all, read_german, steward
from tests.bot.world import MakeBot, World, text_of, world_of
from tests.fakes import WordOverlapAnswerer

ENGLISH, GERMAN = words_for("en"), words_for("de")
REFUSAL = ENGLISH("rights.manage-server")
EMPTY = ENGLISH("queue.empty")
REPORTER = 2**62 + 9


def report(state: State, guild_id: int, answer_id: str = "a", **values: Any) -> int:
    """A report of this server, and its number."""
    given = {"reason": "wrong", "comment": "Not so.", "reporter_id": REPORTER, **values}
    state.feedback.add(
        NewFeedback(answer_id=answer_id, guild_id=guild_id, person="p", verdict="down", **given)
    )
    return state.feedback.queue(guild_id)[-1].id


async def queue(world: World, member: Any) -> simcord.ResponseMessage:
    result = await member.slash(world.channel, "feedback")
    assert result.response is not None
    response: simcord.ResponseMessage = result.response
    return response


async def press(member: Any, message: simcord.ResponseMessage, label: str) -> Any:
    return (await member.click(message, label=label)).response


def resolutions(state: State) -> list[str | None]:
    with state.engine.connect() as connection:
        return list(connection.execute(select(feedback.c.resolution)).scalars())


async def test_a_report_is_shown_with_what_was_said_and_a_link_to_the_answer(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        answer = WordOverlapAnswerer().answer("security risks of widely available model weights")
        state.records.keep(answer, guild_id=world.guild.id)
        state.records.locate(answer.id, channel_id=5, message_id=6)
        report(state, world.guild.id, answer.id, comment="@everyone **see** <#1>")
        shown = await queue(world, steward(world))
        assert shown.ephemeral
        assert "Report 1 of 1" in text_of(shown)
        assert "**Reason:** wrong" in text_of(shown)
        assert "**Comment:** @\u200beveryone \\*\\*see\\*\\* \\<#1\\>" in text_of(shown)
        assert f"(https://discord.com/channels/{world.guild.id}/5/6)" in text_of(shown)
        assert str(REPORTER) not in text_of(shown)
        assert labels(shown) == ["Resolve", "Dismiss"]


async def test_an_answer_that_is_gone_or_private_is_not_linked(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        report(state, world.guild.id, reason=None, comment=None)
        shown = text_of(await queue(world, steward(world)))
        assert ENGLISH("queue.no-answer") in shown
        assert "**Reason:** something else\n**Comment:** no comment" in shown


async def test_an_empty_queue_is_one_sentence(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        shown = await queue(world, steward(world))
        assert (shown.content, shown.embeds, shown.components) == (EMPTY, [], [])
        assert shown.ephemeral


async def test_the_queue_has_pages(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        for number in range(3):
            report(state, world.guild.id, f"a{number}", comment=f"Comment {number}.")
        member = steward(world)
        shown = await queue(world, member)
        assert labels(shown) == ["Resolve", "Dismiss", "Next"]
        shown = await press(member, await press(member, shown, "Next"), "Next")
        assert "Report 3 of 3" in text_of(shown)
        assert "Comment 2." in text_of(shown)
        assert labels(shown) == ["Resolve", "Dismiss", "Previous"]
        assert "Comment 1." in text_of(await press(member, shown, "Previous"))


async def test_resolving_says_what_was_done_and_shows_the_next(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        report(state, world.guild.id)
        report(state, world.guild.id, "b", comment="Second.")
        member = steward(world)
        form = await member.click(await queue(world, member), label="Resolve")
        done = await member.submit_modal(form, {"done": "The source was replaced."})
        assert ENGLISH("queue.resolved") in text_of(done.response)
        assert "Second." in text_of(done.response)
        (told,) = state.feedback.untold()
        assert (told.resolution, told.reporter_id) == ("The source was replaced.", REPORTER)


async def test_nothing_said_resolves_nothing(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        report(state, world.guild.id)
        member = steward(world)
        form = await member.click(await queue(world, member), label="Resolve")
        assert form.modal["components"][0]["component"]["max_length"] == 500
        done = await member.submit_modal(form, {"done": "  "})
        assert ENGLISH("queue.unsaid") in text_of(done.response)
        assert state.feedback.counts(world.guild.id).open == 1


async def test_dismissing_tells_nobody(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        report(state, world.guild.id)
        member = steward(world)
        shown = await press(member, await queue(world, member), "Dismiss")
        assert shown.content == f"{ENGLISH('queue.dismissed')}\n{EMPTY}"
        assert (shown.embeds, shown.components) == ([], [])
        assert state.feedback.untold() == ()
        assert state.feedback.counts(world.guild.id).open == 0


async def test_the_second_to_close_a_report_is_told_so(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        report(state, world.guild.id)
        ada, grace = steward(world, "ada"), steward(world, "grace")
        old = await queue(world, grace)
        form = await grace.click(old, label="Resolve")
        await press(ada, await queue(world, ada), "Dismiss")
        assert ENGLISH("queue.other") in (await press(grace, old, "Dismiss")).content
        done = await grace.submit_modal(form, {"done": "Late."})
        assert ENGLISH("queue.other") in done.response.content
        assert resolutions(state) == [""]


async def test_the_queue_works_after_a_restart(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        for answer_id in ("a", "b"):
            report(state, world.guild.id, answer_id)
        member = steward(world)
        shown = await queue(world, member)
        await world.env.restart_bot(make_bot())
        shown = await press(member, shown, "Next")
        await world.env.restart_bot(make_bot())
        shown = await press(member, shown, "Dismiss")
        assert "Report 1 of 1" in text_of(shown)


async def test_reports_of_another_server_are_out_of_reach_even_by_forged_buttons(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        other = world.env.create_guild("Elsewhere")
        theirs = report(state, other.id, comment="Secret.")
        report(state, world.guild.id, "mine")
        member = steward(world)
        shown = await queue(world, member)
        assert "Secret." not in text_of(shown)
        stored = world.env.backend.get_message(shown.channel_id, shown.id)
        resolve, dismiss = stored.components[0]["components"]
        resolve["custom_id"] = f"queue:resolve:0:{theirs}"
        dismiss["custom_id"] = f"queue:dismiss:0:{theirs}"
        form = await member.click(shown, label="Resolve")
        answers = [
            await press(member, shown, "Dismiss"),
            (await member.submit_modal(form, {"done": "Mine now."})).response,
        ]
        assert all(ENGLISH("queue.other") in text_of(each) for each in answers)
        assert all("Secret." not in text_of(each) for each in answers)
        assert state.feedback.open_report(theirs, guild_id=other.id) is not None
        assert resolutions(state) == [None, None]


async def test_members_without_the_right_are_refused(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        report(state, world.guild.id)
        assert "feedback" not in world.person.available_commands(world.channel)
        await open_to_all(world, "feedback")
        refused = await queue(world, world.person)
        assert (refused.content, refused.ephemeral, refused.embeds) == (REFUSAL, True, [])


async def test_who_lost_the_right_is_refused_at_every_button(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        for answer_id in ("a", "b"):
            report(state, world.guild.id, answer_id)
        member = steward(world)
        shown = await queue(world, member)
        form = await member.click(shown, label="Resolve")
        demote(world, member)
        refused = [await press(member, shown, label) for label in ("Next", "Resolve", "Dismiss")]
        refused.append((await member.submit_modal(form, {"done": "Mine."})).response)
        assert [each.content for each in refused] == [REFUSAL] * 4
        assert resolutions(state) == [None, None]


async def test_reports_are_told_in_german(
    make_bot: MakeBot, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_german(monkeypatch)
    async with world_of(make_bot()) as world:
        report(state, world.guild.id)
        member = steward(world)
        shown = await queue(world, member)
        assert "Meldung 1 von 1\n**Grund:** falsch" in text_of(shown)
        form = await member.click(shown, label="Erledigen")
        assert form.modal["title"] == "Meldung erledigen"
        done = await press(member, shown, "Verwerfen")
        assert GERMAN("queue.dismissed") in done.content


async def test_a_database_out_of_reach_is_told_in_a_sentence(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        report(state, world.guild.id)
        member = steward(world)
        shown = await queue(world, member)
        with state.engine.begin() as connection:
            connection.execute(sql("DROP TABLE feedback"))
        assert (await press(member, shown, "Dismiss")).content == ENGLISH("error.CaveatError")
        assert (await queue(world, member)).content == ENGLISH("error.CaveatError")

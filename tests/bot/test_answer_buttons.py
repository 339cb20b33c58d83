"""What people press under an answer, in a simulated Discord."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord
import simcord.interactions
from sqlalchemy import text as sql

from bot.answer_view import answer_view
from bot.state import State
from bot.words import words_for
from knowledge.errors import IndexUnreadableError
from knowledge.model import Answer
from tests.bot.world import MakeBot, World, text_of, world_of
from tests.fakes import PASSAGES, RESTRICTION, CannedAnswerer, FailingAnswerer, WordOverlapAnswerer

ENGLISH, GERMAN = words_for("en"), words_for("de")
RISKS = "What are the security risks of widely available model weights?"
UNKNOWN = "How many parrots live in Lisbon?"
LIBRARY = (*PASSAGES, RESTRICTION)


def buttons_of(components: list[dict[str, Any]]) -> list[list[str]]:
    """What each row's buttons do."""
    return [
        [button["custom_id"].partition(":")[0] for button in row["components"]]
        for row in components
    ]


def identifier(message: simcord.ResponseMessage | discord.Message, action: str) -> str:
    """The id of the button that does something."""
    rows: list[Any] = [
        row if isinstance(row, dict) else row.to_dict() for row in message.components
    ]
    found = [button["custom_id"] for row in rows for button in row["components"]]
    return str(next(each for each in found if each.startswith(f"{action}:")))


async def press(
    world: World, message: simcord.ResponseMessage | discord.Message, action: str, **by: Any
) -> simcord.InteractionResult:
    presser: simcord.MemberActor = by.get("person", world.person)
    return await presser.click(message, custom_id=identifier(message, action))


def said(result: simcord.InteractionResult) -> str:
    """Everything that only the presser sees."""
    assert result.response is not None
    assert result.response.ephemeral
    return text_of(result.response)


def whispered(result: simcord.InteractionResult) -> str:
    """What is told to the presser after the message itself was touched."""
    (message,) = result.followups
    assert message.ephemeral
    return message.content


async def mention(world: World, question: str, **by: Any) -> discord.Message:
    assert world.bot.user is not None
    person: simcord.MemberActor = by.get("person", world.person)
    await person.send(world.channel, f"{world.bot.user.mention} {question}")
    return world.last


@pytest.fixture
def german_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses reads German; simcord's people read English otherwise."""
    plain = simcord.interactions.base_payload

    def german(*arguments: Any, **named: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = plain(*arguments, **named)
        return record, {**payload, "locale": "de"}

    monkeypatch.setattr(simcord.interactions, "base_payload", german)


async def test_an_answer_has_its_buttons_in_two_rows(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        assert buttons_of(answer.components) == [
            ["evidence", "more"],
            ["other", "up", "down", "delete"],
        ]


async def test_of_an_answer_that_heard_both_sides_no_other_side_is_offered(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await world.ask("Which risks and vulnerabilities come once weights are released?")
        assert "other" not in str(buttons_of(answer.components))


async def test_an_abstention_can_be_judged_and_deleted_only(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(UNKNOWN)
        assert buttons_of(answer.components) == [["up", "down", "delete"]]


@pytest.mark.parametrize(("outcome", "buttons"), [("declined", [["delete"]]), ("smalltalk", [])])
async def test_what_quotes_nothing_has_no_buttons_for_evidence(
    make_bot: MakeBot, outcome: Any, buttons: list[list[str]]
) -> None:
    answer = Answer(id="1", question="hi", outcome=outcome, mode="quoted", text="Hello!")
    async with world_of(make_bot(CannedAnswerer(answer))) as world:
        assert buttons_of((await world.ask("hi")).components) == buttons


def test_no_id_of_an_answer_can_break_a_button() -> None:
    for odd in ("", "x" * 71, "a:b", "ä\n"):
        answer = Answer(id=odd, question="?", outcome="answered", mode="quoted", text="")
        assert answer_view(answer, ENGLISH).children == []
    longest = Answer(id="x" * 70, question="?", outcome="abstained", mode="quoted", text="")
    for button in answer_view(longest, ENGLISH).children:
        assert len(button.to_component_dict()["custom_id"]) <= 100


async def test_more_detail_shows_the_presser_what_was_not_quoted_yet(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await world.ask(RISKS)
        assert "substantial security risks" in text_of(answer)
        more = said(await press(world, answer, "more"))
        assert "substantial security risks" not in more
        assert "obligations set out in paragraph 1" in more
        assert len(world.channel.history()) == 1


async def test_more_detail_that_there_is_not_says_so(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(PASSAGES[:1]))) as world:
        more = said(await press(world, await world.ask(RISKS), "more"))
        assert "My library does not answer this." in more


async def test_the_other_side_is_the_one_that_was_not_heard(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await world.ask("Do openly available models come with vulnerabilities and risks?")
        assert "Joint statement" in text_of(answer)
        other = said(await press(world, answer, "other"))
        assert "Open release and irreversible risk" in other
        assert "Joint statement" not in other


async def test_the_question_of_a_mention_is_read_from_the_message_that_asked(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        answer = await mention(world, RISKS)
        assert "obligations set out" in said(await press(world, answer, "more"))


async def test_a_follow_up_takes_its_topic_from_the_chain_of_replies(make_bot: MakeBot) -> None:
    class Listening(WordOverlapAnswerer):
        heard: tuple[str, tuple[str, ...]] = ("", ())

        def more(self, question: str, *, seen: Any, earlier: Any = ()) -> Answer:
            self.heard = (question, tuple(earlier))
            return super().more(question, seen=seen, earlier=earlier)

    listening = Listening(LIBRARY)
    async with world_of(make_bot(listening)) as world:
        assert world.bot.user is not None
        slash = await world.ask(RISKS)
        follow_up = f"{world.bot.user.mention} and what of security risks and weights?"
        await world.person.send(world.channel, follow_up, reply_to=slash)
        await press(world, world.last, "more")
    assert listening.heard == ("and what of security risks and weights?", (RISKS,))


async def test_a_question_that_was_deleted_is_missed_kindly(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert world.bot.user is not None
        asked = await world.person.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        answer = world.last
        await world.person.delete(asked)
        await world.env.restart_bot(make_bot())  # it remembers no message
        assert said(await press(world, answer, "more")) == ENGLISH("further.question-gone")


async def test_of_a_forgotten_answer_the_buttons_say_so(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        await asyncio.to_thread(state.records.forget, identifier(answer, "more")[5:])
        assert said(await press(world, answer, "more")) == ENGLISH("evidence.gone")
        assert said(await press(world, answer, "other")) == ENGLISH("evidence.gone")


async def test_an_answer_in_a_direct_message_has_working_buttons(make_bot: MakeBot) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        user = world.person.user
        await user.send_dm(RISKS)
        answer = newest(user, world)
        result = await user.click(answer, custom_id=identifier(answer, "more"))
        assert "obligations set out" in said(result)
        await user.click(answer, custom_id=identifier(answer, "delete"))
        assert answer.id not in {message.id for message in user.dm_channel.history()}


def newest(user: simcord.UserHandle, world: World) -> discord.Message:
    assert world.bot.user is not None
    mine = [each for each in user.dm_channel.history() if each.author.id == world.bot.user.id]
    return max(mine, key=lambda message: message.id)


@pytest.mark.parametrize("action", ["more", "other", "up", "down", "delete", "evidence"])
async def test_every_button_works_after_a_restart(make_bot: MakeBot, action: str) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(PASSAGES))) as world:
        answer = await world.ask(RISKS)
        await world.env.restart_bot(make_bot(WordOverlapAnswerer(PASSAGES)))
        result = await press(world, answer, action)
        if action == "down":
            assert result.modal is not None
        elif action == "delete":
            assert world.channel.history() == []
        else:
            assert said(result)


async def test_a_fault_behind_a_button_is_told_kindly_and_logged_without_the_question(
    make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(FailingAnswerer):
        answer = WordOverlapAnswerer().answer

        def more(self, question: str, **_: Any) -> Answer:
            raise ValueError(question)

        def other_side(self, question: str, **_: Any) -> Answer:
            raise IndexUnreadableError(f"{question[:0]}the index is damaged.")

    async with world_of(make_bot(Broken(ValueError()))) as world:
        answer = await world.ask(RISKS)
        assert said(await press(world, answer, "more")) == ENGLISH("error.CaveatError")
        other = said(await press(world, answer, "other"))
        assert other == ENGLISH("error.IndexUnreadableError")
    assert "ValueError" in caplog.text
    assert RISKS not in caplog.text


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


async def test_the_asker_may_delete_an_answer_and_it_is_forgotten(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        by_command = await world.ask(RISKS)
        await press(world, by_command, "delete")
        assert world.channel.history() == []
        assert state.records.evidence(identifier(by_command, "delete")[7:]) is None
        answer = await mention(world, RISKS)
        await press(world, answer, "delete")
        assert answer.id not in {message.id for message in world.channel.history()}


async def test_others_may_not_delete_an_answer(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        other = world.guild.add_member(world.env.create_user("bob"))
        for answer in (await world.ask(RISKS), await mention(world, RISKS)):
            refused = await press(world, answer, "delete", person=other)
            assert whispered(refused) == ENGLISH("delete.refused")
            assert answer.id in {message.id for message in world.channel.history()}
            assert state.records.evidence(identifier(answer, "delete")[7:]) is not None


async def test_moderators_may_delete_an_answer(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        permissions = discord.Permissions(manage_messages=True)
        moderator = world.guild.create_role("Moderators", permissions=permissions)
        other = world.guild.add_member(world.env.create_user("bob"), roles=[moderator])
        await press(world, await world.ask(RISKS), "delete", person=other)
        assert world.channel.history() == []


async def test_who_asked_in_a_message_that_is_gone_is_not_known(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert world.bot.user is not None
        asked = await world.person.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        answer = world.last
        await world.person.delete(asked)
        await world.env.restart_bot(make_bot())  # it remembers no message
        assert whispered(await press(world, answer, "delete")) == ENGLISH("delete.refused")


def long_answer() -> Answer:
    """An answer that needs more than one message without embeds, and with them."""
    answer = WordOverlapAnswerer(LIBRARY).answer(RISKS)
    further = [f"Paragraph {number}. {'It goes on and on. ' * 50}" for number in range(8)]
    return replace(answer, id="long", text="\n\n".join([answer.text, *further]))


async def test_with_a_long_answer_its_further_messages_are_deleted_too(make_bot: MakeBot) -> None:
    async with world_of(make_bot(CannedAnswerer(long_answer()))) as world:
        await mention(world, RISKS)
        mine = [each for each in world.channel.history() if each.author.bot]
        assert len(mine) > 1
        (first,) = [each for each in mine if each.components]
        await press(world, first, "delete")
        assert [each for each in world.channel.history() if each.author.bot] == []


@pytest.mark.usefixtures("german_reader")
async def test_who_reads_german_is_spoken_to_in_german(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        answer = await mention(world, RISKS)  # in a server that speaks English
        labels = [button.label for row in answer.components for button in children(row)]
        assert labels[:3] == ["Show evidence", "More detail", "Other side"]
        assert "Wörtlich zitiert" in said(await press(world, answer, "more"))
        assert "Behörde" in said(await press(world, answer, "evidence"))
        assert said(await press(world, answer, "up")) == GERMAN("verdict.thanks")
        form = await press(world, answer, "down")
        assert form.modal is not None
        assert form.modal["title"] == GERMAN("verdict.title")
        done = await world.person.submit_modal(form, {"reason": ["wrong"]})
        assert said(done) == GERMAN("verdict.taken")
        own = await world.ask(RISKS)
        assert own.components[0]["components"][0]["label"] == "Belege zeigen"
    assert state.feedback.queue(world.guild.id)


def children(row: Any) -> Iterator[discord.Button]:
    yield from row.children


async def test_where_embeds_are_not_allowed_evidence_and_more_are_plain_text(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(WordOverlapAnswerer(LIBRARY))) as world:
        muted = world.guild.create_text_channel(
            "no-embeds",
            overwrites={world.guild.default_role: discord.PermissionOverwrite(embed_links=False)},
        )
        result = await world.person.slash(muted, "ask", question=RISKS)
        assert result.response is not None
        for action, words in (("evidence", "Soliciting Input"), ("more", "obligations set out")):
            shown = await press(world, result.response, action)
            assert words in said(shown)
            assert shown.response is not None
            assert shown.response.embeds == []
            assert len(shown.response.content) <= 2000

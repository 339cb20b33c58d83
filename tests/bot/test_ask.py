import asyncio
import logging

import discord
import pytest
from sqlalchemy.exc import OperationalError

from bot.gate import Limits
from bot.message.question_line import LONGEST_QUESTION, read, read_message
from bot.state import Records, State
from bot.words import words_for
from knowledge.errors import IndexUnreadableError, LibraryError
from knowledge.model import Answer
from tests.bot.world import MakeBot, text_of, world_of
from tests.fakes import CannedAnswerer, FailingAnswerer, WordOverlapAnswerer

HELP = words_for("en")("ask.help")
RISKS = "What are the security risks of widely available model weights?"
QUOTE = "also substantial security risks, such as the removal of safeguards within the model"
LINK = "https://www.federalregister.gov/documents/2023/11/01/2023-24283#page=26"


async def test_ask_defers_and_answers_in_one_message(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        response = await world.ask(RISKS)
        kinds = [
            request.json["type"]
            for request in world.env.http_requests
            if request.path.endswith("/callback") and isinstance(request.json, dict)
        ]
        assert kinds == [discord.InteractionResponseType.deferred_channel_message.value]
        assert len(world.channel.history()) == 1
        assert QUOTE in text_of(response)


async def test_the_sources_stand_below_with_status_date_place_and_link(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        _, sources = (await world.ask(RISKS)).embeds
        shown = (sources.description or "").replace("\u00a0", " ")
        assert f"**[Executive Order 14110: Safe, Secure, and Trustworthy AI]({LINK})**" in shown
        assert "Government · ⚠️ revoked 20 Jan 2025 · weighs both sides" in shown
        assert "The White House · 30 Oct 2023 · p. 26" in shown
        assert "Advocacy · ☑️ final version · argues for openness" in shown
        assert sources.footer.text == "Quoted word for word · Library of 23 Nov 2026"


async def test_marks_lead_to_the_source(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        answer, _ = (await world.ask(RISKS)).embeds
        assert f"[[1]]({LINK})" in (answer.description or "")


async def test_the_question_shows_above_the_answer_to_a_command_only(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        answer, _ = (await world.ask(RISKS)).embeds
        assert read(answer.description) == RISKS
        assert world.bot.user is not None
        await world.person.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        assert read_message(world.last) is None


async def test_an_abstention_shows_the_nearest_sources(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        response = await world.ask("How many parrots live in Lisbon?")
        assert "My library does not answer this." in text_of(response)
        assert "> When the weights for a dual-use foundation model" in text_of(response)


async def test_smalltalk_is_one_plain_line(make_bot: MakeBot) -> None:
    hello = Answer(id="1", question="hi", outcome="smalltalk", mode="quoted", text="Hello!")
    async with world_of(make_bot(CannedAnswerer(hello))) as world:
        response = await world.ask("hi")
        assert (response.content, response.embeds) == (words_for("en")("smalltalk.greeting"), [])


async def test_a_mention_is_answered_as_a_reply(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert world.bot.user is not None
        asked = await world.person.send(world.channel, f"Hey <@{world.bot.user.id}>, {RISKS}")
        assert QUOTE in text_of(world.last)
        assert world.last.reference is not None
        assert world.last.reference.message_id == asked.id


async def test_the_role_of_the_bot_gets_help_because_discord_hides_the_question(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world_of(make_bot()) as world:
        role = world.guild.create_role("Caveat")
        mine = property(lambda guild: guild.get_role(role.id))  # simcord gives bots no role
        monkeypatch.setattr(discord.Guild, "self_role", mine)
        await world.person.send(world.channel, f"<@&{role.id}> {RISKS}")
        assert world.last.content == HELP


async def test_a_bare_mention_gets_help(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert world.bot.user is not None
        await world.person.send(world.channel, world.bot.user.mention)
        assert world.last.content == HELP


async def test_a_direct_message_needs_no_mention(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        await world.person.send_dm(RISKS)
        history = world.person.user.dm_channel.history()
        assert QUOTE in text_of(history[-1]) or QUOTE in text_of(history[0])


async def test_other_messages_and_other_bots_are_left_alone(make_bot: MakeBot) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        assert world.bot.user is not None
        other = world.guild.add_member(world.env.create_user("other", bot=True))
        await world.person.send(world.channel, RISKS)
        await world.person.send(world.channel, f"@everyone {RISKS}")
        await other.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        assert answering.asked == 0


async def test_a_long_mention_is_asked_to_be_shorter(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert world.bot.user is not None
        await world.person.send(world.channel, world.bot.user.mention + "why " * 200)
        assert f"at most {LONGEST_QUESTION} characters" in world.last.content


async def test_without_leave_to_embed_the_answer_is_plain_text(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        muted = world.guild.create_text_channel(
            "no-embeds",
            overwrites={
                world.guild.default_role: discord.PermissionOverwrite(embed_links=False),
            },
        )
        result = await world.person.slash(muted, "ask", question=RISKS)
        assert result.response is not None
        assert result.response.embeds == []
        assert QUOTE in result.response.content
        assert LINK in result.response.content
        assert world.bot.user is not None
        await world.person.send(muted, f"{world.bot.user.mention} Now: {RISKS}")
        assert muted.last_message is not None
        assert QUOTE in muted.last_message.content
        assert muted.last_message.flags.suppress_embeds


async def test_a_fault_of_the_library_is_told_kindly(make_bot: MakeBot) -> None:
    failing = FailingAnswerer(IndexUnreadableError("/secret/path is damaged"))
    async with world_of(make_bot(failing)) as world:
        response = await world.ask(RISKS)
        assert response.content == IndexUnreadableError.user_message


async def test_a_defect_is_told_kindly_and_logged_without_the_question(
    make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    async with world_of(make_bot(FailingAnswerer(ValueError(f"bad: {RISKS}")))) as world:
        assert (await world.ask(RISKS)).content == words_for("en")("error.CaveatError")
    assert "ValueError" in caplog.text
    assert RISKS not in caplog.text


async def test_no_log_line_holds_a_question(
    make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with world_of(make_bot()) as world:
            await world.ask(RISKS)
    assert RISKS not in caplog.text


@pytest.mark.parametrize(
    "fault",
    [OperationalError("INSERT", {}, Exception("disk full")), LibraryError("bot.db is full.")],
)
async def test_an_answer_is_shown_although_its_evidence_cannot_be_stored(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    bot = make_bot()

    def full(_records: Records, _answer: Answer, **_further: object) -> None:
        raise fault

    monkeypatch.setattr(Records, "keep", full)
    async with world_of(bot) as world:
        response = await world.ask(RISKS)
        assert QUOTE in text_of(response)
        assert response.components == []


async def test_people_who_ask_at_once_all_get_their_answer(make_bot: MakeBot) -> None:
    bot = make_bot()
    answers = await asyncio.gather(*(bot.services.gate.answer(RISKS) for _ in range(5)))
    assert len({answer.id for answer in answers}) == 5


async def test_beyond_the_bound_people_are_told_that_it_is_busy(make_bot: MakeBot) -> None:
    async with world_of(make_bot(limits=Limits(waiting=0))) as world:
        assert "Many people are asking" in (await world.ask(RISKS)).content


async def test_nothing_that_is_sent_pings_anyone(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        await world.ask(RISKS)
        assert world.bot.user is not None
        await world.person.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        sent = [
            request.json
            for request in world.env.http_requests
            if isinstance(request.json, dict) and "embeds" in request.json
        ]
        assert len(sent) == 2
        assert all(body["allowed_mentions"]["parse"] == [] for body in sent)


async def test_an_answer_is_counted_for_the_server_in_which_it_was_asked_with_its_time(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        await world.ask(RISKS)
        await world.person.send_dm(RISKS)
        here = await asyncio.to_thread(state.records.counts, world.guild.id)
        assert here.answered == 1
        assert here.median_ms is not None
        assert (await asyncio.to_thread(state.records.counts, None)).answered == 1


async def test_only_default_intents_are_asked_for(make_bot: MakeBot) -> None:
    assert make_bot().intents == discord.Intents.default()

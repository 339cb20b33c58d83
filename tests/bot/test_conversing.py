"""Conversations go on without a mention where Discord shows what is said."""

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend import serializers

from bot.state import GuildSettings, State
from bot.words import words_for
from tests.bot.test_ask import QUOTE, RISKS
from tests.bot.world import MakeBot, settings_in, text_of, world_of
from tests.fakes import TalkingAnswerer, WordOverlapAnswerer

ENGLISH = words_for("en")
FOLLOW_UP = "and what about the widely available safeguards?"


@pytest.fixture
def answering() -> WordOverlapAnswerer:
    return WordOverlapAnswerer()


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that remembers no message, and a Discord that nests one in another but once."""
    made: Any = serializers.message_payload

    def flat(*arguments: Any, **options: Any) -> Any:
        payload = made(*arguments, **options)
        nested: dict[str, Any] = payload.get("referenced_message", {})
        nested.pop("referenced_message", None)
        return payload

    monkeypatch.setattr(serializers, "message_payload", flat)
    unknown = property(lambda _reference: None)
    monkeypatch.setattr(discord.MessageReference, "cached_message", unknown)


async def test_a_reply_to_an_answer_goes_on_and_carries_what_was_asked(
    make_bot: MakeBot, answering: WordOverlapAnswerer
) -> None:
    async with world_of(make_bot(answering)) as world:
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        await world.person.send(world.channel, FOLLOW_UP, reply_to=world.last)
        assert QUOTE in text_of(world.last)
        await world.person.send(world.channel, "And models?", reply_to=world.last)
    assert answering.heard == [
        (RISKS, ()),
        (FOLLOW_UP, (RISKS,)),
        ("And models?", (FOLLOW_UP, RISKS)),
    ]


@pytest.mark.usefixtures("forgetful")
async def test_the_chain_is_fetched_where_it_is_not_remembered(
    make_bot: MakeBot, answering: WordOverlapAnswerer, state: State
) -> None:
    async with world_of(make_bot(answering)) as world:
        state.guilds.write(world.guild.id, GuildSettings(per_user_minute=20))
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        for number in range(8):
            follow_up = f"{world.mention} and models {number}?"
            await world.person.send(world.channel, follow_up, reply_to=world.last)
        fetched = [
            request
            for request in world.env.http_requests
            if request.method == "GET" and "/messages/" in request.path
        ]
    assert answering.heard[1][1] == (RISKS,)
    assert answering.heard[2][1] == ("and models 0?", RISKS)
    assert len(answering.heard[-1][1]) <= 5
    assert 0 < len(fetched) <= 8 * 5


async def test_a_reply_with_a_mention_to_a_slash_answer_carries_its_question(
    make_bot: MakeBot, answering: WordOverlapAnswerer
) -> None:
    async with world_of(make_bot(answering)) as world:
        answer = await world.ask(RISKS)
        await world.person.send(world.channel, f"{world.mention} {FOLLOW_UP}", reply_to=answer)
    assert answering.heard[-1] == (FOLLOW_UP, (RISKS,))


async def test_a_deleted_question_ends_the_chain(
    make_bot: MakeBot, answering: WordOverlapAnswerer
) -> None:
    async with world_of(make_bot(answering)) as world:
        asked = await world.person.send(world.channel, f"{world.mention} {RISKS}")
        answer = world.last
        await world.person.delete(asked)
        await world.person.send(world.channel, FOLLOW_UP, reply_to=answer)
    assert answering.heard[-1] == (FOLLOW_UP, ())


@pytest.mark.usefixtures("forgetful")
async def test_a_discord_that_does_not_tell_what_was_asked_holds_no_answer_up(
    make_bot: MakeBot, answering: WordOverlapAnswerer
) -> None:
    async with world_of(make_bot(answering)) as world:
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        world.env.inject_error("GET", "/channels/*/messages/*", status=404, times=None)
        await world.person.send(world.channel, FOLLOW_UP, reply_to=world.last)
    assert answering.heard[-1] == (FOLLOW_UP, ())


async def test_direct_messages_are_a_conversation_for_an_hour(
    make_bot: MakeBot, answering: WordOverlapAnswerer
) -> None:
    async with world_of(make_bot(answering)) as world:
        await world.person.send_dm(RISKS)
        await world.person.send_dm(FOLLOW_UP)
        await world.person.user.slash("ask", question="and models?")
        await world.env.advance_time(2 * 3600)
        await world.person.send_dm(FOLLOW_UP)
    assert answering.heard[1:] == [
        (FOLLOW_UP, (RISKS,)),
        ("and models?", (FOLLOW_UP, RISKS)),
        (FOLLOW_UP, ()),
    ]


async def test_a_mention_that_replies_to_nothing_begins_anew(
    make_bot: MakeBot, answering: WordOverlapAnswerer
) -> None:
    async with world_of(make_bot(answering)) as world:
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        await world.person.send(world.channel, f"{world.mention} {FOLLOW_UP}")
    assert answering.heard[-1] == (FOLLOW_UP, ())


async def test_what_discord_does_not_show_is_met_with_silence(
    make_bot: MakeBot, answering: WordOverlapAnswerer
) -> None:
    async with world_of(make_bot(answering)) as world:
        answer = await world.ask(RISKS)
        await world.person.send(world.channel, FOLLOW_UP, reply_to=answer)  # pings nobody
        await world.person.send(world.channel, "", attachments=[("a.png", b"x")], reply_to=answer)
        assert len(world.channel.history()) == 3
    assert answering.asked == 1


async def test_replies_to_other_people_are_left_alone(
    make_bot: MakeBot, answering: WordOverlapAnswerer, tmp_path: Path
) -> None:
    following = make_bot(answering, settings=settings_in(tmp_path, FOLLOW_THREADS="yes"))
    async with world_of(following) as world:
        other = world.guild.add_member(world.env.create_user("grace"))
        said = await other.send(world.channel, RISKS)
        await world.person.send(world.channel, RISKS, reply_to=said)
        await world.person.send(world.channel, RISKS)
    assert answering.asked == 0


async def test_threads_are_followed_only_when_the_operator_wants_it(
    make_bot: MakeBot, answering: WordOverlapAnswerer, state: State, tmp_path: Path
) -> None:
    following = settings_in(tmp_path, FOLLOW_THREADS="yes")
    for settings, follows in ((settings_in(tmp_path), False), (following, True)):
        answering.heard.clear()
        async with world_of(make_bot(answering, settings=settings)) as world:
            state.guilds.write(world.guild.id, GuildSettings(threads="always"))
            await world.person.send(world.channel, f"{world.mention} {RISKS}")
            (thread,) = world.channel.threads
            await world.person.send(thread, FOLLOW_UP)
            other = world.guild.add_member(world.env.create_user("grace"))
            await other.send(thread, f"{world.person.mention} what do you say?")
        expected = [(RISKS, ()), (FOLLOW_UP, (RISKS,))]
        assert answering.heard == (expected if follows else expected[:1])


def test_following_threads_asks_for_one_more_intent(make_bot: MakeBot, tmp_path: Path) -> None:
    bot = make_bot(settings=settings_in(tmp_path, FOLLOW_THREADS="yes"))
    assert dict(bot.intents) == {**dict(discord.Intents.default()), "message_content": True}
    blank = settings_in(tmp_path, FOLLOW_THREADS="", ANSWER_DIRECT_MESSAGES="")
    assert (blank.follow_threads, blank.answer_direct_messages) == (False, True)


async def test_smalltalk_is_answered_in_the_language_in_which_it_is_said(
    make_bot: MakeBot,
) -> None:
    talking = make_bot(TalkingAnswerer())
    async with world_of(talking) as world:
        await world.person.send_dm("Danke!")
        last = world.person.user.dm_channel.last_message
        assert last is not None
        assert last.content.startswith("Gern geschehen")
        await world.person.send(world.channel, f"{world.mention} Danke!")
        assert world.last.content == ENGLISH("smalltalk.thanks")

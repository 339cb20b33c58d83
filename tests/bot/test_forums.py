"""Posts in forums are answered once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.message.question_line import read_message
from bot.state import GuildSettings, State
from bot.words import words_for
from knowledge.errors import IndexMissingError
from tests.bot.test_ask import QUOTE, RISKS
from tests.bot.world import MakeBot, World, settings_in, text_of, world_of
from tests.fakes import FailingAnswerer, WordOverlapAnswerer

ENGLISH = words_for("en")
TITLE = "Widely available model weights"


async def post(
    world: World, forum: simcord.ChannelHandle, title: str, text: str
) -> simcord.ChannelHandle:
    """A person's post, announced as Discord does: the thread, then its first message."""
    backend = world.env.backend
    thread = backend.create_thread(forum.id, title, world.person.id, broadcast=False)
    first = backend.prepare_message(thread.id, world.person.id, text)
    first.id = thread.id
    backend.commit_message(first, broadcast=False)
    backend.announce_thread_create(thread)
    backend.announce_message_create(first)
    await world.env.settle()
    return next(each for each in forum.threads if each.id == thread.id)


def answered(thread: simcord.ChannelHandle) -> list[str | None]:
    return [read_message(each) for each in thread.history() if each.embeds]


async def test_new_posts_are_answered_by_themselves_where_the_server_wants_it(
    make_bot: MakeBot, state: State, tmp_path: Path
) -> None:
    reading = make_bot(settings=settings_in(tmp_path, FOLLOW_THREADS="yes"))
    async with world_of(reading) as world:
        forum, other = (world.guild.create_forum_channel(name) for name in ("help", "other"))
        state.guilds.write(world.guild.id, GuildSettings(forums=frozenset({forum.id})))
        thread = await post(world, forum, TITLE, "What are their security risks?")
        assert answered(thread) == [f"{TITLE}: What are their security risks?"]
        answer = thread.history()[-1]
        assert QUOTE in text_of(answer)
        assert answer.reference is not None
        assert answer.reference.message_id == thread.id
        assert answered(await post(world, other, TITLE, RISKS)) == []


async def test_without_the_words_of_the_post_its_title_is_the_question(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        forum = world.guild.create_forum_channel("help")
        state.guilds.write(world.guild.id, GuildSettings(forums=frozenset({forum.id})))
        thread = await post(world, forum, TITLE, "Hidden without the intent.")
        assert answered(thread) == [TITLE]


async def test_a_post_that_mentions_the_bot_is_answered_once(
    make_bot: MakeBot, state: State
) -> None:
    for forums in (False, True):
        async with world_of(make_bot()) as world:
            forum = world.guild.create_forum_channel("help")
            chosen = frozenset({forum.id} if forums else ())
            state.guilds.write(world.guild.id, GuildSettings(forums=chosen))
            thread = await post(world, forum, TITLE, f"{world.mention} what are the risks?")
            assert answered(thread) == [f"{TITLE}: what are the risks?"]


async def test_a_post_is_answered_on_request_and_never_twice(make_bot: MakeBot) -> None:
    first_bot = make_bot()
    async with world_of(first_bot) as world:
        forum = world.guild.create_forum_channel("help")
        thread = await post(world, forum, TITLE, "Anybody?")
        assert answered(thread) == []
        await world.person.send(thread, world.mention)
        assert answered(thread) == [TITLE]
        await world.person.send(thread, world.mention)
        assert thread.history()[-1].content == ENGLISH("ask.help")
        await world.env.restart_bot(make_bot())
        await world.person.send(thread, world.mention)
        assert thread.history()[-1].content == ENGLISH("ask.help")
        assert answered(thread) == [TITLE]


async def test_a_question_in_a_post_is_answered_for_itself(make_bot: MakeBot) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        forum = world.guild.create_forum_channel("help")
        thread = await post(world, forum, TITLE, "Anybody?")
        await world.person.send(thread, world.mention)
        await world.person.send(thread, f"{world.mention} and safeguards?")
    assert answering.heard == [(TITLE, ()), ("and safeguards?", (TITLE,))]


async def test_the_author_of_an_answered_post_goes_on_and_others_are_left_alone(
    make_bot: MakeBot, tmp_path: Path
) -> None:
    answering = WordOverlapAnswerer()
    following = make_bot(answering, settings=settings_in(tmp_path, FOLLOW_THREADS="yes"))
    async with world_of(following) as world:
        forum = world.guild.create_forum_channel("help")
        thread = await post(world, forum, TITLE, "Anybody?")
        await world.person.send(thread, "Nobody here?")
        await world.person.send(thread, world.mention)
        assert following.user is not None
        world.env.backend.add_thread_member(
            thread.id, following.user.id
        )  # Discord does, simcord not
        await world.env.settle()
        other = world.guild.add_member(world.env.create_user("grace"))
        await other.send(thread, "I think so too.")
        await world.person.send(thread, "and safeguards?")
    question = f"{TITLE}: Anybody?"
    assert answering.heard == [(question, ()), ("and safeguards?", (question,))]


async def test_a_long_post_is_read_from_its_beginning_and_the_answer_says_so(
    make_bot: MakeBot, state: State, tmp_path: Path
) -> None:
    reading = make_bot(settings=settings_in(tmp_path, FOLLOW_THREADS="yes"))
    async with world_of(reading) as world:
        forum = world.guild.create_forum_channel("help")
        state.guilds.write(world.guild.id, GuildSettings(forums=frozenset({forum.id})))
        thread = await post(world, forum, TITLE, "What are their security risks? " * 40)
        answer = thread.history()[-1]
        assert answer.content == ENGLISH("ask.shortened", limit=500)
        assert answer.embeds
        (question,) = answered(thread)
        assert question is not None
        assert question.endswith("risks?")


async def test_posts_of_bots_are_left_alone(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        forum = world.guild.create_forum_channel("help")
        state.guilds.write(world.guild.id, GuildSettings(forums=frozenset({forum.id})))
        channel: Any = world.bot.get_channel(forum.id)
        await channel.create_thread(name=TITLE, content="Mine.")
        await world.env.settle()
        robot = world.guild.add_member(world.env.create_user("robot", bot=True))
        await post(replace(world, person=robot), forum, TITLE, "Theirs.")
        assert [answered(thread) for thread in forum.threads] == [[], []]


@pytest.mark.parametrize("asked", [False, True])
async def test_an_excuse_is_made_only_to_those_who_asked(
    make_bot: MakeBot, state: State, *, asked: bool
) -> None:
    async with world_of(make_bot(FailingAnswerer(IndexMissingError("/path")))) as world:
        forum = world.guild.create_forum_channel("help")
        state.guilds.write(world.guild.id, GuildSettings(forums=frozenset({forum.id})))
        thread = await post(world, forum, TITLE, "Anybody?")
        if asked:
            await world.person.send(thread, world.mention)
        excuses = [ENGLISH("error.IndexMissingError")] if asked else []
        assert [each.content for each in thread.history() if each.author.bot] == excuses

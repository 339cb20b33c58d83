"""A thread for each question, where a server wants it so."""

import discord
import pytest

from bot.asking.threads import thread_name
from bot.message.escape import size
from bot.message.question_line import read_message
from bot.state import GuildSettings, State
from bot.words import words_for
from tests.bot.test_ask import QUOTE, RISKS
from tests.bot.world import MakeBot, World, text_of, world_of

ENGLISH = words_for("en")


def want_threads(state: State, world: World) -> None:
    state.guilds.write(world.guild.id, GuildSettings(threads="always"))


async def test_the_answer_to_a_mention_goes_into_a_thread_on_the_question(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        want_threads(state, world)
        asked = await world.person.send(world.channel, f"{world.mention} {RISKS}")
        (thread,) = world.channel.threads
        assert (thread.id, thread.name) == (asked.id, RISKS)
        (answer,) = thread.history()
        assert QUOTE in text_of(answer)
        assert read_message(answer) == RISKS
        assert not [each for each in world.channel.history() if each.embeds]


async def test_the_answer_to_a_command_gets_a_thread_on_itself(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        want_threads(state, world)
        answer = await world.ask(RISKS)
        assert [thread.id for thread in world.channel.threads] == [answer.id]
        await world.ask(RISKS, private="yes")
        assert len(world.channel.threads) == 1


async def test_talk_and_excuses_open_no_thread(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        want_threads(state, world)
        await world.person.send(world.channel, world.mention)
        await world.person.send(world.channel, world.mention + " why" * 300)
        assert world.channel.threads == []


async def test_in_a_thread_no_further_one_is_opened(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        want_threads(state, world)
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        (thread,) = world.channel.threads
        await world.person.send(thread, f"{world.mention} {RISKS}")
        assert len(world.channel.threads) == 1
        assert len(thread.history()) == 3


@pytest.mark.parametrize("refused", ["by permission", "by Discord"])
async def test_without_a_thread_the_answer_is_an_ordinary_reply(
    make_bot: MakeBot, state: State, refused: str
) -> None:
    async with world_of(make_bot()) as world:
        want_threads(state, world)
        channel = world.channel
        if refused == "by permission":
            none = discord.PermissionOverwrite(create_public_threads=False)
            channel = world.guild.create_text_channel(
                "no-threads", overwrites={world.guild.default_role: none}
            )
        else:
            world.env.inject_error("POST", "/channels/*/threads", status=400, code=160004)
        asked = await world.person.send(channel, f"{world.mention} {RISKS}")
        answer = channel.last_message
        assert answer is not None
        assert QUOTE in text_of(answer)
        assert answer.reference is not None
        assert answer.reference.message_id == asked.id
        assert channel.threads == []


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Is **Llama** `open` source?", "Is Llama open source?"),
        ("<@123456789012345678> and <#1> @everyone: ||why||?", "and everyone: why?"),
        ("> # [text](https://x.example) <a:wave:123> <t:1:R>", "text wave"),
        ("snake_case __bold__\nnext line", "snake_case bold next line"),
        ("<@123456789012345678>", ENGLISH("ask.thread")),
    ],
)
def test_the_name_of_a_thread_is_the_question_without_markup(question: str, name: str) -> None:
    assert thread_name(question, ENGLISH) == name


def test_the_name_of_a_thread_fits() -> None:
    for question in ("why " * 200, "😀" * 400, "x" * 500):
        assert 0 < size(thread_name(question, ENGLISH)) <= 100

"""Who floods the bot does not make it flood."""

from datetime import timedelta

import discord
import pytest

from bot.asking.replying import MOST_HINTS
from bot.message.question_line import LONGEST_QUESTION
from bot.state import GuildSettings, State
from bot.state.refusals import FREE
from bot.words import words_for
from tests.bot.presses import RISKS, mention
from tests.bot.world import MakeBot, World, world_of
from tests.fakes import WordOverlapAnswerer

ENGLISH = words_for("en")
FLOOD = 12
MOST = GuildSettings().per_user_day


def answers(world: World) -> list[discord.Message]:
    """What the bot wrote in the channel, the oldest first."""
    assert world.bot.user is not None
    mine = [each for each in world.channel.history() if each.author.id == world.bot.user.id]
    return sorted(mine, key=lambda message: message.id)


def beginning(key: str) -> str:
    """How a refusal begins, before its time."""
    return ENGLISH(key, most=1, when="{").partition("{")[0]


async def test_a_flood_of_mentions_gets_one_reply_for_each_limit_and_then_silence(
    make_bot: MakeBot, state: State
) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        state.guilds.write(world.guild.id, GuildSettings(per_user_day=1))
        for _ in range(FLOOD):
            await mention(world, RISKS)
        _, day, pause = answers(world)
        assert day.content.startswith(beginning("limits.user-day"))
        assert pause.content.startswith(beginning("limits.back-off"))
        calls = len(world.env.http_requests)
        await mention(world, RISKS)
        assert len(world.env.http_requests) == calls  # neither a sign of typing nor a look back
        other = world.guild.add_member(world.env.create_user("eve"))
        await mention(world, "Which obligations apply to open-source models?", person=other)
        assert len(answers(world)) == 4
    assert answering.asked == 2


async def test_who_was_sent_away_sees_further_refusals_alone(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        state.guilds.write(world.guild.id, GuildSettings(per_user_day=1))
        shown = [await world.ask(RISKS) for _ in range(FREE + 5)]
    assert [each.ephemeral for each in shown] == [False] * (FREE + 3) + [True, True]
    assert shown[-1].content.startswith(beginning("limits.back-off"))


@pytest.mark.parametrize(
    ("said", "key"),
    [("", "ask.help"), ("\u200b \u202e", "ask.help"), ("why " * 150, "ask.too-long")],
)
async def test_who_mentions_the_bot_over_and_over_hears_how_to_ask_a_few_times(
    make_bot: MakeBot, said: str, key: str
) -> None:
    async with world_of(make_bot()) as world:
        for _ in range(FLOOD):
            await mention(world, said)
        hint = ENGLISH(key, limit=LONGEST_QUESTION) if key == "ask.too-long" else ENGLISH(key)
        assert [each.content for each in answers(world)] == [hint] * MOST_HINTS


async def test_where_the_bot_does_not_answer_it_says_so_a_few_times(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        state.guilds.write(world.guild.id, GuildSettings(answer_channels=frozenset({1})))
        told = set()
        for _ in range(FLOOD):
            told.add((await mention(world, RISKS)).content)
        requests = [each for each in world.env.http_requests if each.method == "POST"]
        sent = [each for each in requests if each.path.endswith(f"{world.channel.id}/messages")]
        assert len(sent) == MOST_HINTS
        assert ENGLISH("ask.nowhere-public") in told


async def test_a_flood_of_direct_messages_gets_one_reply_for_each_limit(
    make_bot: MakeBot, state: State
) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        for _ in range(MOST - 1):
            name = state.pseudonyms.of(world.person.id)
            state.uses.count("user", f"dm:{name}", timedelta(days=1))
        for _ in range(FLOOD):
            await world.person.send_dm(RISKS)
        history = world.person.user.dm_channel.history()
        mine = [each for each in history if each.author.id != world.person.id]
        _, day, pause = sorted(mine, key=lambda message: message.id)
        assert day.content.startswith(ENGLISH("limits.user-day", most=MOST, when="")[:-2])
        assert pause.content.startswith(beginning("limits.back-off"))
    assert answering.asked == 1

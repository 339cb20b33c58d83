"""Somebody in danger gets help lines for themselves, and nothing that others need to see."""

import asyncio
from pathlib import Path

import pytest

from bot.asking.danger import MOST_REMINDED
from bot.gate import BusyError, Limits
from bot.message.question_line import read_message
from bot.state import GuildSettings, State
from bot.state.refusals import FREE
from bot.words import words_for
from knowledge.answer import Answerer
from knowledge.index import SnapshotKeeper
from knowledge.search import Searcher
from tests.bot.presses import buttons_of
from tests.bot.world import MakeBot, World, speak, text_of, world_of
from tests.fakes import WordEncoder, WordOverlapAnswerer

ENGLISH = words_for("en")
CRISIS = "I want to kill myself."
LINES = ("findahelpline.com", "988", "116 123", "0800 111 0 111")


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    """The real answerer, which needs no library for this."""
    keeper = SnapshotKeeper(tmp_path / "none", lambda _: None)
    return Answerer(Searcher(encoder=WordEncoder(), snapshots=keeper))


def shown(world: World) -> list[str]:
    """What the bot wrote in the channel."""
    assert world.bot.user is not None
    mine = [each for each in world.channel.history() if each.author.id == world.bot.user.id]
    return [text_of(each) for each in mine]


def whole(text: str) -> bool:
    """Whether a message is the humane answer with every line, not the lines alone."""
    return all(line in text for line in LINES) and "I am sorry" in text


@pytest.mark.parametrize("threads", ["never", "always"])
async def test_help_lines_come_without_evidence_threads_or_an_echo(
    make_bot: MakeBot, answerer: Answerer, state: State, threads: str
) -> None:
    async with world_of(make_bot(answerer)) as world:
        state.guilds.write(world.guild.id, GuildSettings(threads=threads))  # type: ignore[arg-type]
        commanded = await world.ask(CRISIS)
        other = world.guild.add_member(world.env.create_user("eve"))
        await other.send(world.channel, f"{world.mention} {CRISIS}")
        mentioned = world.last
        for message in (commanded, mentioned):
            text = text_of(message)
            assert all(line in text for line in LINES)
            assert CRISIS not in text
        rows = [row.to_dict() for row in mentioned.components]
        assert buttons_of(commanded.components) == buttons_of(rows) == [["delete"]]  # type: ignore[arg-type]
        assert read_message(commanded.message) is None
        assert world.channel.threads == []


async def test_whoever_writes_the_same_gets_the_lines_and_no_link(
    make_bot: MakeBot, answerer: Answerer
) -> None:
    async with world_of(make_bot(answerer)) as world:
        other = world.guild.add_member(world.env.create_user("eve"))
        for person in (world.person, other, world.person):
            await person.send(world.channel, f"{world.mention} {CRISIS}")
        await other.slash(world.channel, "ask", question=CRISIS)
        texts = shown(world)
        assert len(texts) == 4
        for text in texts:
            assert all(line in text for line in LINES)
            assert "discord.com/channels" not in text


async def test_the_lines_stand_in_the_readers_language_and_in_direct_messages(
    make_bot: MakeBot, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot(answerer)) as world:
        assert "TelefonSeelsorge" in text_of(await world.ask("Ich will nicht mehr leben."))
        await world.person.send_dm(CRISIS)
        history = world.person.user.dm_channel.history()
        (answer,) = [each for each in history if each.author.id != world.person.id]
        assert all(line in text_of(answer) for line in LINES)


async def test_no_limit_keeps_the_lines_from_somebody_in_danger(
    make_bot: MakeBot, answerer: Answerer, state: State
) -> None:
    async with world_of(make_bot(answerer)) as world:
        state.guilds.write(world.guild.id, GuildSettings(per_user_day=1))
        await world.ask("Who may use Llama?")
        for _ in range(FREE + 4):
            refused = await world.ask("Who may use Llama?")
        beginning = ENGLISH("limits.back-off", when="{").partition("{")[0]
        assert refused.content.startswith(beginning)
        await world.person.send(world.channel, f"{world.mention} {CRISIS}")
        assert whole(text_of(world.last))
        state.guilds.write(world.guild.id, GuildSettings(per_guild_day=1))
        other = world.guild.add_member(world.env.create_user("eve"))
        result = await other.slash(world.channel, "ask", question=CRISIS)
        assert result.response is not None
        assert whole(text_of(result.response))


async def test_whoever_waits_is_overtaken_by_somebody_in_danger(make_bot: MakeBot) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering, Limits(waiting=1))) as world:
        gate = world.bot.services.gate
        with answering.gate:  # an answer is under way, and others are turned away
            asked = [asyncio.create_task(gate.answer("Who may use Llama?")) for _ in range(3)]
            await asyncio.wait(asked, return_when=asyncio.FIRST_EXCEPTION)
            await world.person.send(world.channel, f"{world.mention} {CRISIS}")
            assert whole(text_of(world.last))
        ended = await asyncio.gather(*asked, return_exceptions=True)
    assert BusyError in map(type, ended)


async def test_a_blocked_member_in_danger_gets_the_lines_wherever_they_write(
    make_bot: MakeBot, answerer: Answerer, state: State
) -> None:
    async with world_of(make_bot(answerer)) as world:
        members = [world.guild.add_member(world.env.create_user(name)) for name in "abcd"]
        state.blocks.block(world.guild.id, [state.pseudonyms.of(each.id) for each in members])
        await members[0].send(world.channel, f"{world.mention} {CRISIS}")
        assert whole(text_of(world.last))
        assert world.last.components == []
        called = (await members[1].slash(world.channel, "ask", question=CRISIS)).response
        assert called is not None
        assert (whole(text_of(called)), called.ephemeral) == (True, True)
        written = await members[2].send(world.channel, CRISIS)
        menu = ENGLISH("command.menu.ask")
        chosen = (await members[3].context_menu(world.channel, menu, written)).response
        assert chosen is not None
        assert (whole(text_of(chosen)), chosen.ephemeral) == (True, True)


@pytest.mark.parametrize("padding", ["", "I do not know what to do any more. " * 20])
async def test_the_lines_come_where_a_server_wants_no_answers(
    make_bot: MakeBot, answerer: Answerer, state: State, padding: str
) -> None:
    async with world_of(make_bot(answerer)) as world:
        state.guilds.write(world.guild.id, GuildSettings(answer_channels=frozenset({1})))
        await world.person.send(world.channel, f"{world.mention} {padding}{CRISIS}")
        assert whole(text_of(world.last))
        other = world.guild.add_member(world.env.create_user("eve"))
        result = await other.slash(world.channel, "ask", question=CRISIS)
        assert result.response is not None
        assert (whole(text_of(result.response)), result.response.ephemeral) == (True, True)


async def test_who_writes_it_over_and_over_sees_the_lines_a_few_times_a_minute(
    make_bot: MakeBot, answerer: Answerer, state: State
) -> None:
    async with world_of(make_bot(answerer)) as world:
        for _ in range(MOST_REMINDED + 5):
            await world.person.send(world.channel, f"{world.mention} {CRISIS}")
        texts = shown(world)
        assert all(line in text for text in texts for line in LINES)
        assert sorted(map(whole, texts)) == [False] * MOST_REMINDED + [True]
        assert state.records.counts(world.guild.id).declined == 1

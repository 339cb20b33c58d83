"""Somebody in danger gets help lines for themselves, and nothing that others need to see."""

from pathlib import Path

import pytest

from bot.message.question_line import read_message
from bot.state import GuildSettings, State
from knowledge.answer import Answerer
from knowledge.index import SnapshotKeeper
from knowledge.search import Searcher
from tests.bot.presses import buttons_of
from tests.bot.world import MakeBot, World, speak, text_of, world_of
from tests.fakes import WordEncoder

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


@pytest.mark.parametrize("threads", ["never", "always"])
async def test_help_lines_come_without_evidence_threads_or_an_echo(
    make_bot: MakeBot, answerer: Answerer, state: State, threads: str
) -> None:
    async with world_of(make_bot(answerer)) as world:
        state.guilds.write(world.guild.id, GuildSettings(threads=threads))  # type: ignore[arg-type]
        commanded = await world.ask(CRISIS)
        await world.person.send(world.channel, f"{world.mention} {CRISIS}")
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

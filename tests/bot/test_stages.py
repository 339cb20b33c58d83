"""What is shown while an answer is being written."""

import asyncio
import threading
import time

import discord

from bot.asking.stages import staged
from knowledge.writing import Stage
from tests.bot.presses import RISKS
from tests.bot.world import MakeBot, text_of, world_of
from tests.bot.writers import ScriptedChat, WritingAnswerer

READING, WRITING = Stage(name="reading", sources=3), Stage(name="writing", sources=3)


async def test_a_quick_answer_shows_no_stage() -> None:
    shown: list[Stage] = []

    async def show(stage: Stage) -> None:
        shown.append(stage)

    async with staged(show, patience=5) as tell:
        tell(READING)
    await asyncio.sleep(0.01)
    assert shown == []


async def test_the_newest_stage_is_shown_once_with_pauses_and_none_after_the_answer() -> None:
    shown: list[tuple[float, Stage]] = []

    async def show(stage: Stage) -> None:
        shown.append((time.monotonic(), stage))
        await asyncio.sleep(0.05)

    async with staged(show, patience=0.05, pause=0.2) as tell:
        for stage in (READING, WRITING, WRITING):
            thread = threading.Thread(target=tell, args=(stage,))
            thread.start()
            thread.join()
        await asyncio.sleep(0.15)
        tell(READING)
        tell(WRITING)
        tell(READING)
        await asyncio.sleep(0.25)
        begun = time.monotonic()
    tell(WRITING)
    await asyncio.sleep(0.3)
    assert [stage for _, stage in shown] == [WRITING, READING]
    assert shown[1][0] - shown[0][0] >= 0.2
    assert time.monotonic() - begun < 0.5


async def test_the_answer_waits_for_a_stage_that_is_on_its_way() -> None:
    arrived = False

    async def show(_: Stage) -> None:
        nonlocal arrived
        await asyncio.sleep(0.2)
        arrived = True

    async with staged(show, patience=0) as tell:
        tell(READING)
        await asyncio.sleep(0.05)
    assert arrived


async def test_a_discord_that_takes_no_stage_keeps_nobody_from_the_answer() -> None:
    async def show(_: Stage) -> None:
        raise discord.ClientException

    async with staged(show, patience=0) as tell:
        tell(READING)
        await asyncio.sleep(0.05)
        tell(WRITING)


async def test_a_mention_has_one_message_that_becomes_the_answer(make_bot: MakeBot) -> None:
    answerer = WritingAnswerer(ScriptedChat(before=lambda: time.sleep(2.4)))
    async with world_of(make_bot(answerer)) as world:
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        await world.env.settle()
        mine = [each for each in world.channel.history() if each.author == world.bot.user]
    assert len(mine) == 1
    assert mine[0].content == ""
    assert "✓ 2 of 2 sentences checked" in text_of(mine[0])

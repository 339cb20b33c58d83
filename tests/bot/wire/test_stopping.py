"""SIGTERM: what is being said is said, and then the process is gone."""

import time
from pathlib import Path

from tests.bot.wire.process import bot
from tests.bot.wire.questions import QUOTE, risks, rules
from tests.bot.wire.server import Discord, text_of

DRAINED_WITHIN = 10
STOPPING = "Stopping"  # in the log, once the signal was seen


async def test_stopping_finishes_the_answers_under_way(discord: Discord, tmp_path: Path) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, ANSWER_SECONDS="0.7") as running:
        record, asked = ada.ask(risks()), ada.mention(risks())
        await discord.until(lambda: record.responded)
        begun = time.monotonic()
        running.signal()
        ended = await running.ended(DRAINED_WITHIN)
        assert time.monotonic() - begun < DRAINED_WITHIN
    assert ended.code == 0
    assert QUOTE in text_of(await discord.answer(record))
    assert QUOTE in text_of(await discord.reply(asked))
    assert discord.gateway.closings == [1000]


async def test_who_asks_while_it_stops_is_told_so(discord: Discord, tmp_path: Path) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, ANSWER_SECONDS="2") as running:
        first = ada.ask(risks())
        await discord.until(lambda: first.responded)
        running.signal()
        await discord.until(lambda: STOPPING in running.log)
        second = ada.ask(rules())
        shown = await discord.answer(second)
        assert discord.world.message(first) is None
        ended = await running.ended()
    assert ended.code == 0
    assert "restarting" in text_of(shown)
    assert QUOTE in text_of(await discord.answer(first))


async def test_a_second_signal_waits_for_nobody(discord: Discord, tmp_path: Path) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, ANSWER_SECONDS="20") as running:
        record = ada.ask(risks())
        await discord.until(lambda: record.responded)
        begun = time.monotonic()
        running.signal()
        await discord.until(lambda: STOPPING in running.log)
        running.signal()
        ended = await running.ended(5)
    assert time.monotonic() - begun < 5
    assert ended.code == 0


async def test_a_gateway_that_says_nothing_any_more_does_not_hold_it(
    discord: Discord, tmp_path: Path
) -> None:
    async with bot(discord, tmp_path) as running:
        discord.gateway.fall_silent()
        running.signal()
        ended = await running.ended(DRAINED_WITHIN)
    assert ended.code == 0

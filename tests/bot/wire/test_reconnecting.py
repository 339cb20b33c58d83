"""Lost gateway connections: nothing that was asked meanwhile is lost or answered twice."""

from pathlib import Path

from tests.bot.wire.gateway import HEARTBEAT, RECONNECT
from tests.bot.wire.process import bot
from tests.bot.wire.questions import QUOTE, RULES_QUOTE, risks, rules
from tests.bot.wire.server import Discord, text_of


async def test_what_was_asked_while_the_line_was_dead_is_answered_once(
    discord: Discord, tmp_path: Path
) -> None:
    world = discord.world
    ada = world.person()
    async with bot(discord, tmp_path) as running:
        before = ada.ask(risks())
        await discord.answer(before)
        discord.gateway.drop()
        missed, asked = ada.ask(rules()), ada.mention(risks())
        assert RULES_QUOTE in text_of(await discord.answer(missed))
        assert QUOTE in text_of(await discord.reply(asked))
        await running.stop()
    assert (len(discord.gateway.identified), discord.gateway.resumed) == (1, 1)
    assert len(world.messages()) == 3


async def test_a_session_that_becomes_invalid_during_an_answer_delays_nothing(
    discord: Discord, tmp_path: Path
) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, ANSWER_SECONDS="1") as running:
        record, asked = ada.ask(risks()), ada.mention(rules())
        await discord.until(lambda: record.responded)
        discord.gateway.resumable = False
        discord.gateway.drop()
        assert QUOTE in text_of(await discord.answer(record))
        assert RULES_QUOTE in text_of(await discord.reply(asked))
        await discord.until(lambda: len(discord.gateway.identified) == 2)
        assert QUOTE in text_of(await discord.answer(ada.ask(risks())))
        await running.stop()
    assert discord.gateway.resumed == 0
    assert len(discord.world.messages()) == 3


async def test_it_moves_when_told_to_and_comes_back_when_nobody_answers(
    discord: Discord, tmp_path: Path
) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path) as running:
        beats = discord.gateway.beats
        await discord.gateway.order(HEARTBEAT)
        await discord.until(lambda: discord.gateway.beats > beats)
        await discord.gateway.order(RECONNECT)
        await discord.until(lambda: discord.gateway.resumed == 1)
        discord.gateway.refusing = 1
        discord.gateway.drop()
        record = ada.ask(risks())
        assert QUOTE in text_of(await discord.answer(record))
        await running.stop()
    assert (len(discord.gateway.identified), discord.gateway.resumed) == (1, 2)


async def test_a_token_that_is_withdrawn_meanwhile_ends_in_one_sentence(
    discord: Discord, tmp_path: Path
) -> None:
    async with bot(discord, tmp_path) as running:
        discord.gateway.token = "an0ther.secret.t0ken"  # noqa: S105 - of no bot
        discord.gateway.drop()
        ended = await running.ended()
    assert ended.code == 2
    assert ended.errors.strip().splitlines()[-1].startswith("Discord refused the token.")

"""Whatever happens, and however much is logged, the log names nobody and repeats nothing."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest
from simcord.backend.models import Message

from bot.state import open_state
from bot.words import words_for
from tests.bot.wire.faults import broken
from tests.bot.wire.process import bot
from tests.bot.wire.questions import risks
from tests.bot.wire.server import TOKEN, Discord
from tests.bot.wire.world import Person
from tests.bot.world import settings_in

ENGLISH = words_for("en")
KEY = f"sk-{'a1B2' * 12}"


async def erase(discord: Discord, ada: Person) -> Message:
    """Has everything of somebody erased; the message that asks whether they want it."""
    record = ada.command("forget-me")
    await discord.answer(record)
    sure = discord.world.message(record)
    assert sure is not None
    ada.press(sure, ENGLISH("privacy.button.forget"))
    return sure


async def use_everything(discord: Discord, ada: Person) -> None:
    """Has somebody ask by every way in, judge, look, and have all of it erased."""
    asked = ada.mention(f"{risks()} {KEY}")
    await discord.reply(asked)
    (answer,) = discord.world.replies(asked)
    await discord.answer(ada.ask(risks()))
    await discord.reply(ada.write(risks(), ada.direct_channel))
    for button in ("vidence", "👍") if answer.components else ():
        await discord.answer(ada.press(answer, button))
    await discord.answer(ada.command("privacy"))
    erased = await erase(discord, ada)
    await discord.until(lambda: "✅" in (erased.content or ""))


@pytest.mark.parametrize("faulty", [False, True])
async def test_a_log_of_everything_names_nobody_and_repeats_nothing(
    discord: Discord, tmp_path: Path, *, faulty: bool
) -> None:
    ada = discord.world.person("Ada Hypatia")
    environment = {"DEBUG_LOGS": "1", **({"FAULTY_ANSWERS": "1"} if faulty else {})}
    async with bot(discord, tmp_path, **environment) as running:
        await use_everything(discord, ada)
        discord.fail("POST", "/channels/*/messages", partial(broken, 500))
        await discord.reply(ada.mention(risks()))
        with sqlite3.connect(tmp_path / "bot.db") as connection:
            connection.execute("DROP TABLE feedback")
            connection.execute("DROP TABLE uses")
        connection.close()
        await discord.reply(ada.mention(risks()))
        await erase(discord, ada)
        await discord.until(lambda: "A page was not shown" in running.log)
        ended = await running.stop()
    state = open_state(settings_in(tmp_path))
    name = state.pseudonyms.of(ada.identifier)
    state.close()
    log = ended.output + ended.errors
    assert " DEBUG " in log
    assert "WARNING" in log
    assert ("ValueError" in log) is faulty
    direct = str(ada.direct_channel.id)
    for secret in (str(ada.identifier), direct, name, "Hypatia", "security risks", KEY[3:], TOKEN):
        assert secret not in log, [line for line in log.splitlines() if secret in line][:3]

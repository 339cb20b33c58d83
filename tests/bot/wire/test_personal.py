"""A real process hands over what it keeps of a person, and leaves none of it behind."""

import json
from pathlib import Path
from typing import Any

from bot.state import open_state
from bot.words import words_for
from tests.bot.traces import files_of, rows_about
from tests.bot.wire.process import bot
from tests.bot.wire.questions import risks
from tests.bot.wire.server import Discord
from tests.bot.wire.world import Person
from tests.bot.world import settings_in

ENGLISH = words_for("en")


async def use(discord: Discord, person: Person) -> None:
    """Has somebody ask in the open and alone, judge an answer, and opt out of checks."""
    asked = person.mention(risks())
    await discord.reply(asked)
    (answer,) = discord.world.replies(asked)
    await discord.answer(person.ask(risks()))
    await discord.reply(person.write(risks(), person.direct_channel))
    await discord.answer(person.press(answer, "👍"))
    record = person.command("privacy")
    await discord.answer(record)
    notice = discord.world.message(record)
    assert notice is not None
    person.press(notice, ENGLISH("privacy.button.opt-out"))
    await discord.until(lambda: ENGLISH("privacy.opted-out") in (notice.content or ""))


async def held_of(discord: Discord, person: Person) -> dict[str, Any]:
    """What `/my-data` hands over, as it came through the wire."""
    record = person.command("my-data")
    await discord.answer(record)
    message = discord.world.message(record)
    assert message is not None
    assert message.is_ephemeral
    (file,) = message.attachments
    held: dict[str, Any] = json.loads(discord.world.backend.cdn.get(file["url"]) or b"")
    return held


async def test_all_that_is_kept_of_a_person_is_handed_over_and_then_gone(
    discord: Discord, tmp_path: Path
) -> None:
    ada, eve = discord.world.person("Ada Hypatia"), discord.world.person("Eve")
    settings = settings_in(tmp_path)
    async with bot(discord, tmp_path):
        for person in (ada, eve):
            await use(discord, person)
        state = open_state(settings)
        mine, hers = (
            (str(each.identifier), state.pseudonyms.of(each.identifier)) for each in (ada, eve)
        )
        kept = rows_about(state, *mine)
        state.close()
        held = await held_of(discord, ada)
        assert set(kept) == {"feedback", "uses", "opt_outs"}
        for table, rows in kept.items():
            assert len(held[table]) >= len(rows), table
        assert len(held["answers"]) == 1  # the one that stands in direct messages
        assert not any(name in json.dumps(held) for name in hers)
        assert not any(text in json.dumps(held) for text in discord.world.said)
        record = ada.command("forget-me")
        await discord.answer(record)
        sure = discord.world.message(record)
        assert sure is not None
        ada.press(sure, ENGLISH("privacy.button.forget"))
        await discord.until(lambda: "✅" in (sure.content or ""))
        empty = await held_of(discord, ada)
        assert [table for table, rows in empty.items() if isinstance(rows, list) and rows] == []
    state = open_state(settings)
    assert rows_about(state, *mine) == {}
    assert set(rows_about(state, *hers)) == {"feedback", "uses", "opt_outs"}
    state.close()
    files = files_of(settings)
    big_endian = ada.identifier.to_bytes(8, "big")  # as SQLite stores a number
    for trace in (*(name.encode() for name in mine), big_endian):
        assert trace not in files
    assert hers[1].encode() in files

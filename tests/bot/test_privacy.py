"""What people are told of their data, given of it, and what is erased."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
import simcord
from sqlalchemy import select

from bot.cogs.privacy import MOST_ERASURES
from bot.message.escape import size
from bot.personal.notice import PARTS, privacy_embed
from bot.settings import BotSettings
from bot.state import State
from bot.state.schema import feedback, metadata
from bot.words import LANGUAGES, words_for
from knowledge.compose import open_suggestions
from tests.bot.presses import RISKS, mention, press
from tests.bot.world import MakeBot, World, settings_in, speak, world_of

ENGLISH, GERMAN = words_for("en"), words_for("de")
PAGE = "https://www.example.org/report.pdf"


async def command(world: World, name: str, person: Any = None) -> simcord.ResponseMessage:
    result = await (person or world.person).slash(world.channel, name)
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


async def leave_traces(world: World, state: State) -> None:
    """Has the person do all that leaves something in a database."""
    asked = await mention(world, RISKS)
    await world.person.send_dm(RISKS)
    opened = await press(world, asked, "down")
    await world.person.submit_modal(opened, {"reason": ["wrong"], "comment": "No."})
    await world.person.slash(world.channel, "source suggest", url=PAGE)
    name = state.pseudonyms.of(world.person.id)
    state.people.opt_out(name)
    state.blocks.block(404, [name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_fits_a_message_and_says_who_sees_messages(
    language: str, tmp_path: Path
) -> None:
    words = words_for(language)
    kept = settings_in(tmp_path, KEEP_GAP_QUESTIONS="yes", FOLLOW_THREADS="yes")
    embed = privacy_embed(words, kept)
    assert len(embed.fields) == len(PARTS)
    assert all(0 < size(field.value or "") <= 1024 for field in embed.fields)
    assert len(embed) <= 6000
    text = "\n".join(field.value or "" for field in embed.fields)
    for key in ("privacy.kept", "privacy.follows", "privacy.no-chat", "privacy.file"):
        assert words(key) in text


async def test_the_notice_is_shown_in_direct_messages_and_in_the_readers_language(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot()) as world:
        result = await world.person.user.slash("privacy")
        assert result.response.embeds[0].title == GERMAN("privacy.title")


@pytest.mark.simcord(settle_timeout=30)
async def test_everything_about_a_person_is_handed_over_and_nothing_of_others(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        await leave_traces(world, state)
        other = world.guild.add_member(world.env.create_user("eve"))
        await mention(world, RISKS, person=other)
        response = await command(world, "my-data")
        (file,) = response.attachments
        held = json.loads(await file.read())
        empty = json.loads(await (await command(world, "my-data", other)).attachments[0].read())
    assert held["feedback"][0]["reporter_id"] == world.person.id
    assert held["suggestions"][0]["contact"] == str(world.person.id)
    for table in ("answers", "uses", "opt_outs", "blocks"):
        assert held[table], table
    assert state.pseudonyms.of(other.id) not in json.dumps(held)
    assert {name for name, rows in empty.items() if isinstance(rows, list) and rows} == {"uses"}


@pytest.mark.simcord(settle_timeout=30)
async def test_forgetting_leaves_no_byte_of_the_person_in_files_or_logs(
    make_bot: MakeBot,
    state: State,
    settings: BotSettings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    async with world_of(make_bot()) as world:
        await leave_traces(world, state)
        names = (str(world.person.id), state.pseudonyms.of(world.person.id))
        before = stored(settings)
        assert all(name.encode() in before for name in names)
        asked = await command(world, "forget-me")
        assert asked.content == ENGLISH("privacy.sure")
        done = await world.person.click(asked, custom_id="privacy:forget")
        assert done.response is not None
        for what in ("feedback", "answers", "blocks", "suggestions"):
            assert ENGLISH(f"privacy.erased.{what}", number=1) in done.response.content
        assert ENGLISH("privacy.not-erased") in done.response.content
        after = stored(settings)
    big_endian = world.person.id.to_bytes(8, "big")  # as SQLite stores a number
    for name in (*(each.encode() for each in names), big_endian):
        assert name not in after
    assert not any(name in caplog.text for name in names)
    queue = open_suggestions(settings)
    assert len(queue.pending()) == 1
    queue.close()


async def test_forgetting_takes_nothing_of_others(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        other = world.guild.add_member(world.env.create_user("eve"))
        await mention(world, RISKS, person=other)
        state.people.opt_out(state.pseudonyms.of(other.id))
        asked = await command(world, "forget-me")
        done = await world.person.click(asked, custom_id="privacy:forget")
        assert done.response is not None
        assert done.response.content.startswith(ENGLISH("privacy.erased-nothing"))
    assert state.people.opted_out(state.pseudonyms.of(other.id))
    assert len(rows(state)["uses"]) > 0
    assert len(rows(state)["answers"]) == 1


async def test_limits_are_not_escaped_by_erasing_over_and_over(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        told = []
        for _ in range(MOST_ERASURES + 1):
            asked = await command(world, "forget-me")
            done = await world.person.click(asked, custom_id="privacy:forget")
            assert done.response is not None
            told.append(done.response.content)
    refusal = ENGLISH("privacy.erased-often", most=MOST_ERASURES, when="").partition(" .")[0]
    assert [text.startswith(refusal) for text in told] == [False] * MOST_ERASURES + [True]


async def test_a_database_that_fails_is_told_kindly(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        with state.engine.begin() as connection:
            feedback.drop(connection)
        assert (await command(world, "my-data")).content == ENGLISH("error.CaveatError")


def rows(state: State) -> dict[str, list[Any]]:
    with state.engine.connect() as connection:
        return {
            name: list(connection.execute(select(table))) for name, table in metadata.tables.items()
        }


def stored(settings: BotSettings) -> bytes:
    """All bytes of both databases, their logs included."""
    return b"".join(path.read_bytes() for path in settings.data_dir.rglob("*.db*"))

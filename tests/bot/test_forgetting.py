"""What `/forget-me` erases in both databases, and what it leaves to protect others."""

import json
import logging
import uuid

import pytest

from bot.cogs.privacy import MOST_ERASURES
from bot.settings import BotSettings
from bot.state import State
from bot.words import words_for
from knowledge.compose import open_suggestions
from tests.bot.presses import RISKS, mention
from tests.bot.traces import be_a_nuisance, command, files_of, forget, leave_traces, rows_about
from tests.bot.world import MakeBot, settings_in, world_of
from tests.postgres import fresh_database

ENGLISH = words_for("en")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> BotSettings:
    """Settings that lead to an empty database of each kind, for state and library."""
    folder = tmp_path_factory.mktemp("data")
    if request.param == "sqlite":
        return settings_in(folder)
    socket = request.getfixturevalue("postgres")
    address = fresh_database(socket, f"forgetting_{uuid.uuid4().hex[:12]}")
    return settings_in(folder, DATABASE_URL=address)


@pytest.mark.simcord(settle_timeout=30)
async def test_no_row_byte_or_log_line_of_the_person_is_left(
    make_bot: MakeBot,
    state: State,
    settings: BotSettings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    async with world_of(make_bot()) as world:
        await leave_traces(world, state)
        names = (str(world.person.id), state.pseudonyms.of(world.person.id))
        tables = {"feedback", "uses", "opt_outs"}
        assert tables <= set(rows_about(state, *names))
        told = await forget(world)
        for what in ("feedback", "answers", "suggestions"):
            assert ENGLISH(f"privacy.erased.{what}", number=1) in told
        assert ENGLISH("privacy.not-erased") in told
        assert rows_about(state, *names) == {}
        after = files_of(settings)
    big_endian = world.person.id.to_bytes(8, "big")  # as SQLite stores a number
    for name in (*(each.encode() for each in names), big_endian):
        assert name not in after
    assert not any(name in caplog.text for name in names)
    queue = open_suggestions(settings)
    assert len(queue.pending()) == 1
    assert queue.of(names[0]) == ()
    queue.close()


@pytest.mark.simcord(settle_timeout=30)
async def test_blocks_and_waits_stay_and_the_person_is_told_so(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        await leave_traces(world, state)
        be_a_nuisance(world, state)
        names = (str(world.person.id), state.pseudonyms.of(world.person.id))
        told = await forget(world)
        for key in ("privacy.left.blocks", "privacy.left.refusals"):
            assert ENGLISH(key, count=1) in told
        left = rows_about(state, *names)
        assert {table: len(rows) for table, rows in left.items()} == {"blocks": 1, "refusals": 1}
        assert names[0] not in str(left)
        (file,) = (await command(world, "my-data")).attachments
        held = json.loads(await file.read())
        assert held["blocks"][0]["guild_id"] == 404
        assert held["refusals"][0]["key"] == f"405:{names[1]}"
        again = await forget(world)
        assert ENGLISH("privacy.erased-nothing") in again
        assert ENGLISH("privacy.left.blocks", count=1) in again


async def test_a_blocked_member_stays_blocked_after_erasing(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        state.blocks.block(world.guild.id, [state.pseudonyms.of(world.person.id)])
        await forget(world)
        assert (await world.ask(RISKS)).content == ENGLISH("block.told")


async def test_forgetting_takes_nothing_of_others(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        other = world.guild.add_member(world.env.create_user("eve"))
        name = state.pseudonyms.of(other.id)
        await mention(world, RISKS, person=other)
        state.people.opt_out(name)
        assert (await forget(world)).startswith(ENGLISH("privacy.erased-nothing"))
    assert set(rows_about(state, name)) == {"uses", "opt_outs"}
    assert state.records.counts(world.guild.id).answered == 1


async def test_limits_are_not_escaped_by_erasing_over_and_over(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        told = [await forget(world) for _ in range(MOST_ERASURES + 1)]
    refusal = ENGLISH("privacy.erased-often", most=MOST_ERASURES, when="").partition(" .")[0]
    assert [text.startswith(refusal) for text in told] == [False] * MOST_ERASURES + [True]

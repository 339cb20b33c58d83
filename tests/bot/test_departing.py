"""Servers that take the bot out, and what becomes of what is kept of them."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text, update

from bot.cogs.departing import Departing
from bot.settings import BotSettings
from bot.state import GuildSettings, State
from bot.state.schema import departures
from knowledge.compose import open_suggestions
from tests.bot.world import MakeBot, World, world_of

PAGE = "https://www.example.org/report.pdf"


def story(world: World) -> Departing:
    found = world.bot.get_cog("Departing")
    assert isinstance(found, Departing)
    return found


async def lose(world: World, **told: Any) -> None:
    """Has Discord say that a server is gone."""
    gone = {"id": str(world.guild.id), **told}
    world.bot._connection.parse_guild_delete(gone)  # type: ignore[arg-type]  # noqa: SLF001
    await world.env.settle()
    await asyncio.sleep(0.2)  # a listener that writes in a thread


def left(state: State) -> list[int]:
    with state.engine.connect() as connection:
        return list(connection.execute(select(departures.c.guild_id)).scalars())


async def test_an_outage_is_no_removal(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        await lose(world, unavailable=True)
        assert left(state) == []
        await lose(world)
        assert left(state) == [world.guild.id]


async def test_coming_back_cancels_it(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        guild = world.bot.get_guild(world.guild.id)
        assert guild is not None
        for begin in (story(world).on_guild_remove, story(world).on_guild_join):
            await begin(guild)
        assert left(state) == []
        state.departures.left(guild.id)
        state.guilds.write(404, GuildSettings())
        await story(world).on_ready()
        assert left(state) == [404]


async def test_a_server_that_stayed_away_is_forgotten_in_both_databases(
    make_bot: MakeBot, state: State, settings: BotSettings
) -> None:
    async with world_of(make_bot()) as world:
        await world.person.slash(world.channel, "source suggest", url=PAGE)
        state.guilds.write(world.guild.id, GuildSettings(language="de"))
        state.departures.left(world.guild.id)
        await story(world).look()
        assert state.guilds.read(world.guild.id).language == "de"
        with state.engine.begin() as connection:
            connection.execute(update(departures).values(left_at="2020-01-01T00:00:00+00:00"))
        await story(world).look()
        assert state.guilds.read(world.guild.id) == GuildSettings()
        assert left(state) == []
        queue = open_suggestions(settings)
        (kept,) = queue.pending()
        queue.close()
    assert (kept.guild, kept.contact) == (None, str(world.person.id))


async def test_a_database_that_fails_costs_one_line(
    make_bot: MakeBot, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    async with world_of(make_bot()) as world:
        with state.engine.begin() as connection:
            connection.execute(text("DROP TABLE departures"))
        await lose(world)
        await story(world).look()
    assert "A change of servers was not noted" in caplog.text
    assert "What servers left is deleted later" in caplog.text

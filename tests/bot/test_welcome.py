from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
import simcord
from sqlalchemy import text as sql

from bot.cogs.welcome import welcome_text
from bot.permissions import NEEDED, lacking
from bot.state import State
from bot.words import LANGUAGES, words_for
from tests.bot.world import MakeBot, World, world_of

ENGLISH, GERMAN = words_for("en"), words_for("de")
SILENT = discord.PermissionOverwrite(send_messages=False)


def texts_in(channel: simcord.ChannelHandle) -> list[str]:
    return [message.content for message in channel.history()]


async def joined(
    world: World, *names: str, closed: Sequence[str] = (), **guild: str
) -> list[simcord.ChannelHandle]:
    """The channels of a server that the bot has just joined."""
    new = world.env.create_guild("new", preferred_locale=guild.get("locale"))
    me = world.bot.user
    assert me is not None
    channels = [
        new.create_text_channel(name, overwrites={me: SILENT} if name in closed else None)
        for name in names
    ]
    if "system" in guild:
        system = next(each for each in channels if each.name == guild["system"])
        world.env.backend.edit_guild(new.id, {"system_channel_id": system.id})
    await join(world, new)
    return channels


async def join(world: World, new: simcord.GuildHandle) -> None:
    """Tells the bot that it has joined; simcord says only that a server is there."""
    await world.env.settle()
    guild = world.bot.get_guild(new.id)
    assert guild is not None
    with world.env.time_context():
        for listener in world.bot.extra_events["on_guild_join"]:
            await listener(guild)


async def test_a_new_server_gets_one_message_with_three_things(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        (general,) = await joined(world, "general")
        (text,) = texts_in(general)
    assert "`/ask question:" in text
    assert "`/settings`" in text
    assert ENGLISH("welcome.complete") in text


async def test_it_stands_in_the_system_channel_when_the_bot_may_write_there(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot()) as world:
        first, system = await joined(world, "first", "system", system="system")
        assert (len(texts_in(first)), len(texts_in(system))) == (0, 1)


async def test_else_it_stands_in_the_first_channel_open_to_the_bot(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        channels = await joined(
            world, "closed", "open", "system", closed=["closed", "system"], system="system"
        )
        assert [len(texts_in(channel)) for channel in channels] == [0, 1, 0]


async def test_it_stays_silent_where_it_may_write_nowhere(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        (closed,) = await joined(world, "closed", closed=["closed"])
        assert texts_in(closed) == []


async def test_a_channel_that_refuses_after_all_is_passed_over(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        first, second = await joined(world, "first", "second")
        assert len(texts_in(first)) + len(texts_in(second)) == 1


async def test_rules_are_left_alone(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        new = world.env.create_guild("new")
        rules, talk = new.create_text_channel("rules"), new.create_text_channel("talk")
        world.env.backend.edit_guild(new.id, {"rules_channel_id": rules.id})
        await join(world, new)
        assert (len(texts_in(rules)), len(texts_in(talk))) == (0, 1)


async def test_it_speaks_the_language_of_the_server(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        (general,) = await joined(world, "general", locale="de")
        (text,) = texts_in(general)
    assert text == welcome_text(discord.Permissions.all(), GERMAN).strip()


async def test_a_server_that_is_back_after_an_outage_or_restart_is_not_greeted_again(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot()) as world:
        new = world.env.create_guild("new")
        general = new.create_text_channel("general")
        await join(world, new)
        again = make_bot()
        await world.env.restart_bot(again)
        await join(replace(world, bot=again), new)  # thrown out and asked in again
        assert len(texts_in(general)) == 1


async def test_a_server_that_was_joined_long_ago_is_not_greeted(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        guild = world.bot.get_guild(world.guild.id)
        assert guild is not None
        assert guild.me.joined_at is not None
        guild.me.joined_at -= timedelta(hours=1)
        await join(world, world.guild)
        assert texts_in(world.channel) == []


async def test_two_servers_are_greeted_each(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        (first,) = await joined(world, "first", locale="de")
        (second,) = await joined(world, "second")
        assert "Danke" in texts_in(first)[0]
        assert "Thank you" in texts_in(second)[0]


async def test_a_state_out_of_reach_costs_no_welcome(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        with state.engine.begin() as connection:
            connection.execute(sql("DROP TABLE uses"))
        (general,) = await joined(world, "general")
        assert len(texts_in(general)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_lacking_is_named_and_all_of_it_fits_a_message(language: str) -> None:
    words = words_for(language)
    assert lacking(discord.Permissions.none()) == NEEDED
    text = welcome_text(discord.Permissions(view_channel=True, send_messages=True), words)
    assert words("permission.embed_links") in text.splitlines()[-1]
    assert len(welcome_text(discord.Permissions.none(), words)) <= 2_000

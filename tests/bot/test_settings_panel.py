import asyncio
from dataclasses import replace
from typing import Any

import pytest
import simcord
from sqlalchemy import text as sql

from bot.state import GuildSettings, State
from bot.words import words_for
from tests.bot.managing import demote, labels, menu, open_to_all, read_german, steward
from tests.bot.world import MakeBot, World, settings_in, text_of, world_of

ENGLISH, GERMAN = words_for("en"), words_for("de")
REFUSAL = ENGLISH("rights.manage-server")


async def panel(world: World, member: Any, topic: str | None = None) -> simcord.ResponseMessage:
    result = await member.slash(world.channel, "settings")
    shown: simcord.ResponseMessage = result.response
    return shown if topic is None else await choose(member, shown, "topic", [topic])


async def choose(
    member: Any, message: simcord.ResponseMessage, topic: str, values: list[Any]
) -> simcord.ResponseMessage:
    result = await member.select(message, values, custom_id=f"settings:in:{topic}")
    shown: simcord.ResponseMessage = result.response
    return shown


async def press(member: Any, message: simcord.ResponseMessage, label: str) -> Any:
    result = await member.click(message, label=label)
    return result.response


async def test_the_panel_shows_every_setting_to_the_one_who_asked(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        shown = await panel(world, steward(world))
        assert shown.ephemeral
        assert [line.split("**")[1] for line in text_of(shown).splitlines() if "**" in line] == [
            "Channels:",
            "Threads:",
            "Forums:",
            "Direct messages:",
            "Language:",
            "Answers to commands:",
            "Without limits:",
            "Blocked:",
            "Limits:",
        ]
        assert "**Channels:** everywhere" in text_of(shown)
        assert "5 a minute and 100 a day" in text_of(shown)
        assert "their words are not kept" in text_of(shown)


async def test_each_topic_has_its_own_controls_and_says_what_it_means(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        shown = await panel(world, member)
        for topic in ("answer_channels", "threads", "forums", "direct_messages", "language"):
            shown = await choose(member, shown, "topic", [topic])
            assert ENGLISH(f"settings.about.{topic}") in text_of(shown)
        for topic in ("private_answers", "exempt_roles", "limits", "reset"):
            shown = await choose(member, shown, "topic", [topic])
            assert ENGLISH(f"settings.about.{topic}") in text_of(shown)
            assert len(shown.components) >= 2


async def test_channels_roles_and_forums_are_chosen_from_menus(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        forum = world.guild.create_forum_channel("help")
        role = world.guild.create_role("patrons")
        shown = await panel(world, member, "answer_channels")
        shown = await choose(member, shown, "answer_channels", [world.channel])
        assert f"**Channels:** {world.channel.mention}" in text_of(shown)
        assert ENGLISH("settings.saved") in text_of(shown)
        (chosen,) = menu(shown, "settings:in:answer_channels")["default_values"]
        assert int(chosen["id"]) == world.channel.id
        shown = await choose(member, shown, "topic", ["forums"])
        shown = await choose(member, shown, "forums", [forum])
        shown = await choose(member, shown, "topic", ["exempt_roles"])
        shown = await choose(member, shown, "exempt_roles", [role])
        assert f"**Without limits:** {role.mention}" in text_of(shown)
        assert state.guilds.read(world.guild.id) == GuildSettings(
            answer_channels=frozenset({world.channel.id}),
            forums=frozenset({forum.id}),
            exempt_roles=frozenset({role.id}),
        )
        shown = await choose(member, shown, "topic", ["answer_channels"])
        await press(member, shown, "Everywhere")
        assert state.guilds.read(world.guild.id).answer_channels == frozenset()


async def test_switches_are_set_by_buttons_and_language_by_a_menu(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        shown = await press(member, await panel(world, member, "threads"), "A thread each")
        shown = await choose(member, shown, "topic", ["direct_messages"])
        shown = await press(member, shown, "Do not allow")
        shown = await choose(member, shown, "topic", ["private_answers"])
        shown = await press(member, shown, "Only for who asked")
        shown = await choose(member, shown, "topic", ["language"])
        shown = await choose(member, shown, "language", ["de"])
        assert "**Language:** Deutsch" in text_of(shown)
        assert state.guilds.read(world.guild.id) == GuildSettings(
            threads="always", direct_messages=False, private_answers=True, language="de"
        )
        shown = await choose(member, shown, "language", ["server"])
        assert state.guilds.read(world.guild.id).language is None


async def test_limits_are_typed_into_a_form(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        form = await member.click(await panel(world, member, "limits"), label="Change the numbers")
        numbers = {"per_user_minute": " 2 ", "per_user_day": "50"}
        rest = {"per_channel_minute": "60", "per_guild_day": "2000"}
        done = await member.submit_modal(form, {**numbers, **rest})
        assert "a person 2 a minute and 50 a day" in text_of(done.response)
        assert state.guilds.read(world.guild.id) == GuildSettings(
            per_user_minute=2, per_user_day=50
        )


@pytest.mark.parametrize("typed", ["0", "-1", "many", "1.5", "1000001", "²", "٣"])
async def test_a_limit_that_cannot_be_changes_nothing_and_is_named(
    make_bot: MakeBot, state: State, typed: str
) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        form = await member.click(await panel(world, member, "limits"), label="Change the numbers")
        numbers = {"per_user_minute": "2", "per_user_day": typed}
        rest = {"per_channel_minute": "60", "per_guild_day": "2000"}
        done = await member.submit_modal(form, {**numbers, **rest})
        assert "Nothing was changed: Per person and day takes a whole" in text_of(done.response)
        assert state.guilds.read(world.guild.id) == GuildSettings()


async def test_two_people_at_once_do_not_undo_each_other(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        ada, grace = steward(world, "ada"), steward(world, "grace")
        form = await grace.click(await panel(world, grace, "limits"), label="Change the numbers")
        old = await panel(world, ada, "private_answers")
        await press(ada, await panel(world, ada, "threads"), "A thread each")
        change = replace(state.guilds.read(world.guild.id), per_user_minute=9)
        await asyncio.to_thread(state.guilds.write, world.guild.id, change)
        rest = {"per_channel_minute": "60", "per_guild_day": "2000"}
        await grace.submit_modal(form, {"per_user_minute": "5", "per_user_day": "7", **rest})
        await press(ada, old, "Only for who asked")
        assert state.guilds.read(world.guild.id) == GuildSettings(
            threads="always", private_answers=True, per_user_minute=9, per_user_day=7
        )


async def test_everything_can_be_put_back(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        state.guilds.write(world.guild.id, GuildSettings(language="de", per_user_day=1))
        member = steward(world)
        await press(member, await panel(world, member, "reset"), "Reset everything")
        assert state.guilds.read(world.guild.id) == GuildSettings()


async def test_what_was_deleted_disappears_and_opens_no_other_channel(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        gone = GuildSettings(
            answer_channels=frozenset({1, world.channel.id}),
            forums=frozenset({2}),
            exempt_roles=frozenset({3}),
        )
        state.guilds.write(world.guild.id, gone)
        member = steward(world)
        shown = await panel(world, member, "answer_channels")
        assert f"**Channels:** {world.channel.mention}\n" in text_of(shown)
        assert "**Forums:** none" in text_of(shown)
        assert "**Without limits:** nobody" in text_of(shown)
        state.guilds.write(world.guild.id, replace(gone, answer_channels=frozenset({1})))
        shown = await choose(member, shown, "topic", ["answer_channels"])
        assert ENGLISH("settings.nothing-left") in text_of(shown)
        assert not menu(shown, "settings:in:answer_channels").get("default_values")


async def test_many_channels_are_shown_in_short(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        ids = {world.guild.create_text_channel(f"c{number}").id for number in range(25)}
        state.guilds.write(world.guild.id, GuildSettings(answer_channels=frozenset(ids)))
        assert "and 17 more" in text_of(await panel(world, steward(world), "answer_channels"))


async def test_the_panel_works_after_a_restart(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        shown = await panel(world, member, "answer_channels")
        await world.env.restart_bot(make_bot())
        shown = await choose(member, shown, "answer_channels", [world.channel])
        await world.env.restart_bot(make_bot())
        shown = await choose(member, shown, "topic", ["threads"])
        await world.env.restart_bot(make_bot())
        await press(member, shown, "A thread each")
        assert state.guilds.read(world.guild.id) == GuildSettings(
            threads="always", answer_channels=frozenset({world.channel.id})
        )


async def test_two_servers_have_settings_of_their_own(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        await press(member, await panel(world, member, "threads"), "A thread each")
        other = world.env.create_guild("Elsewhere")
        there = steward(world, "linus", other)
        result = await there.slash(other.create_text_channel("lobby"), "settings")
        assert "**Threads:** none" in text_of(result.response)
        assert state.guilds.read(other.id) == GuildSettings()


async def test_a_member_without_the_right_does_not_see_the_command(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert "settings" not in world.person.available_commands(world.channel)


async def test_a_member_whom_discord_lets_through_is_refused_all_the_same(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot()) as world:
        await open_to_all(world, "settings")
        refused = await panel(world, world.person)
        assert (refused.content, refused.ephemeral, refused.embeds) == (REFUSAL, True, [])


async def test_who_lost_the_right_is_refused_at_every_control(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        threads = await panel(world, member, "threads")
        channels = await panel(world, member, "answer_channels")
        limits = await panel(world, member, "limits")
        form = await member.click(limits, label="Change the numbers")
        demote(world, member)
        refused = [
            await member.click(threads, label="A thread each"),
            await member.click(limits, label="Change the numbers"),
            await member.select(channels, [world.channel], custom_id="settings:in:answer_channels"),
            await member.select(channels, ["reset"], custom_id="settings:in:topic"),
            await member.submit_modal(
                form,
                {
                    "per_user_minute": "9",
                    "per_user_day": "9",
                    "per_channel_minute": "9",
                    "per_guild_day": "9",
                },
            ),
        ]
        assert [result.response.content for result in refused] == [REFUSAL] * 5
        assert all(result.response.ephemeral for result in refused)
        assert state.guilds.read(world.guild.id) == GuildSettings()


async def test_the_panel_speaks_german_to_those_who_read_it(
    make_bot: MakeBot, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_german(monkeypatch)
    async with world_of(make_bot()) as world:
        member = steward(world)
        shown = await panel(world, member, "threads")
        assert GERMAN("settings.title") in text_of(shown)
        assert labels(shown) == ["Keine Threads", "Je ein Thread"]
        assert GERMAN("settings.saved") in text_of(await press(member, shown, "Je ein Thread"))
        form = await member.click(await panel(world, member, "limits"), label="Zahlen ändern")
        assert form.modal["title"] == "Grenzen"
        assert state.guilds.read(world.guild.id).threads == "always"


async def test_a_database_out_of_reach_is_told_in_a_sentence(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        shown = await panel(world, member, "threads")
        with state.engine.begin() as connection:
            connection.execute(sql("DROP TABLE guild_settings"))
        sorry = await press(member, shown, "A thread each")
        assert sorry.content == ENGLISH("error.CaveatError")
        assert (await panel(world, member)).content == ENGLISH("error.CaveatError")


async def test_the_panel_tells_when_questions_are_kept(make_bot: MakeBot, tmp_path: Any) -> None:
    keeping = settings_in(tmp_path, KEEP_GAP_QUESTIONS="yes")
    async with world_of(make_bot(settings=keeping)) as world:
        assert "keeps the words of unanswered questions" in text_of(
            await panel(world, steward(world))
        )

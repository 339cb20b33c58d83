"""Where `/ask` and mentions are answered, and who sees it."""

import asyncio
import logging
from typing import Any

import discord
import pytest

from bot.state import GuildSettings, State
from bot.words import words_for
from tests.bot.test_ask import QUOTE, RISKS
from tests.bot.world import MakeBot, World, settings_in, speak, text_of, world_of
from tests.fakes import WordOverlapAnswerer

ENGLISH, GERMAN = words_for("en"), words_for("de")


def choose(state: State, world: World, **settings: Any) -> None:
    state.guilds.write(world.guild.id, GuildSettings(**settings))


async def test_a_private_answer_is_shown_to_the_asker_only(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        response = await world.ask(RISKS, private="yes")
        assert response.ephemeral
        assert QUOTE in text_of(response)
        assert not (await world.ask(RISKS, private="no")).ephemeral
        assert not (await world.ask(f"So: {RISKS}")).ephemeral
        assert len(await asyncio.to_thread(state.records.to_correct)) == 2


async def test_the_server_chooses_whether_answers_are_private(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        choose(state, world, private_answers=True)
        assert (await world.ask(RISKS)).ephemeral
        assert not (await world.ask(RISKS, private="no")).ephemeral


async def test_elsewhere_the_asker_is_told_where_answers_are(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        answers = world.guild.create_text_channel("answers")
        choose(state, world, answer_channels=frozenset({answers.id, 404}))
        hint = ENGLISH("ask.elsewhere", channels=f"<#{answers.id}>")
        response = await world.ask(RISKS)
        assert (response.content, response.ephemeral) == (hint, True)
        assert QUOTE in text_of(await world.ask(RISKS, private="yes"))
        there = await world.person.slash(answers, "ask", question=RISKS)
        assert there.response is not None
        assert not there.response.ephemeral
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        assert world.last.content == hint
        await world.env.advance_time(31)
        assert world.channel.history()[-1].content.endswith(RISKS)


async def test_channels_that_are_gone_are_not_named(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        choose(state, world, answer_channels=frozenset({404}))
        assert (await world.ask(RISKS)).content == ENGLISH("ask.nowhere-public")


async def test_two_servers_choose_apart(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        choose(state, world, private_answers=True, answer_channels=frozenset({404}))
        other = world.env.create_guild("Other")
        person = other.add_member(world.person.user)
        result = await person.slash(other.create_text_channel("any"), "ask", question=RISKS)
        assert result.response is not None
        assert not result.response.ephemeral
        assert QUOTE in text_of(result.response)


async def test_people_may_install_it_for_themselves_and_ask_anywhere(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        synced = {command.name: command.to_dict() for command in await world.bot.tree.sync()}
        payloads = {
            command.name: command.to_dict(world.bot.tree)
            for command in world.bot.tree.get_commands()
        }
    for name in ("ask", "Ask Caveat about this", "Check this claim"):
        assert name in synced
        assert payloads[name]["integration_types"] == [0, 1]
        assert payloads[name]["contexts"] == [0, 1, 2]


async def test_direct_messages_can_be_switched_off_by_the_operator(
    make_bot: MakeBot, tmp_path: Any
) -> None:
    answering = WordOverlapAnswerer()
    closed = settings_in(tmp_path, ANSWER_DIRECT_MESSAGES="no")
    async with world_of(make_bot(answering, settings=closed)) as world:
        await world.person.send_dm(RISKS)
        last = world.person.user.dm_channel.last_message
        assert last is not None
        assert last.content == ENGLISH("ask.no-direct")
        result = await world.person.user.slash("ask", question=RISKS)
        assert result.response.content == ENGLISH("ask.no-direct")
        assert answering.asked == 0


async def test_a_command_in_direct_messages_is_answered(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        result = await world.person.user.slash("ask", question=RISKS)
        assert QUOTE in text_of(result.response)


async def test_a_server_may_switch_direct_messages_off_for_its_members(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        choose(state, world, direct_messages=False)
        stranger = world.env.create_user("eve")
        dms = world.person.user.dm_channel
        await world.person.send_dm(RISKS)
        assert dms.history()[-1].content == ENGLISH("ask.no-direct")
        await stranger.send_dm(RISKS)
        assert QUOTE in text_of(stranger.dm_channel.history()[-1])
        world.env.create_guild("Open").add_member(world.person.user)
        await world.person.send_dm(RISKS)
        assert QUOTE in text_of(dms.history()[-1])


async def test_people_read_their_own_language(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot()) as world:
        shown = text_of(await world.ask(RISKS))
        assert "Wörtlich zitiert" in shown
        choices = await world.person.autocomplete(world.channel, "ask", "question", "zurückrufen")
        assert choices[0]["name"].startswith("Lässt sich")
        assert choices[0]["value"] == "Can a released model be recalled?"
        message = await world.person.send(world.channel, "", attachments=[("a.png", b"x")])
        result = await world.person.context_menu(world.channel, "Check this claim", message)
        assert result.response is not None
        assert result.response.content == GERMAN("menu.no-text")


async def test_questions_are_offered_while_one_writes(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        everything = await world.person.autocomplete(world.channel, "ask", "question", "")
        assert 10 <= len(everything) <= 25
        some = await world.person.autocomplete(world.channel, "ask", "question", "llama OPEN")
        assert [choice["value"] for choice in some] == ["Is Llama open source?"]
        assert await world.person.autocomplete(world.channel, "ask", "question", "zebra") == []


async def test_a_command_that_discord_gave_up_is_one_line_in_the_log(
    make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
        await world.person.slash(world.channel, "ask", question=RISKS)
    lines = [record for record in caplog.records if record.name == "bot.asking.sending"]
    assert [record.levelno for record in lines] == [logging.WARNING]
    assert RISKS not in caplog.text
    assert answering.asked == 0


async def test_a_reply_that_discord_refuses_becomes_a_friendly_sentence(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        world.env.inject_error("PATCH", "/webhooks/*/messages/*", status=400, code=50035)
        assert (await world.ask(RISKS)).content == ENGLISH("error.CaveatError")
        world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
        await world.person.send(world.channel, f"{world.mention} {RISKS}")
        assert world.last.content == ENGLISH("error.CaveatError")


async def test_where_it_may_not_write_nothing_breaks(
    make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    async with world_of(make_bot()) as world:
        mute = discord.PermissionOverwrite(send_messages=False)
        muted = world.guild.create_text_channel(
            "muted", overwrites={world.guild.default_role: mute, world.person: _speaking()}
        )
        await world.person.send(muted, f"{world.mention} {RISKS}")
        assert len(muted.history()) == 1
    assert "I may not write" in caplog.text


def _speaking() -> discord.PermissionOverwrite:
    return discord.PermissionOverwrite(send_messages=True)

from pathlib import Path

import pytest
import simcord
from sqlalchemy import text as sql

from bot.cogs.helping import PARTS, help_embed
from bot.message.escape import size
from bot.state import GuildSettings, State
from bot.words import LANGUAGES, words_for
from tests.bot.world import MakeBot, World, settings_in, speak, world_of

ENGLISH, GERMAN = words_for("en"), words_for("de")
THREE_SCREENS = 2_700  # characters of a phone's screen with room for about 25 lines of 36


async def explain(world: World) -> simcord.ResponseMessage:
    result = await world.person.slash(world.channel, "help")
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


def shown(message: simcord.ResponseMessage) -> str:
    (embed,) = message.embeds
    return "\n".join(f"{field.name}\n{field.value}" for field in embed.fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_fits_three_screens_of_a_phone(language: str) -> None:
    embed = help_embed(words_for(language), direct=True, kept=True, written=True)
    assert len(embed) <= THREE_SCREENS
    assert len(embed.fields) == len(PARTS)
    assert all(0 < size(field.value or "") <= 1024 for field in embed.fields)


async def test_help_shows_by_example(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        text = shown(await explain(world))
    for example in ("/ask question:", "@Caveat", "Show evidence", "/sources", "`[1]`", "/settings"):
        assert example in text
    assert ENGLISH("help.direct") in text
    assert ENGLISH("help.kept") not in text


async def test_a_server_without_direct_messages_is_not_told_of_them(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        state.guilds.write(world.guild.id, GuildSettings(direct_messages=False))
        assert ENGLISH("help.direct") not in shown(await explain(world))
        other = world.env.create_guild("other")
        await world.env.settle()
        person = other.add_member(world.person.user)
        result = await person.slash(other.create_text_channel("talk"), "help")
        assert result.response is not None
        assert ENGLISH("help.direct") in shown(result.response)


async def test_who_keeps_questions_says_so(make_bot: MakeBot, tmp_path: Path) -> None:
    async with world_of(make_bot()) as world:
        assert ENGLISH("help.kept") not in shown(await explain(world))
    keeping = settings_in(tmp_path, KEEP_GAP_QUESTIONS=True)
    async with world_of(make_bot(settings=keeping)) as world:
        assert ENGLISH("help.kept") in shown(await explain(world))


async def test_help_is_there_when_the_settings_cannot_be_read(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        with state.engine.begin() as connection:
            connection.execute(sql("DROP TABLE guild_settings"))
        assert "/ask" in shown(await explain(world))


async def test_help_in_german_and_in_direct_messages(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot()) as world:
        result = await world.person.user.slash("help")
        assert result.response is not None
        assert GERMAN("help.privacy.text") in shown(result.response)
        assert result.response.embeds[0].title == GERMAN("help.title")

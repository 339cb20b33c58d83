"""What people are told of their data, and given of it."""

import json
from pathlib import Path

import pytest

from bot.message.escape import escape, size
from bot.personal.notice import PARTS, privacy_embed
from bot.state import State
from bot.state.schema import feedback
from bot.words import LANGUAGES, words_for
from knowledge.chat import terms_of
from knowledge.errors import SettingsError
from tests.bot.presses import RISKS, mention
from tests.bot.traces import be_a_nuisance, command, leave_traces
from tests.bot.world import MakeBot, settings_in, speak, world_of

ENGLISH, GERMAN = words_for("en"), words_for("de")


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("chosen", "told", "host"),
    [
        (("openai:gpt-5-nano", ""), "chat-remote", "api.openai.com"),
        (("ollama:llama3.2", ""), "chat-local", ""),
        (("openai:mine", "https://models.example/v1"), "chat-remote", "models.example"),
        (("nonsense", ""), "chat-broken", ""),
    ],
)
def test_the_notice_names_who_is_sent_questions(
    chosen: tuple[str, str], told: str, host: str, language: str, tmp_path: Path
) -> None:
    words, (model, address) = words_for(language), chosen
    settings = settings_in(
        tmp_path, CHAT_MODEL=model, CHAT_BASE_URL=address, CHAT_API_KEY="k", OPENAI_API_KEY="k"
    )
    try:
        terms = terms_of(settings)
    except SettingsError:
        terms = None
    embed = privacy_embed(words, settings, terms)
    assert all(0 < size(field.value or "") <= 1024 for field in embed.fields)
    assert len(embed) <= 6000
    text = "\n".join(field.value or "" for field in embed.fields)
    values = {"model": escape(model), "host": host} if host else {"model": escape(model)}
    assert words(f"privacy.{told}", **values) in text
    assert (words("privacy.chat-removed", days=62) in text) == (told != "chat-broken")


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
        be_a_nuisance(world, state)
        other = world.guild.add_member(world.env.create_user("eve"))
        await mention(world, RISKS, person=other)
        response = await command(world, "my-data")
        (file,) = response.attachments
        held = json.loads(await file.read())
        empty = json.loads(await (await command(world, "my-data", other)).attachments[0].read())
    assert held["feedback"][0]["reporter_id"] == world.person.id
    assert held["suggestions"][0]["contact"] == str(world.person.id)
    for table in ("answers", "uses", "opt_outs", "blocks", "refusals"):
        assert held[table], table
    assert state.pseudonyms.of(other.id) not in json.dumps(held)
    assert {name for name, rows in empty.items() if isinstance(rows, list) and rows} == {"uses"}


async def test_a_database_that_fails_is_told_kindly(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot()) as world:
        with state.engine.begin() as connection:
            feedback.drop(connection)
        assert (await command(world, "my-data")).content == ENGLISH("error.CaveatError")

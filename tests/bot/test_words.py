import string
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import discord
import pytest
from discord import app_commands
from sqlalchemy import text as sql

import bot.words
from bot.gate import BusyError
from bot.state import GuildSettings, State
from bot.sync import command_digest
from bot.wording import library_words, note_words, readable_date, status_words
from bot.words import LANGUAGES, CatalogueTranslator, spoken, words_for
from bot.words.catalogue import texts_of
from knowledge import silence as core
from knowledge.answer import NOT_WRITTEN
from knowledge.drafting import OWN_WORDS
from knowledge.errors import CaveatError, IndexMissingError
from knowledge.further import NOTHING_MORE, side_silence
from knowledge.model import Note, Source
from knowledge.policy.replies import DEEDS, HELP, notes_for, refusal
from knowledge.preparing import CLOSEST
from knowledge.sides import SIDES
from tests.bot.world import MakeBot, text_of, world_of

OTHERS = [language for language in LANGUAGES if language != "en"]
ENGLISH, GERMAN = words_for("en"), words_for("de")
ONE_OR_BOTH = (SIDES[:1], SIDES[1:], SIDES)
SIDED = (
    Source(id="free", title="Free", stance="favours-openness"),
    Source(id="closed", title="Closed", stance="favours-restriction"),
)
RISKS = "What are the security risks of widely available model weights?"


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_file_of_words_is_a_language() -> None:
    folder = Path(bot.words.__file__).parent
    assert {path.stem for path in folder.glob("*.toml")} == set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything_with_the_same_values(language: str) -> None:
    theirs, english = texts_of(language), texts_of("en")
    assert theirs.keys() == english.keys()
    assert {key: names_in(text) for key, text in theirs.items()} == {
        key: names_in(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_discord_lists_and_what_buttons_say_fits(language: str) -> None:
    for key, text in texts_of(language).items():
        if key.startswith("command."):
            assert 0 < len(text) <= 100, key
        if key.endswith(".button") or ".button." in key:
            assert 0 < len(text) <= 80, key


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("../de", "en"),
        (discord.Locale.german, "de"),
        (discord.Locale.japanese, "en"),
    ],
)
def test_a_locale_leads_to_its_language_or_to_english(locale: object, language: str) -> None:
    assert words_for(locale).language == language


def test_every_language_has_a_name_of_its_own() -> None:
    names = [words_for(language)("settings.own-language") for language in LANGUAGES]
    assert len(set(names)) == len(LANGUAGES)


def test_a_count_chooses_between_one_and_many() -> None:
    words = bot.words.Words("en", {"n.one": "{count} day", "n.other": "{count} days"}, {})
    assert [words("n", count=count) for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_what_people_wrote_is_put_in_as_it_is() -> None:
    assert (
        GERMAN("source.replaced-by", title="{0.__class__} {x}") == "ersetzt durch {0.__class__} {x}"
    )


@pytest.mark.parametrize(
    ("date", "english", "german"),
    [
        ("2024-07-12", "12 Jul 2024", "12. Juli 2024"),
        ("2024-07", "Jul 2024", "Juli 2024"),
        ("2024", "2024", "2024"),
        ("2024-99", "2024", "2024"),
        ("soon", None, None),
        (None, None, None),
    ],
)
def test_dates_read_as_people_write_them(
    date: str | None, english: str | None, german: str | None
) -> None:
    assert readable_date(date, ENGLISH) == english
    assert readable_date(date, GERMAN) == german


def test_a_status_is_told_with_and_without_its_date() -> None:
    assert status_words("in-force", "2024-08-01", GERMAN) == "✅ in Kraft seit 1. Aug. 2024"
    assert status_words("in-force", None, GERMAN) == "✅ in Kraft"
    assert status_words("unknown", "2024", GERMAN) is None
    assert library_words("20261123T202033Z-1", GERMAN) == "Bibliothek vom 23. Nov. 2026"


def test_the_fixed_texts_of_the_core_have_words_in_every_language() -> None:
    for text in (
        core.OFF_TOPIC,
        f"{core.SILENCE} {core.NEAREST}",
        core.NO_QUESTION,
        core.READS_ENGLISH,
        NOTHING_MORE,
        *(side_silence(sides, held) for sides in ONE_OR_BOTH for held in ((), SIDED)),
    ):
        assert ENGLISH.core(text) == text
        assert GERMAN.core(text) != text
    assert GERMAN.core("Anything else.") == "Anything else."


def test_notes_are_told_in_the_readers_language_and_unknown_ones_in_english() -> None:
    for code in ("closest", "own-words", "not-written"):
        note = Note(code=code, text="English.")
        assert note_words(note, GERMAN) == GERMAN(f"note.{code}")
    side = Note(code="one-side", text="English.", values={"stance": "favours-openness"})
    assert "für Offenheit" in note_words(side, GERMAN)
    age = Note(code="not-advice", text="English.", values={"date": "2026-11-23"})
    assert note_words(age, GERMAN) == "Das ist keine Rechtsberatung."
    values = {"title": "Order", "status": "revoked", "status_date": "", "superseded_by": "{x}"}
    order = Note(code="status", text="English.", values=values)
    assert note_words(order, GERMAN) == "Order: ⚠️ aufgehoben, abgelöst durch {x}."
    assert note_words(Note(code="new", text="English."), GERMAN) == "English."


def test_notes_of_the_core_say_the_same_in_the_catalogue() -> None:
    texts = {"closest": CLOSEST, "own-words": OWN_WORDS, "not-written": NOT_WRITTEN}
    assert {code: ENGLISH(f"note.{code}") for code in texts} == texts


def test_an_error_is_told_by_its_class_else_by_its_own_sentence() -> None:
    class NarrowerError(BusyError):
        """A kind of it."""

    class OddError(CaveatError):
        user_message = "Odd."

    class PlainError(CaveatError):
        """Without words of its own."""

    assert GERMAN.error(IndexMissingError("/path")) == GERMAN("error.IndexMissingError")
    assert GERMAN.error(NarrowerError()) == GERMAN("error.BusyError")
    assert GERMAN.error(OddError()) == "Odd."
    assert GERMAN.error(PlainError()) == GERMAN("error.CaveatError")
    assert ENGLISH.error(PlainError()) == CaveatError.user_message
    assert ENGLISH.error(IndexMissingError()) == IndexMissingError.user_message


async def test_discord_is_told_descriptions_in_the_languages_there_are() -> None:
    translator = CatalogueTranslator()
    described = spoken("command.ask.description")
    location: Literal[app_commands.TranslationContextLocation.other]
    location = app_commands.TranslationContextLocation.other
    context: app_commands.TranslationContext[Any, Any]
    context = app_commands.TranslationContext(location, data=None)
    found = {
        str(locale): await translator.translate(described, locale, context)
        for locale in (discord.Locale.german, discord.Locale.french, discord.Locale.british_english)
    }
    assert described.message == ENGLISH("command.ask.description")
    assert found == {"de": GERMAN("command.ask.description"), "fr": None, "en-GB": None}
    unkeyed = app_commands.locale_str("plain")
    assert await translator.translate(unkeyed, discord.Locale.german, context) is None


async def test_the_digest_of_the_commands_knows_their_translations(make_bot: MakeBot) -> None:
    digests = [await command_digest(make_bot().tree)]
    async with world_of(make_bot()) as world:
        digests.append(await command_digest(world.bot.tree))
        commands = await world.bot.tree.sync()
    assert all(first != second for first, second in pairwise(digests))
    assert "ask" in {command.name for command in commands}


async def test_a_german_server_gets_german_words_around_the_quotes(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        guild = world.bot.get_guild(world.guild.id)
        assert guild is not None
        assert world.bot.user is not None
        guild.preferred_locale = discord.Locale.german
        await world.person.send(world.channel, f"{world.bot.user.mention} {RISKS}")
        shown = text_of(world.last).replace("\u00a0", " ")
    assert "Behörde · ⚠️ aufgehoben 20. Jan. 2025 · wägt beide Seiten ab" in shown
    assert "Wörtlich zitiert · Bibliothek vom 23. Nov. 2026 · Zitate in der Sprache" in shown
    assert "also substantial security risks" in shown
    assert "Hinweis: Das ist keine Rechtsberatung." in shown


async def test_the_language_that_a_server_chose_goes_before_its_own(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        state.guilds.write(world.guild.id, GuildSettings(language="de"))
        assert world.bot.user is not None
        await world.person.send(world.channel, world.bot.user.mention)
        assert world.last.content == GERMAN("ask.help").strip()


async def test_a_server_whose_settings_cannot_be_read_is_spoken_to_all_the_same(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        with state.engine.begin() as connection:
            connection.execute(sql("DROP TABLE guild_settings"))
        assert world.bot.user is not None
        await world.person.send(world.channel, world.bot.user.mention)
        assert world.last.content == ENGLISH("ask.help")


async def test_what_the_list_of_commands_says_comes_from_the_catalogue(make_bot: MakeBot) -> None:
    described = [
        command.description
        for command in make_bot().tree.get_commands()
        if not isinstance(command, app_commands.ContextMenu)
    ]
    assert set(described) <= set(texts_of("en").values())


def test_what_is_said_to_declined_questions_has_words_in_every_language() -> None:
    for rule in (*DEEDS, "crisis"):
        english, german = (refusal(rule, language) for language in ("en", "de"))
        assert ENGLISH.core(english) == english
        assert GERMAN.core(english) == german


def test_where_to_find_help_is_told_in_every_language() -> None:
    for rule in (*HELP, "crisis"):
        for note in notes_for(rule):
            assert note_words(note, ENGLISH) == note.text
            assert note_words(note, GERMAN) != note.text

import asyncio
from dataclasses import replace
from typing import Any, get_args

import pytest
import simcord

from bot.browsing import filters as looking
from bot.browsing.filters import Filters
from bot.browsing.shelf import Shelf, fold, stock_of
from bot.browsing.source_list import CHANGE_ICONS, KIND_ICONS, TEXT_LIMIT, source_page
from bot.cogs.sources import MOST_CHOICES
from bot.gate import Gate, Limits
from bot.message.escape import size
from bot.words import words_for
from knowledge.errors import IndexMissingError
from knowledge.library.records import Happening
from knowledge.model import Source
from knowledge.view import Entry, LibraryView
from tests.bot.world import MakeBot, World, speak, text_of, world_of
from tests.fakes import AI_ACT, LIBRARY, FailingAnswerer, LibraryAnswerer

ENGLISH, GERMAN = words_for("en"), words_for("de")


def library_with(*sources: Source, build: str = "20261124T000000Z-1") -> LibraryView:
    entries = tuple(
        Entry(source=source, passages=number, added="", changed="")
        for number, source in enumerate(sources, start=1)
    )
    return replace(LIBRARY, build=build, entries=entries, changes=(), retractions=())


def many(count: int, **values: Any) -> LibraryView:
    return library_with(
        *(
            replace(AI_ACT, id=f"s{number}", title=f"Act {number:03}", **values)
            for number in range(count)
        )
    )


async def browse(world: World, **options: Any) -> simcord.ResponseMessage:
    result = await world.person.slash(world.channel, "sources", **options)
    assert result.response is not None
    return result.response


def shown(message: simcord.ResponseMessage) -> str:
    return text_of(message).replace("\u00a0", " ")


def menu_ids(message: simcord.ResponseMessage) -> dict[str, str]:
    found = [part for row in message.components for part in row["components"]]
    ids = [part["custom_id"] for part in found]
    return {custom_id.split(":")[1]: custom_id for custom_id in ids}


async def choose(
    world: World, message: simcord.ResponseMessage, what: str, value: str
) -> simcord.ResponseMessage:
    result = await world.person.select(message, [value], custom_id=menu_ids(message)[what])
    assert result.response is not None
    return result.response


async def press(
    world: World, message: simcord.ResponseMessage, label: str
) -> simcord.ResponseMessage:
    result = await world.person.click(message, label=label)
    assert result.response is not None
    return result.response


async def test_a_source_shows_what_it_is_where_it_comes_from_and_its_link(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot()) as world:
        listed = await browse(world)
        assert listed.ephemeral
        text = shown(listed)
    assert "3 sources" in text
    assert f"⚖️ **[Artificial Intelligence Act (Regulation (EU) 2024/1689)]({AI_ACT.url})**" in text
    assert "Law · ✅ in force since 1 Aug 2024" in text
    assert "European Union · 12 Jul 2024 · 480 passages" in text
    assert "Government · ⚠️ revoked 20 Jan 2025 · weighs both sides" in text
    assert "Advocacy · ☑️ final version · argues for openness" in text
    assert "Example Foundation · 31 Oct 2023 · 1 passage" in text
    assert "Library of 23 Nov 2026" in text


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({"search": "JOINT safety"}, "Joint statement"),
        ({"search": "white house"}, "Executive Order"),
        ({"kind": "law"}, "Artificial Intelligence Act"),
        ({"status": "revoked"}, "Executive Order"),
        ({"jurisdiction": "european union"}, "Artificial Intelligence Act"),
        ({"jurisdiction": "states"}, "Executive Order"),
    ],
)
async def test_the_options_narrow_the_list(
    make_bot: MakeBot, options: dict[str, Any], title: str
) -> None:
    async with world_of(make_bot()) as world:
        text = shown(await browse(world, **options))
    assert "1 of 3 sources" in text
    assert title in text


async def test_accents_capitals_and_authors_do_not_hide_a_source(make_bot: MakeBot) -> None:
    source = replace(AI_ACT, title="Étude sur l'IA", authors=("Jürgen Groß",))
    async with world_of(make_bot(LibraryAnswerer(library_with(source)))) as world:
        for search in ("etude", "ÉTUDE", "jurgen gross", "  JÜRGEN   ia"):
            assert "1 source" in shown(await browse(world, search=search))
        assert ENGLISH("sources.nothing") in shown(await browse(world, search="zebra"))


async def test_nothing_found_is_one_sentence_with_the_menus_to_widen(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        none = await browse(world, kind="news")
        assert shown(none) == ENGLISH("sources.nothing")
        wide = await choose(world, none, "kind", "-")
        assert "3 sources" in shown(wide)
        assert shown(await browse(world, jurisdiction="Atlantis")) == ENGLISH("sources.nothing")


async def test_an_empty_library_is_told_in_one_sentence(make_bot: MakeBot) -> None:
    async with world_of(make_bot(LibraryAnswerer(library_with()))) as world:
        assert shown(await browse(world)) == ENGLISH("sources.empty")
    async with world_of(make_bot(FailingAnswerer(IndexMissingError("/data/index")))) as world:
        listed = await browse(world)
        assert listed.content == ENGLISH("error.IndexMissingError")
        assert listed.ephemeral


async def test_a_fault_shows_a_sentence_and_logs_no_words_of_it(
    make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    async with world_of(make_bot(FailingAnswerer(RuntimeError("my secret search")))) as world:
        assert (await browse(world)).content == ENGLISH("error.CaveatError")
    assert "secret" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_menus_narrow_and_widen_what_is_seen(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        listed = await browse(world)
        laws = await choose(world, listed, "kind", "law")
        assert laws.id == listed.id
        assert "1 of 3 sources" in shown(laws)
        none = await choose(world, laws, "status", "revoked")
        assert shown(none) == ENGLISH("sources.nothing")
        revoked = await choose(world, none, "kind", "-")
        assert "Executive Order" in shown(revoked)
        place = looking.mark_of("United States")
        assert "Executive Order" in shown(await choose(world, revoked, "place", place))


async def test_pages_are_turned_with_the_filters_kept_also_after_a_restart(
    make_bot: MakeBot,
) -> None:
    view = many(12)
    async with world_of(make_bot(LibraryAnswerer(view))) as world:
        first = await browse(world, search="act", kind="law")
        assert "12 sources for “act”" in shown(first)
        assert "Page 1 of 3" in shown(first)
        second = await press(world, first, "Next")
        assert "Act 005" in shown(second)
        await world.env.restart_bot(make_bot(LibraryAnswerer(view)))
        third = await press(world, second, "Next")
        assert third.id == first.id
        assert "Page 3 of 3" in shown(third)
        assert "for “act”" in shown(third)
        assert "Page 2 of 3" in shown(await press(world, third, "Previous"))


async def test_a_list_of_another_version_is_kindly_too_old(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world_of(make_bot(LibraryAnswerer(many(12)))) as world:
        monkeypatch.setattr(looking, "write", lambda page, _filters: f"v9:{page}")
        listed = await browse(world)
        old = await press(world, listed, "Next")
        assert old.content == ENGLISH("sources.too-old")
        assert old.id != listed.id
        old = await choose(world, listed, "kind", "law") if "kind" in menu_ids(listed) else old
        assert old.content == ENGLISH("sources.too-old")


async def test_a_page_that_is_gone_shows_the_last_one(make_bot: MakeBot) -> None:
    answering = LibraryAnswerer(many(12))
    async with world_of(make_bot(answering)) as world:
        second = await press(world, await browse(world), "Next")
        answering.view = replace(many(3), build="20261125T000000Z-2")
        await browse(world)
        assert "3 sources" in shown(await press(world, second, "Next"))


async def test_a_library_is_read_once_for_each_build(make_bot: MakeBot) -> None:
    answering = LibraryAnswerer(many(12))
    async with world_of(make_bot(answering)) as world:
        listed = await browse(world)
        await press(world, listed, "Next")
        await browse(world)
        assert answering.read == 1
        answering.view = replace(many(3), build="20261125T000000Z-2")
        assert "3 sources" in shown(await browse(world))
        assert answering.read == 2


async def test_pages_are_turned_while_an_answer_is_under_way() -> None:
    answering = LibraryAnswerer(many(12))
    gate = Gate(answering, Limits(patience=0.1))
    shelf = Shelf(gate)
    stock = await shelf.fresh()
    with answering.gate:
        busy = asyncio.create_task(gate.call(lambda core: core.build()))
        await asyncio.sleep(0.05)
        assert await shelf.kept() is stock
        assert await shelf.fresh() is stock  # rather an old list than none
    await busy
    gate.close()


async def test_jurisdictions_are_completed_from_the_library(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        offered = await world.person.autocomplete(world.channel, "sources", "jurisdiction", "UNI")
        assert {each["name"] for each in offered} == {"United States", "European Union"}
        some = await world.person.autocomplete(world.channel, "sources", "jurisdiction", "states")
        assert [each["value"] for each in some] == ["United States"]


async def test_no_jurisdictions_are_offered_when_the_library_cannot_be_read(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(FailingAnswerer(IndexMissingError()))) as world:
        offered = await world.person.autocomplete(world.channel, "sources", "jurisdiction", "e")
        assert offered == []


async def test_a_library_of_many_places_offers_as_many_as_discord_takes(make_bot: MakeBot) -> None:
    sources = [
        replace(AI_ACT, id=str(number), jurisdiction=f"Land {number:02} " + "x" * 120)
        for number in range(40)
    ]
    async with world_of(make_bot(LibraryAnswerer(library_with(*sources)))) as world:
        offered = await world.person.autocomplete(world.channel, "sources", "jurisdiction", "land")
        assert len(offered) == MOST_CHOICES
        last = sources[-1].jurisdiction or ""
        listed = await browse(world, jurisdiction=last[:40])
        assert "1 of 40 sources" in shown(listed)
        (menu,) = [row["components"][0] for row in listed.components]
        assert len(menu["options"]) == MOST_CHOICES
        chosen = [option["label"] for option in menu["options"] if option.get("default")]
        assert chosen[0].startswith("Land 39")


async def test_the_list_works_in_direct_messages(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        result = await world.person.user.slash("sources", kind="law")
        assert result.response is not None
        assert "1 of 3 sources" in shown(result.response)
        menu = menu_ids(result.response)["kind"]
        wide = await world.person.user.select(result.response, ["-"], custom_id=menu)
        assert wide.response is not None
        assert "3 sources" in shown(wide.response)


async def test_a_german_reader_gets_german_words(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot()) as world:
        text = shown(await browse(world, search="act"))
    assert "1 von 3 Quellen zu „act“" in text
    assert "Gesetz · ✅ in Kraft seit 1. Aug. 2024" in text
    assert "480 Textstellen" in text


async def test_what_documents_say_of_themselves_cannot_trick_discord(make_bot: MakeBot) -> None:
    source = replace(
        AI_ACT,
        title="@everyone [click](https://evil.example) <@123456789012345678>",
        publisher="**bold** https://evil.example",
        url="javascript:alert(1)",
    )
    local = replace(AI_ACT, id="local", title="A local file", url="file:///etc/passwd")
    async with world_of(make_bot(LibraryAnswerer(library_with(source, local)))) as world:
        text = shown(await browse(world, search="e"))
    assert "@everyone" not in text
    assert "https://" not in text
    assert "javascript" not in text
    assert "passwd" not in text
    assert "\\[click\\](https\\://evil.example)" in text


def test_a_page_of_the_longest_sources_fits_one_embed() -> None:
    sources = [
        replace(
            AI_ACT,
            id=str(number),
            title="*" * 300,
            url=f"https://example.org/{number}/" + "a" * 950,
            publisher="_" * 300,
            jurisdiction="~" * 300,
        )
        for number in range(5)
    ]
    stock = stock_of(library_with(*sources))
    embed = source_page(stock, Filters(search="*" * 40), 0, ENGLISH)
    assert size(embed.description or "") <= TEXT_LIMIT
    assert "https://example.org/" in (embed.description or "")


@pytest.mark.parametrize("search", ["", "a:b:c", "x" * 40, "😀" * 20, "@everyone", "zwei\nZeilen"])
def test_a_button_remembers_what_was_looked_for(search: str) -> None:
    filters = Filters(
        search=looking.search_words(search),
        kind="government",
        status="superseded",
        place=looking.mark_of("European Union"),
    )
    state = looking.write(9_999, filters)
    assert len(f"sources:status:{state}") <= 100
    assert size(f"sources:status:{state}") <= 100
    assert looking.read(state) == (9_999, filters)


@pytest.mark.parametrize("state", ["", "x", "1:planet:::", "1::sold::", "1:law", "12345::::"])
def test_what_no_button_wrote_is_not_read(state: str) -> None:
    assert looking.read(state) is None


def test_every_kind_and_every_change_has_an_icon() -> None:
    assert set(KIND_ICONS) == set(looking.KINDS)
    assert set(CHANGE_ICONS) == set(get_args(Happening))


def test_words_are_compared_without_accents_and_capitals() -> None:
    assert fold("  Größe\nÉtude ﬁne ") == "grosse etude fine"

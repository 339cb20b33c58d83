from dataclasses import replace

import pytest
import simcord

from bot.browsing.shelf import stock_of
from bot.browsing.source_list import CHANGES_PER_PAGE, TEXT_LIMIT, change_page
from bot.message.escape import size
from bot.words import words_for
from knowledge.errors import IndexMissingError
from knowledge.view import Change, LibraryView
from tests.bot.world import MakeBot, World, speak, text_of, world_of
from tests.fakes import AI_ACT, EXECUTIVE_ORDER, LIBRARY, FailingAnswerer, LibraryAnswerer

ENGLISH, GERMAN = words_for("en"), words_for("de")


def with_changes(count: int) -> LibraryView:
    changes = tuple(
        Change(
            at=f"2026-11-{28 - number:02}T08:00:00+00:00",
            what="added",
            source_id=f"s{number}",
            title=f"Paper {number:02}",
        )
        for number in range(count)
    )
    return replace(LIBRARY, changes=changes)


async def news(world: World) -> simcord.ResponseMessage:
    result = await world.person.slash(world.channel, "whatsnew")
    assert result.response is not None
    return result.response


def shown(message: simcord.ResponseMessage) -> str:
    return text_of(message).replace("\u00a0", " ")


async def press(
    world: World, message: simcord.ResponseMessage, label: str
) -> simcord.ResponseMessage:
    result = await world.person.click(message, label=label)
    assert result.response is not None
    return result.response


async def test_what_happened_is_told_day_by_day_newest_first(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        told = await news(world)
        assert told.ephemeral
        text = told.embeds[0].description or ""
    lines = [line for line in text.replace("\u00a0", " ").split("\n") if line]
    assert lines == [
        "**22 Nov 2026**",
        f"🔁 Other standing: [{EXECUTIVE_ORDER.title}]({EXECUTIVE_ORDER.url})",
        f"✅ in force → ⚠️ revoked · replaced by {AI_ACT.title}",
        "🚫 Taken out for a reason: A paper with made-up numbers",
        "Withdrawn by its publisher.",
        "**21 Nov 2026**",
        "🗑️ Removed: An old memo",
        f"✏️ New text: [Artificial Intelligence Act (Regulation (EU) 2024/1689)]({AI_ACT.url})",
        "**20 Nov 2026**",
        "🆕 New: [Joint statement on AI safety and openness](https://open.example/letter)",
    ]


async def test_more_news_come_in_pages_also_after_a_restart(make_bot: MakeBot) -> None:
    view = with_changes(CHANGES_PER_PAGE * 2 + 1)
    async with world_of(make_bot(LibraryAnswerer(view))) as world:
        first = await news(world)
        assert "Page 1 of 3" in shown(first)
        await world.env.restart_bot(make_bot(LibraryAnswerer(view)))
        second = await press(world, first, "Next")
        assert second.id == first.id
        third = await press(world, second, "Next")
        assert "Paper 16" in shown(third)
        assert "Page 3 of 3" in shown(third)
        assert "Page 2 of 3" in shown(await press(world, third, "Previous"))


async def test_a_page_stays_when_the_next_cannot_be_read(make_bot: MakeBot) -> None:
    view = with_changes(CHANGES_PER_PAGE + 1)
    async with world_of(make_bot(LibraryAnswerer(view))) as world:
        first = await news(world)
        await world.env.restart_bot(make_bot(FailingAnswerer(IndexMissingError())))
        result = await world.person.click(first, label="Next")
        (aside,) = result.followups
        assert aside.content == ENGLISH("error.IndexMissingError")
        assert aside.ephemeral
        assert "Page 1 of 2" in shown(first)


async def test_no_news_is_one_sentence(make_bot: MakeBot) -> None:
    async with world_of(make_bot(LibraryAnswerer(with_changes(0)))) as world:
        assert shown(await news(world)) == ENGLISH("whatsnew.nothing")
    async with world_of(make_bot(FailingAnswerer(IndexMissingError()))) as world:
        assert (await news(world)).content == ENGLISH("error.IndexMissingError")


async def test_news_are_told_in_german_and_in_direct_messages(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot()) as world:
        result = await world.person.user.slash("whatsnew")
        assert result.response is not None
        text = shown(result.response)
    assert "**22. Nov. 2026**" in text
    assert "✅ in Kraft → ⚠️ aufgehoben · ersetzt durch Artificial Intelligence Act" in text
    assert "Aus gutem Grund herausgenommen: A paper with made-up numbers" in text


def test_a_successor_that_changed_alone_shows_the_status_once() -> None:
    change = replace(LIBRARY.changes[0], before="revoked", after="revoked", superseded_by="A {x}")
    embed = change_page(stock_of(replace(LIBRARY, changes=(change,))), 0, ENGLISH)
    assert "→" not in (embed.description or "")
    assert "⚠️ revoked\u00a0· replaced by A {x}" in (embed.description or "")


def test_a_status_that_was_not_known_is_said_so() -> None:
    change = replace(LIBRARY.changes[0], before="unknown", after="draft", superseded_by=None)
    embed = change_page(stock_of(replace(LIBRARY, changes=(change,))), 0, ENGLISH)
    assert "no legal status known → 📝 draft" in (embed.description or "")


def test_the_longest_news_fit_one_embed() -> None:
    change = replace(LIBRARY.changes[0], title="*" * 300, superseded_by="~" * 300)
    source = replace(AI_ACT, id="eo-14110", url="https://example.org/" + "a" * 970)
    view = replace(
        LIBRARY,
        entries=(replace(LIBRARY.entries[0], source=source),),
        changes=(change,) * CHANGES_PER_PAGE,
    )
    embed = change_page(stock_of(view), 0, ENGLISH)
    assert size(embed.description or "") <= TEXT_LIMIT

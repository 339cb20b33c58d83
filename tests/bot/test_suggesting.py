import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.browsing import desk
from bot.browsing.desk import Desk
from bot.browsing.operators import Operators
from bot.browsing.queue_page import refused_words
from bot.client import CaveatBot
from bot.gate import BusyError
from bot.settings import BotSettings
from bot.words import words_for
from knowledge.compose import open_library, open_suggestions
from knowledge.errors import LibraryError, SuggestionError
from knowledge.library import Suggestions
from knowledge.library.suggestible import MOST_OF_ONE
from tests.bot.world import MakeBot, World, settings_in, speak, text_of, world_of
from tests.fakes import AI_ACT, WordEncoder, shelve

ENGLISH, GERMAN = words_for("en"), words_for("de")
EVERYTHING = discord.Permissions.all()
PAGE = "https://www.example.org/report.pdf"


@pytest.fixture
def queue(settings: BotSettings) -> Iterator[Suggestions]:
    """The queue that the bot under test uses."""
    opened = open_suggestions(settings)
    yield opened
    opened.close()


def wait(queue: Suggestions, *urls: str, guild: str | None = None) -> list[int]:
    return [
        queue.suggest(url, note="It is *good*.", contact=f"c{number}", guild=guild).id
        for number, url in enumerate(urls)
    ]


async def suggest(world: World, url: str, **options: Any) -> str:
    result = await world.person.slash(world.channel, "source suggest", url=url, **options)
    assert result.response is not None
    assert result.response.ephemeral
    return result.response.content


async def look(world: World, person: simcord.MemberActor | None = None) -> simcord.ResponseMessage:
    result = await (person or world.person).slash(world.channel, "source queue")
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


async def become_curator(world: World, make_bot: MakeBot, folder: Path) -> None:
    """Starts the bot again with the person of the world among those who decide."""
    settings = settings_in(folder, CURATOR_IDS=str(world.person.id))
    await world.env.restart_bot(make_bot(settings=settings))


async def press(
    world: World, message: simcord.ResponseMessage, label: str
) -> simcord.InteractionResult:
    return await world.person.click(message, label=label)


async def test_a_suggestion_waits_with_whom_to_tell_and_where_it_came_from(
    make_bot: MakeBot, queue: Suggestions
) -> None:
    async with world_of(make_bot()) as world:
        said = await suggest(world, PAGE, note="Measured well.")
        (waiting,) = queue.pending()
        assert (waiting.url, waiting.note) == (PAGE, "Measured well.")
        assert (waiting.contact, waiting.guild) == (str(world.person.id), str(world.guild.id))
        assert f"suggestion {waiting.id}" in said
        assert PAGE not in said  # nothing that Discord would make a link of
        assert "https\\://www.example.org/report.pdf" in said


async def test_a_suggestion_in_a_direct_message_is_of_no_server(
    make_bot: MakeBot, queue: Suggestions
) -> None:
    async with world_of(make_bot()) as world:
        await world.person.user.slash("source suggest", url=PAGE)
        (waiting,) = queue.pending()
        assert (waiting.contact, waiting.guild) == (str(world.person.id), None)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("my report", "address"),
        ("ftp://example.org/a", "address"),
        ("http://192.168.1.1/", "private"),
        ("http://localhost:8080/x", "private"),
    ],
)
async def test_what_cannot_be_read_is_refused_politely(
    make_bot: MakeBot, queue: Suggestions, url: str, code: str
) -> None:
    async with world_of(make_bot()) as world:
        assert await suggest(world, url) == ENGLISH(f"suggest.refused.{code}")
    assert queue.pending() == ()


async def test_a_refusal_is_told_in_german(
    make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot()) as world:
        assert await suggest(world, "http://10.0.0.1/") == GERMAN("suggest.refused.private")


async def test_what_is_known_already_is_refused_politely(
    make_bot: MakeBot, queue: Suggestions, settings: BotSettings
) -> None:
    library = open_library(settings)
    shelve(library, WordEncoder(), AI_ACT, "The law.", AI_ACT.url or "")
    library.close()
    async with world_of(make_bot()) as world:
        assert await suggest(world, AI_ACT.url or "") == ENGLISH("suggest.refused.held")
        await suggest(world, PAGE)
        assert await suggest(world, PAGE.upper().replace("REPORT.PDF", "report.pdf")) == ENGLISH(
            "suggest.refused.queued"
        )
        assert len(queue.pending()) == 1


async def test_one_person_does_not_fill_the_queue(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        for number in range(MOST_OF_ONE):
            assert "Thank you" in await suggest(world, f"https://example.org/{number}")
        assert await suggest(world, PAGE) == ENGLISH("suggest.refused.many")


async def test_a_damaged_library_costs_a_sentence_and_no_path(
    make_bot: MakeBot, settings: BotSettings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.data_dir / "library.db").write_bytes(b"no database" * 100)
    async with world_of(make_bot()) as world:
        assert await suggest(world, PAGE) == ENGLISH("error.CaveatError")
    assert "example.org" not in caplog.text


async def test_only_those_who_run_the_bot_see_the_queue(
    make_bot: MakeBot, queue: Suggestions
) -> None:
    wait(queue, PAGE)
    async with world_of(make_bot()) as world:
        boss = world.guild.add_member(
            world.env.create_user("boss"),
            roles=[world.guild.create_role("Boss", permissions=EVERYTHING)],
        )
        for person in (world.person, boss):
            refused = await look(world, person)
            assert refused.content == ENGLISH("suggest.not-yours")
            assert refused.embeds == []


async def test_a_curator_sees_what_waits_and_not_who_suggested_it(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path
) -> None:
    async with world_of(make_bot()) as world:
        wait(queue, PAGE, "https://example.org/2", guild=str(world.guild.id))
        await become_curator(world, make_bot, tmp_path)
        page = await look(world)
    text = text_of(page)
    assert "Suggestion 1 (1 of 2 waiting)" in text
    assert f"[**Open the page**]({PAGE})" in text
    assert "> It is \\*good\\*." in text
    assert world.guild.name in text
    assert "c0" not in text


async def test_an_empty_queue_is_one_sentence(
    make_bot: MakeBot, tmp_path: Path, queue: Suggestions
) -> None:
    assert queue.pending() == ()
    async with world_of(make_bot()) as world:
        await become_curator(world, make_bot, tmp_path)
        assert (await look(world)).content == ENGLISH("suggest.none-waiting")


async def test_approving_tells_how_it_is_taken_in_and_goes_on(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path
) -> None:
    first, second = wait(queue, PAGE, "https://example.org/2")
    async with world_of(make_bot()) as world:
        await become_curator(world, make_bot, tmp_path)
        page = await look(world)
        after = (await press(world, page, "Approve")).response
        assert after is not None
        assert after.id == page.id
        assert "`python -m ingest sync --approved`" in after.content
        assert f"Suggestion {second} (1 of 1 waiting)" in text_of(after)
        last = (await press(world, after, "Approve")).response
        assert last is not None
        assert ENGLISH("suggest.none-waiting") in last.content
        assert (last.embeds, last.components) == ([], [])
    assert [each.id for each in queue.approved()] == [first, second]


async def test_the_next_one_is_shown_without_a_decision(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path
) -> None:
    first, second = wait(queue, PAGE, "https://example.org/2")
    async with world_of(make_bot()) as world:
        await become_curator(world, make_bot, tmp_path)
        page = (await press(world, await look(world), "Next")).response
        assert page is not None
        assert f"Suggestion {second} (2 of 2 waiting)" in text_of(page)
        page = (await press(world, page, "Next")).response
        assert page is not None
        assert f"Suggestion {first} (1 of 2 waiting)" in text_of(page)
    assert len(queue.pending()) == 2


async def test_rejecting_asks_for_the_reason(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path
) -> None:
    (first,) = wait(queue, PAGE)
    async with world_of(make_bot()) as world:
        await become_curator(world, make_bot, tmp_path)
        page = await look(world)
        asked = await press(world, page, "Reject")
        assert asked.modal is not None
        assert asked.modal["title"] == f"Reject suggestion {first}"
        result = await world.person.submit_modal(asked, {"reason": "It is  an advertisement."})
        assert result.response is not None
        assert f"Suggestion {first} is rejected" in result.response.content
        assert result.response.components == []
    found = queue.find(first)
    assert found is not None
    assert (found.status, found.reason) == ("rejected", "It is an advertisement.")


async def test_a_blank_reason_rejects_nothing(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path
) -> None:
    (first,) = wait(queue, PAGE)
    async with world_of(make_bot()) as world:
        await become_curator(world, make_bot, tmp_path)
        asked = await press(world, await look(world), "Reject")
        result = await world.person.submit_modal(asked, {"reason": "   "})
        assert result.response is not None
        assert ENGLISH("suggest.refused.reason") in result.response.content
        assert f"Suggestion {first} (1 of 1 waiting)" in text_of(result.response)


async def test_who_may_no_longer_decide_is_refused_at_every_step(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path
) -> None:
    wait(queue, PAGE, "https://example.org/2")
    async with world_of(make_bot()) as world:
        await become_curator(world, make_bot, tmp_path)
        page = await look(world)
        asked = await press(world, page, "Reject")
        running = world.env.bot
        assert isinstance(running, CaveatBot)
        running.operators = Operators(frozenset(), running.application_info)
        late = await world.person.submit_modal(asked, {"reason": "No."})
        assert [each.content for each in late.followups] == [ENGLISH("suggest.not-yours")]
        await world.env.restart_bot(make_bot())
        for label in ("Approve", "Reject", "Next"):
            result = await press(world, page, label)
            assert result.modal is None
            assert result.response is not None
            assert result.response.ephemeral
            assert result.response.content == ENGLISH("suggest.not-yours")
            assert result.response.id != page.id
    assert len(queue.pending()) == 2


async def test_what_another_one_decided_is_said_so(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path
) -> None:
    first, second, _ = wait(queue, PAGE, "https://example.org/2", "https://example.org/3")
    async with world_of(make_bot()) as world:
        await become_curator(world, make_bot, tmp_path)
        page = await look(world)
        queue.reject(first, "No.")
        after = (await press(world, page, "Approve")).response
        assert after is not None
        assert ENGLISH("suggest.refused.decided") in after.content
        assert f"Suggestion {second} (1 of 2 waiting)" in text_of(after)


async def test_the_queue_is_one_for_all_servers_and_speaks_german(
    make_bot: MakeBot, queue: Suggestions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, "de")
    async with world_of(make_bot()) as world:
        other = world.env.create_guild("Elsewhere")
        person = other.add_member(world.env.create_user("bea"))
        channel = other.create_text_channel("talk")
        result = await person.slash(channel, "source suggest", url=PAGE)
        assert result.response is not None
        assert result.response.content.startswith("Vielen Dank! Der Vorschlag 1 wartet")
        refused = await look(world)
        assert refused.content == GERMAN("suggest.not-yours")
        await become_curator(world, make_bot, tmp_path)
        page = await look(world)
        assert "Vorschlag 1 (1 von 1 wartenden)" in text_of(page)
        assert "Elsewhere" in text_of(page)
        after = (await press(world, page, "Annehmen")).response
        assert after is not None
        assert "ist angenommen" in after.content
    assert len(queue.approved()) == 1


def test_every_refusal_has_words_of_its_own() -> None:
    for code in SuggestionError.__doc__.split('"')[1::2] if SuggestionError.__doc__ else []:
        error = SuggestionError(code, "In English.")
        assert refused_words(error, GERMAN) == GERMAN(f"suggest.refused.{code}")
    assert refused_words(SuggestionError("new", "In English."), GERMAN) == "In English."


async def test_the_desk_serves_one_at_a_time_and_does_not_let_people_wait_for_ever(
    settings: BotSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "PATIENCE", 0.05)
    served = Desk(settings)
    seen = asyncio.Event()
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def slow(suggestions: Suggestions) -> int:
        loop.call_soon_threadsafe(seen.set)
        asyncio.run_coroutine_threadsafe(done.wait(), loop).result(5)
        return suggestions.count_pending()

    first = asyncio.create_task(served.use(slow))
    await seen.wait()
    with pytest.raises(BusyError):
        await served.use(lambda suggestions: suggestions.count_pending())
    done.set()
    assert await first == 0
    assert await served.use(lambda suggestions: suggestions.count_pending()) == 0


async def test_a_desk_that_failed_serves_the_next(settings: BotSettings) -> None:
    served = Desk(settings)
    file = settings.data_dir / "library.db"
    file.write_bytes(b"no database" * 100)
    with pytest.raises(LibraryError):
        await served.use(lambda suggestions: suggestions.count_pending())
    file.unlink()
    assert await served.use(lambda suggestions: suggestions.count_pending()) == 0

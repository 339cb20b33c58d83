import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import discord
import pytest
import simcord

from bot.client import CaveatBot
from bot.cogs import corrections
from bot.cogs.corrections import Corrections
from bot.message import question_line
from bot.message.correcting import CONTENT_LIMIT, Cause, Past, notice
from bot.message.escape import size
from bot.state import GuildSettings, State
from bot.words import words_for
from ingest.__main__ import main as ingest
from knowledge.compose import open_answerer
from knowledge.errors import IndexMissingError
from knowledge.settings import KnowledgeSettings
from knowledge.standing import Cited, Standing
from knowledge.view import Change, Entry, LibraryView, Retraction
from tests.bot.world import MakeBot, World, text_of, world_of
from tests.fakes import AI_ACT, EXECUTIVE_ORDER, OPEN_LETTER, WordEncoder, WordOverlapAnswerer

RISKS = "What are the security risks of widely available model weights?"
WHY = "Its author **withdrew** it @everyone."
AT = "2026-11-24T10:00:00+00:00"
RETRACTED = "A source of this answer, Executive Order 14110: Safe, Secure, and Trustworthy AI,"


class Shelf(WordOverlapAnswerer):
    """A library in which sources may be retracted, removed or changed."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "build-1"
        self.lost = False
        self.standings: dict[str, Standing] = {}
        self.changes: tuple[Change, ...] = ()
        self.retractions: tuple[Retraction, ...] = ()

    def retract(self, source_id: str, title: str, build: str) -> None:
        self.name = build
        self.standings[source_id] = "retracted"
        new = Retraction(source_id=source_id, title=title, at=AT, why=WHY)
        self.retractions = (new, *self.retractions)

    def change(self, source_id: str, standing: Standing, build: str) -> None:
        self.name = build
        self.standings[source_id] = standing
        new = Change(at=AT, what="changed", source_id=source_id, title="")
        if standing == "vanished":
            new = replace(new, what="removed")
        self.changes = (new, *self.changes)

    def build(self) -> str:
        if self.lost:
            raise IndexMissingError("There is no index.")
        return self.name

    def library(self) -> LibraryView:
        sources = {passage.source.id: passage.source for passage in self._passages}
        entries = (
            Entry(source=each, passages=1, added="", changed="") for each in sources.values()
        )
        return LibraryView(
            build=self.name,
            created="",
            entries=tuple(entries),
            changes=self.changes,
            retractions=self.retractions,
        )

    def standing(self, cited: Sequence[Cited]) -> tuple[Standing, ...]:
        return tuple(self.standings.get(source_id, "held") for source_id, _, _ in cited)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def edits(world: World) -> list[str]:
    return [each.path for each in world.env.http_requests if each.method == "PATCH"]


async def look(world: World) -> None:
    """What the next minute brings."""
    await world.env.advance_time(61)
    await world.env.advance_time(30)


async def shown_now(world: World, channel: simcord.ChannelHandle | None = None) -> discord.Message:
    message = (channel or world.channel).last_message
    assert message is not None
    return message


async def test_a_retracted_source_is_told_on_top_with_date_and_reason_and_its_links_are_marked(
    make_bot: MakeBot, shelf: Shelf
) -> None:
    async with world_of(make_bot(shelf)) as world:
        response = await world.ask(RISKS)
        before, buttons = text_of(response), len(response.components)
        await look(world)
        assert (await shown_now(world)).content == ""
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        await look(world)
        message = await shown_now(world)
        assert message.content.startswith(f"⚠️ {RETRACTED} was retracted on 24 Nov 2026: Its")
        assert "\\*\\*withdrew\\*\\*" in message.content
        assert "@everyone" not in message.content  # nor would it ping
        assert question_line.read_message(message) == RISKS
        body, sources = message.embeds
        link = f"{EXECUTIVE_ORDER.url}#page=26"
        assert f"({link}) ⚠️" in (body.description or "")
        assert f"({link}) ⚠️" in (sources.description or "")
        assert f"{OPEN_LETTER.url}#page=1) ⚠️" not in text_of(message)
        plain = text_of(message).replace(" ⚠️", "").replace(f"{message.content}\n", "")
        assert plain == before.replace(" ⚠️", "")
        assert len(message.components) == buttons


async def test_each_cause_is_told_once_also_after_a_restart_and_a_later_one_comes_on_top(
    make_bot: MakeBot, shelf: Shelf
) -> None:
    async with world_of(make_bot(shelf)) as world:
        await world.ask(RISKS)
        shelf.change(EXECUTIVE_ORDER.id, "changed", "build-2")
        await look(world)
        first = (await shown_now(world)).content
        assert "has changed since (24 Nov 2026); the quotes stand as they were then" in first
        count = len(edits(world))
        await world.env.restart_bot(make_bot(shelf))
        shelf.name = "build-3"
        await look(world)
        await world.env.advance_time(1000)
        assert len(edits(world)) == count
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-4")
        await look(world)
        lines = (await shown_now(world)).content.split("\n")
        assert "was retracted on" in lines[0]
        assert lines[1:] == first.split("\n")


async def test_an_edit_that_was_not_noted_is_not_told_twice(
    make_bot: MakeBot, shelf: Shelf, state: State
) -> None:
    async with world_of(make_bot(shelf)) as world:
        await world.ask(RISKS)
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        await look(world)
        told = text_of(await shown_now(world))
        (shown,) = await asyncio.to_thread(state.records.to_correct)
        await asyncio.to_thread(state.records.mark_corrected, shown.answer_id, ())
        await world.env.restart_bot(make_bot(shelf))
        await look(world)
        assert text_of(await shown_now(world)) == told


async def test_a_removed_source_is_told_in_the_language_of_the_server(
    make_bot: MakeBot, shelf: Shelf, state: State
) -> None:
    async with world_of(make_bot(shelf)) as world:
        state.guilds.write(world.guild.id, GuildSettings(language="de"))
        await world.ask(RISKS)
        shelf.change(EXECUTIVE_ORDER.id, "vanished", "build-2")
        await look(world)
        assert "ist nicht mehr in der Bibliothek (24. Nov. 2026)" in world.last.content


async def test_a_library_that_was_lost_or_replaced_corrects_nothing(
    make_bot: MakeBot, shelf: Shelf
) -> None:
    async with world_of(make_bot(shelf)) as world:
        await world.ask(RISKS)
        count = len(edits(world))
        shelf.lost = True
        await look(world)
        shelf.lost = False
        shelf.name = "build-of-another-library"
        shelf.standings = dict.fromkeys((EXECUTIVE_ORDER.id, OPEN_LETTER.id, AI_ACT.id), "vanished")
        await look(world)
        shelf.standings = dict.fromkeys(shelf.standings, "changed")
        shelf.name = "rebuilt"
        await look(world)
        assert len(edits(world)) == count


async def test_a_message_that_was_deleted_is_forgotten_and_the_next_one_corrected(
    make_bot: MakeBot, shelf: Shelf, state: State
) -> None:
    async with world_of(make_bot(shelf)) as world:
        other = world.guild.create_text_channel("other")
        await world.person.slash(other, "ask", question=RISKS)
        await world.ask(RISKS)
        assert world.channel.last_message is not None
        channel = world.bot.get_channel(world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.fetch_message(world.channel.last_message.id)
        await message.delete()
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        await look(world)
        assert (await shown_now(world, other)).content.startswith("⚠️")
        (left,) = await asyncio.to_thread(state.records.to_correct)
        assert left.channel_id == other.id


async def test_answers_in_plain_text_keep_the_question_first_and_their_limit(
    make_bot: MakeBot, shelf: Shelf
) -> None:
    async with world_of(make_bot(shelf)) as world:
        plain = world.guild.create_text_channel(
            "no-embeds",
            overwrites={world.guild.default_role: discord.PermissionOverwrite(embed_links=False)},
        )
        question = f"{RISKS} " + "*" * 400
        await world.person.slash(plain, "ask", question=question)
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        await look(world)
        message = await shown_now(world, plain)
        assert question_line.read_message(message) == question
        assert message.content.split("\n")[1].startswith("⚠️")
        assert size(message.content) <= CONTENT_LIMIT


async def test_discord_out_of_order_is_tried_again_and_given_up_until_later(
    make_bot: MakeBot,
    shelf: Shelf,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot = make_bot(shelf)
    async with world_of(bot) as world:
        await world.ask(RISKS)
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        cog = cog_of(bot)
        tried = 0

        async def down(*_given: object) -> None:
            nonlocal tried
            tried += 1
            raise OSError("no route")

        with monkeypatch.context() as patch:
            patch.setattr(cog, "_correct", down)
            for _ in range(corrections.MOST_TRIES + 2):
                await world.env.advance_time(61)
        assert tried == corrections.MOST_TRIES
        assert "not corrected (OSError no route)" in caplog.text
        for _ in range(70):
            await world.env.advance_time(61)
        assert world.last.content.startswith("⚠️")


async def test_answers_in_direct_messages_are_corrected_too(
    make_bot: MakeBot, shelf: Shelf
) -> None:
    async with world_of(make_bot(shelf)) as world:
        await world.person.send_dm(RISKS)
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        await look(world)
        history = world.person.user.dm_channel.history()
        assert sum(each.content.startswith("⚠️") for each in history) == 1


async def test_a_channel_that_may_not_be_read_is_passed_over(
    make_bot: MakeBot, shelf: Shelf, state: State
) -> None:
    async with world_of(make_bot(shelf)) as world:
        for number in range(2):
            await world.ask(f"{RISKS} {number}")
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        path = "/channels/*/messages/*"
        world.env.inject_error("GET", path, status=403, code=50001, message="Missing Access")
        await look(world)
        told = await asyncio.to_thread(state.records.to_correct)
        assert sorted(bool(each.corrected_for) for each in told) == [False, True]


async def test_a_thread_that_went_to_the_archive_is_opened_for_the_edit_and_closed_again(
    make_bot: MakeBot, shelf: Shelf
) -> None:
    async with world_of(make_bot(shelf)) as world:
        channel = world.bot.get_channel(world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.create_thread(name="An old one", type=discord.ChannelType.public_thread)
        await world.env.settle()
        (thread,) = world.channel.threads
        await world.person.slash(thread, "ask", question=RISKS)
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        path = "/channels/*/messages/*"
        world.env.inject_error("PATCH", path, status=400, code=50083, message="Thread is archived")
        await look(world)
        assert (await shown_now(world, thread)).content.startswith("⚠️")
        of_threads = [each for each in world.env.http_requests if each.method == "PATCH"]
        flags = [each.json for each in of_threads if each.path == f"/channels/{thread.id}"]
        assert flags == [{"archived": False}, {"archived": True}]


async def test_edits_come_one_a_second_and_a_round_has_an_end(
    make_bot: MakeBot, shelf: Shelf, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "AT_ONCE", 2)
    monkeypatch.setattr(corrections, "MOST_EDITS", 2)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    bot = make_bot(shelf)
    async with world_of(bot) as world:
        for number in range(5):
            await world.ask(f"{RISKS} {number}")
        await world.env.advance_time(1)
        cog = Corrections(bot, sleep)
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        for corrected in (2, 4, 5, 5):
            await cog.look()
            assert slept == [corrections.PAUSE_SECONDS] * corrected
        assert all(each.corrected_for for each in await asyncio.to_thread(state.records.to_correct))


async def test_an_answer_that_only_the_asker_sees_is_left_alone(
    make_bot: MakeBot, shelf: Shelf, state: State
) -> None:
    async with world_of(make_bot(shelf)) as world:
        answer = shelf.answer(RISKS)
        state.records.keep(answer, guild_id=world.guild.id, ephemeral=True)
        state.records.locate(answer.id, channel_id=world.channel.id, message_id=1)
        shelf.retract(EXECUTIVE_ORDER.id, EXECUTIVE_ORDER.title, "build-2")
        await look(world)
        assert edits(world) == []
        assert await asyncio.to_thread(state.records.evidence, answer.id) is not None


def test_many_causes_are_counted_and_every_notice_fits() -> None:
    found = [
        Cause(what="retracted", source_id=str(n), title="*" * 500, at=AT, why="_" * 500)
        for n in range(6)
    ]
    for language in ("en", "de"):
        told = notice(found, words_for(language))
        assert told.count("\n") == 3
        assert "3" in told.split("\n")[-1]
        assert size(told) <= 1600


def test_the_past_believes_what_the_library_knows_of() -> None:
    view = Shelf().library()
    touched = replace(view.entries[0], added="2026-01-01", changed="2026-02-02")
    past = Past(replace(view, entries=(touched,)))
    assert vars(past)["_told"] == {("changed", EXECUTIVE_ORDER.id): ("2026-02-02", "")}


def cog_of(bot: CaveatBot) -> Corrections:
    cog = bot.get_cog("Corrections")
    assert isinstance(cog, Corrections)
    return cog


LETTER = (
    "# The letter\n\nWidely available model weights bring substantial security risks to everyone.\n"
)
NOTE = (
    "# A note\n\nAuditors inspect widely available weights, and they find more mistakes sooner.\n"
)


@pytest.mark.simcord(settle_timeout=30)
async def test_from_ingest_retract_to_the_edited_message(
    make_bot: MakeBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    encoder = WordEncoder()
    monkeypatch.setattr("ingest.commands.open_encoder", lambda _settings: encoder)
    monkeypatch.setattr("knowledge.compose.open_encoder", lambda _settings: encoder)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    for name, text in (("letter.md", LETTER), ("note.md", NOTE)):
        (tmp_path / name).write_text(text)
        assert ingest(["add", str(tmp_path / name), "--quiet"]) == 0
    capsys.readouterr()
    assert ingest(["list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["sources"]
    letter = next(each["source_id"] for each in listed if each["title"] == "The letter")
    settings = KnowledgeSettings(CAVEAT_DATA_DIR=tmp_path, LEAST_CONFIDENCE=0, _env_file=None)
    answerer = open_answerer(settings)
    async with world_of(make_bot(answerer)) as world:
        shown = text_of(await world.ask("Do widely available model weights bring security risks?"))
        assert "substantial security risks to everyone" in shown
        await look(world)
        assert world.last.content == ""
        assert ingest(["retract", letter, "--why", "It was forged.", "--quiet"]) == 0
        await look(world)
        assert world.last.content.startswith("⚠️ A source of this answer, The letter, was retracted")
        assert world.last.content.endswith(": It was forged.")
        assert "substantial security risks to everyone" in text_of(world.last)
        again = text_of(await world.ask("Do widely available model weights bring security risks?"))
        assert "to everyone" not in again
    answerer.close()

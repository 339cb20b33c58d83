import asyncio
from collections.abc import Iterator

import pytest

from bot.cogs import telling
from bot.cogs.telling import Telling
from bot.settings import BotSettings
from bot.state import FeedbackStore, GuildSettings, NewFeedback, State
from bot.words import words_for
from knowledge.compose import open_suggestions
from knowledge.errors import LibraryError
from knowledge.library import Suggestions
from tests.bot.world import MakeBot, World, world_of

PAPER = "https://example.org/paper"


@pytest.fixture
def suggestions(settings: BotSettings) -> Iterator[Suggestions]:
    opened = open_suggestions(settings)
    yield opened
    opened.close()


def reported(world: World, state: State, resolution: str, answer: str = "a") -> None:
    """The person's report on an answer, and what came of it."""
    state.feedback.add(
        NewFeedback(
            answer_id=answer,
            guild_id=world.guild.id,
            person=state.pseudonyms.of(world.person.user.id),
            verdict="down",
            reason="wrong",
            reporter_id=world.person.user.id,
        )
    )
    (report,) = state.feedback.queue(world.guild.id)
    state.feedback.resolve(report.id, resolution, guild_id=world.guild.id)


async def look(world: World) -> None:
    """What the next minute brings."""
    await world.env.advance_time(61)
    await world.env.advance_time(30)


def told(world: World) -> list[str]:
    """What the person was told by direct message, oldest first."""
    messages = world.person.user.dm_channel.history()
    return [each.content for each in sorted(messages, key=lambda each: each.id)]


async def test_a_reporter_is_told_once_what_came_of_it_and_then_forgotten(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        reported(world, state, "The source was *replaced*, @everyone.")
        for _ in range(2):
            await look(world)
        (message,) = told(world)
        assert "This is what came of it: The source was \\*replaced\\*" in message
        assert "@everyone" not in message
        assert await asyncio.to_thread(state.feedback.untold) == ()
        await world.env.restart_bot(make_bot())
        await look(world)
        assert len(told(world)) == 1


async def test_people_are_told_in_the_language_of_their_server(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        state.guilds.write(world.guild.id, GuildSettings(language="de"))
        reported(world, state, "Die Quelle wurde ersetzt.")
        await look(world)
        assert told(world)[0].startswith("Danke für den Hinweis")


async def test_suggesters_hear_of_the_approval_and_of_what_became_of_it(
    make_bot: MakeBot, suggestions: Suggestions
) -> None:
    words = words_for("en")
    async with world_of(make_bot()) as world:
        contact, guild = str(world.person.user.id), str(world.guild.id)
        made = suggestions.suggest(PAPER, note=None, contact=contact, guild=guild)
        await look(world)
        suggestions.approve(made.id)
        await look(world)
        assert told(world) == [words("telling.approved", url=f"<{PAPER}>")]
        suggestions.fail(made.id, "a reason for the operator")
        await look(world)
        await look(world)
        assert told(world)[1:] == [words("telling.failed", url=f"<{PAPER}>")]
        (kept,) = suggestions.listed()
        assert kept.contact is None


async def test_what_was_taken_in_between_two_rounds_is_told_at_once(
    make_bot: MakeBot, suggestions: Suggestions
) -> None:
    async with world_of(make_bot()) as world:
        contact = str(world.person.user.id)
        made = suggestions.suggest(PAPER, note=None, contact=contact, guild=None)
        suggestions.approve(made.id)
        suggestions.take(made.id, "paper")
        await look(world)
        assert told(world) == [words_for("en")("telling.taken", url=f"<{PAPER}>")]


async def test_a_rejection_is_told_with_its_reason(
    make_bot: MakeBot, suggestions: Suggestions
) -> None:
    async with world_of(make_bot()) as world:
        contact = str(world.person.user.id)
        made = suggestions.suggest(PAPER, note=None, contact=contact, guild=None)
        suggestions.reject(made.id, "It is a *copy*.")
        await look(world)
        expected = words_for("en")(
            "telling.rejected", url=f"<{PAPER}>", reason="It is a \\*copy\\*."
        )
        assert told(world) == [expected]


async def test_who_takes_no_direct_messages_is_forgotten_without_a_trace(
    make_bot: MakeBot, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    async with world_of(make_bot()) as world:
        reported(world, state, "Done.")
        caplog.set_level("INFO")
        path = "/channels/*/messages"
        closed = "Cannot send messages to this user"
        world.env.inject_error("POST", path, status=403, code=50007, message=closed)
        for _ in range(2):
            await look(world)
        assert told(world) == []
        assert await asyncio.to_thread(state.feedback.untold) == ()
        ours = [each.getMessage() for each in caplog.records if each.name == telling.__name__]
        assert ours == ["Someone could not be told what came of it (code 50007)."]
        assert str(world.person.user.id) not in "".join(ours)


async def test_when_discord_is_out_of_order_people_are_told_later(
    make_bot: MakeBot, state: State
) -> None:
    async with world_of(make_bot()) as world:
        reported(world, state, "Done.")
        world.env.inject_error("POST", "/channels/*/messages", status=501)
        await look(world)
        assert told(world) == []
        await look(world)
        assert len(told(world)) == 1


async def test_when_the_database_cannot_note_it_nobody_is_told_twice(
    make_bot: MakeBot, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: FeedbackStore, _feedback_id: int) -> None:
        raise LibraryError("bot.db is full.")

    async with world_of(make_bot()) as world:
        reported(world, state, "Done.")
        with monkeypatch.context() as patch:
            patch.setattr(FeedbackStore, "mark_told", full)
            for _ in range(2):
                await look(world)
        assert len(told(world)) == 1
        await look(world)
        assert len(told(world)) == 1
        assert await asyncio.to_thread(state.feedback.untold) == ()


async def test_a_round_tells_only_so_many_with_pauses(
    make_bot: MakeBot, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_AT_ONCE", 2)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    bot = make_bot()
    async with world_of(bot) as world:
        for number in range(3):
            reported(world, state, "Done.", str(number))
        cog = Telling(bot, sleep)
        for count in (2, 3, 3):
            await cog.look()
            assert slept == [telling.PAUSE_SECONDS] * count


async def test_no_library_is_made_where_there_is_none(
    make_bot: MakeBot, settings: BotSettings
) -> None:
    async with world_of(make_bot()) as world:
        await look(world)
        assert not list(settings.data_dir.glob("library.db*"))

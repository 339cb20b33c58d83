"""Written answers over the wire: the bot as it is, a chat model's server, and Discord."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.bot.wire.process import bot
from tests.bot.wire.questions import QUOTE, risks
from tests.bot.wire.rendering import addressed, links
from tests.bot.wire.server import Discord, text_of
from tests.bot.wire.tricks import STRANGER
from tests.bot.writers import TEXT
from tests.chat.server import NO_QUOTA, ChatServer, need, said
from tests.fakes import PASSAGES

ORIGINAL = "/webhooks/*/messages/@original"
CHECKED = "✓ 2 of 2 sentences checked"
SOURCES = tuple(str(passage.source.url) for passage in PASSAGES)
HOSTILE = (
    f"{TEXT} @everyone <@{STRANGER}> may look at [the report](https://evil.example/login) [1]. "
    "> When weights are out, **discord.gg/evil** helps [1].\n\n# @here\n\n"
    f"Substantial security risks </ask:{STRANGER}> come with <t:1700000000:R> weights. [1]"
)


@pytest.fixture
def chat() -> object:
    need("openai")
    with ChatServer() as running:
        yield running


def model(chat: ChatServer, **more: str) -> dict[str, str]:
    """The environment of a bot that writes with that server's model."""
    return {"CHAT_MODEL": "openai:scripted", "CHAT_BASE_URL": chat.address, **more}


async def test_an_answer_is_written_and_harmless_whatever_the_model_says(
    discord: Discord, tmp_path: Path, chat: ChatServer
) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, **model(chat)) as running:
        chat.play(said(TEXT), said(HOSTILE))
        record = ada.ask(risks())
        assert CHECKED in text_of(await discord.answer(record))
        hostile = await discord.reply(ada.mention(risks()))
        evidence = None
        for message in discord.world.messages():
            if "sentences checked" in text_of({"embeds": message.embeds}):
                evidence = await discord.answer(ada.press(message, "vidence"))
        await running.stop()
    (edit,) = discord.rest.sent("PATCH", ORIGINAL)  # one message, and nothing before it
    assert edit.json["allowed_mentions"] == {"parse": []}
    for seen in (hostile, evidence):
        assert seen is not None
        assert addressed(seen) == set()
        assert [each for each in links(seen) if not each.startswith(SOURCES)] == []
    for message in discord.world.messages():
        assert (message.ping_user_ids, message.ping_role_ids) == ([], [])
        assert not message.mention_everyone


async def test_a_model_that_hangs_or_has_no_room_leaves_the_quotes_in_the_same_reply(
    discord: Discord, tmp_path: Path, chat: ChatServer
) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, **model(chat, CHAT_SECONDS="1")) as running:
        chat.play(said(seconds=20), NO_QUOTA)
        slow = text_of(await discord.answer(ada.ask(risks())))
        busy = text_of(await discord.answer(ada.ask(risks())))
        await running.stop()
    assert QUOTE in slow
    assert "took too long, so this answer is quoted" in slow
    assert QUOTE in busy
    assert "is very busy, so this answer is quoted" in busy
    assert len(list(discord.rest.sent("PATCH", ORIGINAL))) == 2


async def test_stages_are_shown_seldom_and_one_answer_takes_their_place(
    discord: Discord, tmp_path: Path, chat: ChatServer
) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, **model(chat)) as running:
        chat.play(said(TEXT, seconds=2.5))
        record, asked = ada.ask(risks()), ada.mention(risks())
        seen = await discord.answer(record)
        assert "Writing" in text_of(seen)
        await discord.until(lambda: "checked" in text_of({"e": shown_for(discord, record)}))
        await discord.until(
            lambda: "checked" in text_of({"e": discord.world.replies(asked)[0].embeds})
        )
        await running.stop()
    edits = [each for each in discord.rest.exchanges if each.method == "PATCH"]
    mine = [each for each in edits if record.token in each.path]
    assert ["content" in each.json and bool(each.json["content"]) for each in mine] == [True, False]
    (reply,) = discord.world.replies(asked)
    assert reply.content == ""
    assert discord.acknowledgements()[record.id] < 1


async def test_stopping_waits_for_an_answer_that_is_being_written(
    discord: Discord, tmp_path: Path, chat: ChatServer
) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, **model(chat)) as running:
        chat.play(said(TEXT, seconds=1))
        record = ada.ask(risks())
        await discord.until(lambda: record.responded)
        while not chat.asked:  # noqa: ASYNC110 - another thread
            await asyncio.sleep(0.02)
        running.signal()
        ended = await running.ended(8)
    assert ended.code == 0
    assert CHECKED in text_of(await discord.answer(record))


async def test_stopping_shows_the_quotes_when_the_model_hangs(
    discord: Discord, tmp_path: Path, chat: ChatServer
) -> None:
    ada = discord.world.person()
    async with bot(discord, tmp_path, **model(chat, HURRY_SECONDS="0.5")) as running:
        chat.play(said(TEXT, seconds=25))
        record = ada.ask(risks())
        await discord.until(lambda: record.responded)
        while not chat.asked:  # noqa: ASYNC110 - another thread
            await asyncio.sleep(0.02)
        begun = time.monotonic()
        running.signal()
        ended = await running.ended(8)
        assert time.monotonic() - begun < 6
    assert ended.code == 0
    assert QUOTE in text_of(await discord.answer(record))


def shown_for(discord: Discord, record: object) -> object:
    message = discord.world.message(record)  # type: ignore[arg-type]
    return message.embeds if message else None

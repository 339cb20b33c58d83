"""Questions and messages of those who mean harm, by every way in."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.message.escape import size
from bot.message.question_line import LONGEST_QUESTION, read_message
from bot.state import GuildSettings, State
from bot.words import words_for
from knowledge.model import Passage
from tests.bot.presses import RISKS, mention, said
from tests.bot.test_ask import QUOTE
from tests.bot.world import MakeBot, World, settings_in, text_of, world_of
from tests.fakes import PASSAGES, WordOverlapAnswerer

ENGLISH = words_for("en")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
INVISIBLE = "\u200b\u2060\u00ad\u200d"
ZALGO = "".join(f"{letter}\u0335\u0321\u0300" if letter.isalpha() else letter for letter in RISKS)
ARABIC = "ما هي مخاطر النماذج مفتوحة الأوزان؟"
TWISTED = f"\u202e{RISKS}\u202c \u2067{ARABIC}\u2069 \u202d"
LONG = {
    "words": "open weights carry risks. " * 150,
    "one word": "a" * 4000,
    "zalgo": (ZALGO * 40)[:4000],
    "invisible": (INVISIBLE * 1000)[:3900] + RISKS,
    "from right to left": (f"\u202e{ARABIC} " * 120)[:4000],
    "mentions": ("<@123456789012345678> @everyone " * 130)[:4000],
    "markup": ("**`||[x](https://evil.example)||`** " * 120)[:4000],
    "lines": "why?\n" * 800,
}


@pytest.fixture
def _nitro(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets people write 4,000 characters, as those do who pay for it; simcord knows of 2,000."""

    def half(value: Any) -> int:
        return (len(value) + 1) // 2 if isinstance(value, str) else len(value)

    monkeypatch.setattr("simcord.components.len", half, raising=False)


def answers(world: World) -> list[discord.Message]:
    """What the bot wrote in the channel, the newest first."""
    assert world.bot.user is not None
    mine = [each for each in world.channel.history() if each.author.id == world.bot.user.id]
    return sorted(mine, key=lambda message: -message.id)


def is_harmless(message: Any) -> bool:
    """Whether a message turns no line round, pings nobody and leads nowhere strange."""
    text = text_of(message)
    pings = re.search(r"(?<!\\\\)<@[!&]?\\d|@everyone|@here", text)
    fits = size(message.content or "") <= 2_000
    return fits and not TURNS.search(text) and not pings and "](https://evil" not in text


@pytest.mark.usefixtures("_nitro")
@pytest.mark.parametrize("question", LONG.values(), ids=LONG)
async def test_four_thousand_characters_are_met_with_a_sentence_or_an_answer_everywhere(
    make_bot: MakeBot, question: str
) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        assert is_harmless(await mention(world, question[:3900]))
        await world.person.send_dm(question[:3900])
        (direct,) = [
            each
            for each in world.person.user.dm_channel.history()
            if each.author.id != world.person.id
        ]
        assert is_harmless(direct)
        written = await world.person.send(world.channel, question)
        for menu in ("command.menu.ask", "command.menu.check"):
            chosen = await world.person.context_menu(world.channel, ENGLISH(menu), written)
            assert chosen.response is not None
            assert is_harmless(chosen.response)
    assert all(len(heard) <= LONGEST_QUESTION for heard, _ in answering.heard)


async def test_discord_is_told_how_long_a_question_may_be(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        ask: Any = world.bot.tree.get_command("ask")
        assert ask.to_dict(world.bot.tree)["options"][0]["max_length"] == LONGEST_QUESTION


@pytest.mark.parametrize(
    "written", [TWISTED, ZALGO[:LONGEST_QUESTION], RISKS.replace(" ", f" {INVISIBLE}")]
)
async def test_what_hides_in_a_question_neither_shows_nor_changes_its_answer(
    make_bot: MakeBot, written: str
) -> None:
    async with world_of(make_bot()) as world:
        commanded = await world.ask(written)
        assert QUOTE in text_of(commanded)
        assert is_harmless(commanded)
        assert read_message(commanded.message) == written
        evidence = await world.person.click(commanded, label=ENGLISH("evidence.button"))
        assert not TURNS.search(said(evidence))


def twisted(passage: Passage) -> Passage:
    """The passage with marks in it that turn what stands beside them round."""
    text = passage.chunk.text.replace("such as", "\u202esuch as\u2067", 1)
    chunk = replace(passage.chunk, text=text, end=len(text), heading_path=("\u202eSec. 4",))
    title = f"\u202e{passage.source.title}\u2066"
    return replace(passage, chunk=chunk, source=replace(passage.source, title=title))


@pytest.mark.parametrize("way", ["command", "mention", "check"])
async def test_a_quote_turns_nothing_round(make_bot: MakeBot, way: str) -> None:
    answering = WordOverlapAnswerer([twisted(each) for each in PASSAGES])
    async with world_of(make_bot(answering)) as world:
        shown: Any
        if way == "command":
            shown = await world.ask(RISKS)
        elif way == "mention":
            shown = await mention(world, RISKS)
        else:
            claim = await world.person.send(world.channel, "Model weights are widely available.")
            menu = ENGLISH("command.menu.check")
            shown = (await world.person.context_menu(world.channel, menu, claim)).response
        text = text_of(shown)
        assert "widely available" in text
        assert not TURNS.search(text)
        assert not TURNS.search("".join(each.url or "" for each in shown.embeds))


async def test_a_bomb_of_mentions_is_one_question_and_pings_nobody(make_bot: MakeBot) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        people = " ".join(f"<@{number}>" for number in range(10**17, 10**17 + 12))
        for bomb in (f"{world.mention * 20} {RISKS}", f"{RISKS} @everyone @here {people} <@&1>"):
            shown = await mention(world, bomb)
            assert {each.id for each in shown.mentions} <= {world.person.id}
            assert (shown.mention_everyone, shown.role_mentions) == (False, [])
            commanded = await world.ask(bomb[:LONGEST_QUESTION])
            assert is_harmless(commanded)
            assert commanded.message.mentions == []
        assert len(answers(world)) == 4


async def test_near_duplicates_of_a_question_share_one_answer(
    make_bot: MakeBot, state: State
) -> None:
    answering = WordOverlapAnswerer()
    async with world_of(make_bot(answering)) as world:
        state.guilds.write(world.guild.id, GuildSettings(per_channel_minute=60))
        first = (await mention(world, RISKS)).jump_url
        for number, again in enumerate(
            (
                RISKS.upper(),
                RISKS.replace("?", " ???!!"),
                RISKS.replace("risks", f"ri{INVISIBLE}sks"),
                RISKS.replace("What", "Whaaaat"),
                f"\u202e{RISKS}",
                ZALGO,
            )
        ):
            person = world.guild.add_member(world.env.create_user(f"person {number}"))
            assert first in (await mention(world, again, person=person)).content
    assert answering.asked == 1


@pytest.fixture
def listening(make_bot: MakeBot, tmp_path: Path) -> tuple[Any, WordOverlapAnswerer]:
    """A bot that reads everything in its threads."""
    answering = WordOverlapAnswerer()
    return make_bot(answering, settings=settings_in(tmp_path, FOLLOW_THREADS="yes")), answering


async def test_webhooks_and_bots_are_never_answered(
    listening: tuple[Any, WordOverlapAnswerer], state: State
) -> None:
    bot, answering = listening
    async with world_of(bot) as world:
        state.guilds.write(world.guild.id, GuildSettings(threads="always"))
        await mention(world, RISKS)
        (thread,) = world.channel.threads
        (answer,) = [each for each in thread.history() if each.embeds]
        robot = world.guild.add_member(world.env.create_user("robot", bot=True))
        hook = world.guild.create_webhook(world.channel, "hook")
        before = len(world.channel.history()), len(thread.history())
        await hook.send(f"{world.mention} {RISKS}")
        await hook.send(f"{world.mention} {RISKS}", username="ada")
        await robot.send(world.channel, f"{world.mention} {RISKS}")
        await robot.send(thread, RISKS)
        await robot.send(thread, f"{world.mention} and models?", reply_to=answer)
        assert (len(world.channel.history()), len(thread.history())) == (
            before[0] + 3,
            before[1] + 2,
        )
    assert answering.asked == 1


async def test_the_bot_never_answers_itself(
    listening: tuple[Any, WordOverlapAnswerer], state: State
) -> None:
    bot, answering = listening
    async with world_of(bot) as world:
        state.guilds.write(world.guild.id, GuildSettings(threads="always"))
        await mention(world, RISKS)
        (thread,) = world.channel.threads
        own: Any = world.bot.get_channel(world.channel.id)
        mine = await own.send(f"{world.mention} {RISKS}")
        await mine.reply(f"{world.mention} {RISKS} And models?")
        inside: Any = world.bot.get_channel(thread.id)
        await inside.send(f"{RISKS} And licences?")
        await world.env.settle()
    assert answering.asked == 1

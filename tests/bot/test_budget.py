"""What a server and the operator let a chat model cost."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from bot.asking.purse import Hold, Purse
from bot.managing.money import dollars_words, number_words
from bot.managing.settings_budget_form import read_budget
from bot.settings import BotSettings
from bot.state import GuildSettings, State
from bot.words import words_for
from knowledge.chat import terms_of
from knowledge.model import Spent
from tests.bot.managing import read_german, steward
from tests.bot.presses import RISKS
from tests.bot.test_settings_panel import panel
from tests.bot.world import MakeBot, World, settings_in, text_of, world_of
from tests.bot.writers import COST, ScriptedChat, WritingAnswerer

ENGLISH, GERMAN = words_for("en"), words_for("de")
REACHED = ENGLISH("note.written-budget")
MODEL = "openai:gpt-5-nano"


def settings_of(folder: Path, model: str = MODEL, **more: Any) -> BotSettings:
    return settings_in(folder, CHAT_MODEL=model, OPENAI_API_KEY="key", **more)


def cap(state: State, world: World, **dollars: float) -> None:
    state.guilds.write(world.guild.id, GuildSettings(**dollars))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["dollars_per_day", "dollars_per_month"])
async def test_when_a_cap_is_reached_answers_are_quoted_and_say_so(
    make_bot: MakeBot, state: State, name: str
) -> None:
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        cap(state, world, **{name: 0.03})  # an answer costs 0.02
        shown = [text_of(await world.ask(f"{RISKS} {number}")) for number in range(3)]
        await world.env.restart_bot(make_bot(WritingAnswerer(chat)))
        shown.append(text_of(await world.ask(f"{RISKS} again")))
    assert [REACHED in each for each in shown] == [False, False, True, True]
    assert "> When the weights" in shown[-1]
    assert len(chat.asked) == 2


async def test_a_cap_of_nothing_means_no_model_and_no_note(make_bot: MakeBot, state: State) -> None:
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        cap(state, world, dollars_per_day=0)
        answer = await world.ask(RISKS)
    assert chat.asked == []
    assert "Quoted word for word" in text_of(answer)
    assert REACHED not in text_of(answer)
    assert "simpler" not in str(answer.components)


async def test_the_operators_cap_holds_everywhere_together(
    make_bot: MakeBot, state: State, tmp_path: Path
) -> None:
    chat = ScriptedChat()
    settings = settings_of(tmp_path, CHAT_DAILY_DOLLARS=0.03)
    async with world_of(make_bot(WritingAnswerer(chat), settings=settings)) as world:
        await world.ask(RISKS)
        await world.person.send_dm(f"{RISKS} Really?")
        other = world.env.create_guild("Elsewhere")
        person = other.add_member(world.env.create_user("grace"))
        channel = other.create_text_channel("general")
        asked = await person.slash(channel, "ask", question=f"{RISKS} Truly?")
        assert asked.response is not None
        assert REACHED in text_of(asked.response)
    assert state.spending.counts(None, 1).tokens == COST.input_tokens + COST.output_tokens


async def test_answers_under_way_count_before_they_are_paid(state: State, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    purse = Purse(state, terms=terms_of(settings))
    first = await purse.take(1, "standard")
    assert isinstance(first, Hold)
    assert 0 < first.dollars < 0.01
    state.guilds.write(1, GuildSettings(dollars_per_day=0.01))
    taken = [await purse.take(1, "deep") for _ in range(20)]
    held = [each for each in taken if isinstance(each, Hold)]
    assert 0.01 <= first.dollars + sum(each.dollars for each in held) < 0.01 + held[0].dollars
    assert taken[-1] == "reached"
    assert isinstance(await purse.take(2, "deep"), Hold)
    for each in (first, *held):
        await purse.settle(each, None)
    assert isinstance(await purse.take(1, "deep"), Hold)


async def test_what_a_killed_process_had_under_way_stays_counted(
    state: State, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path)
    state.guilds.write(1, GuildSettings(dollars_per_day=0.0001))
    taken = await Purse(state, terms=terms_of(settings)).take(1, "standard")
    assert isinstance(taken, Hold)
    after = Purse(state, terms=terms_of(settings))  # of the next process
    assert await after.take(1, "standard") == "reached"
    assert state.spending.counts(1, 1).dollars == pytest.approx(taken.dollars, abs=1e-6)


async def test_what_cannot_be_stored_counts_all_the_same_and_is_stored_later(state: State) -> None:
    purse = Purse(state, terms=None)
    state.guilds.write(1, GuildSettings(dollars_per_day=1))
    hold = await purse.take(1, "brief")
    assert isinstance(hold, Hold)
    with state.engine.begin() as connection:
        connection.execute(sql("ALTER TABLE spending RENAME TO away"))
    await purse.settle(hold, Spent(input_tokens=5, output_tokens=5, dollars=2.0), end="written")
    assert await purse.take(1, "brief") == "unknown"
    with state.engine.begin() as connection:
        connection.execute(sql("ALTER TABLE away RENAME TO spending"))
    assert await purse.take(1, "brief") == "reached"
    other = await purse.take(2, "brief")
    assert isinstance(other, Hold)
    await purse.settle(other, None)
    assert state.spending.counts(1, 1).dollars == 2.0


async def test_the_budget_is_typed_into_a_form_and_what_was_used_is_shown(
    make_bot: MakeBot, state: State, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path)
    async with world_of(make_bot(WritingAnswerer(ScriptedChat()), settings=settings)) as world:
        member = steward(world)
        await world.ask(RISKS)
        shown = await panel(world, member, "budget")
        assert "**Budget:** no cap" in text_of(shown)
        assert "Used today: $0.02 for 1\u202f100 tokens. This month: $0.02" in text_of(shown)
        form = await member.click(shown, label=ENGLISH("settings.button.budget"))
        shown = (
            await member.submit_modal(form, {"dollars_per_day": "0,50", "dollars_per_month": "$10"})
        ).response
        assert "**Budget:** $0.50 a day, $10.00 a month" in text_of(shown)
        assert state.guilds.read(world.guild.id).dollars_per_day == 0.5
        form = await member.click(shown, label=ENGLISH("settings.button.budget"))
        shown = (
            await member.submit_modal(form, {"dollars_per_day": "lots", "dollars_per_month": ""})
        ).response
        assert "Per day takes an amount of dollars" in text_of(shown)
        assert state.guilds.read(world.guild.id).dollars_per_month == 10
        form = await member.click(shown, label=ENGLISH("settings.button.budget"))
        shown = (
            await member.submit_modal(form, {"dollars_per_day": "0", "dollars_per_month": ""})
        ).response
        assert "**Budget:** no language model" in text_of(shown)


async def test_without_a_model_there_is_no_budget_to_set(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        member = steward(world)
        shown = await panel(world, member)
        assert "Budget" not in text_of(shown)
        assert "budget" not in str(shown.components)


async def test_who_sets_a_cap_is_told_when_the_price_is_unknown_or_the_model_broken(
    make_bot: MakeBot, tmp_path: Path
) -> None:
    for model, key in (("openai:unheard-of", "budget-unpriced"), ("nonsense", "budget-broken")):
        settings = settings_of(tmp_path, model)
        answerer = WritingAnswerer(ScriptedChat())
        async with world_of(make_bot(answerer, settings=settings)) as world:
            shown = await panel(world, steward(world), "budget")
        assert ENGLISH(f"settings.value.{key}") in text_of(shown)


async def test_the_numbers_of_a_server_tell_what_was_written_and_what_it_cost(
    make_bot: MakeBot, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpriced = Spent(input_tokens=400, output_tokens=100)
    async with world_of(make_bot(WritingAnswerer(ScriptedChat()))) as world:
        member = steward(world)
        await world.ask(RISKS)
        shown = (await member.slash(world.channel, "stats")).response
        assert "**Written by the language model:** 1 · quoted instead: 0" in text_of(shown)
        assert "**It used:** 1\u202f100 tokens, $0.02\n" in text_of(shown)
        state.spending.add(world.guild.id, unpriced, end="quoted")
        read_german(monkeypatch)
        shown = (await member.slash(world.channel, "stats")).response
        assert "1\u202f600 Token, 0,02 $ und was 500 davon" in text_of(shown)


def test_amounts_read_as_they_do_in_a_language() -> None:
    assert [dollars_words(each, ENGLISH) for each in (0, 0.004, 1234.5)] == [
        "$0.00",
        "$0.0040",
        "$1234.50",
    ]
    assert dollars_words(0.5, GERMAN) == "0,50 $"
    assert number_words(1234567) == "1\u202f234\u202f567"


@pytest.mark.parametrize("typed", ["-1", "1e3", "nan", "inf", "1.2.3", ".", "1 2", "100001", "²"])
def test_no_odd_amount_becomes_a_cap(typed: str) -> None:
    assert isinstance(read_budget({"dollars_per_day": typed}, ENGLISH), str)

from typing import get_args

import pytest
import simcord

from bot.asking.removals import Removals
from bot.message.escape import size
from bot.message.removed_text import removed_text
from bot.state import GuildSettings, State
from bot.words import LANGUAGES, words_for
from knowledge.chat import ChatError
from knowledge.model import Answer, Removed, Spent, Written
from knowledge.support.verdict import Reason
from knowledge.writing.noting import FALLBACKS
from knowledge.writing.suspecting import OwnReason
from tests.bot.presses import RISKS, buttons_of, identifier, mention, newest, press, said
from tests.bot.traces import forget
from tests.bot.world import MakeBot, World, text_of, world_of
from tests.bot.writers import COST, INVENTED, TEXT, ScriptedChat, WritingAnswerer

ENGLISH = words_for("en")
UNKNOWN = "How many parrots live in Lisbon?"


async def next_page(world: World, shown: simcord.InteractionResult) -> str:
    assert shown.response is not None
    return said(await world.person.click(shown.response, label="Next"))


async def test_an_answer_is_written_with_marks_that_lead_to_its_quotes(make_bot: MakeBot) -> None:
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        answer = await world.ask(RISKS)
        shown = text_of(answer)
    assert "such as the removal of safeguards within the model. [[1]](https://" in shown
    assert "> " not in shown
    assert "Written by a language model · ✓ 2 of 2 sentences checked · Library of" in shown
    assert "Note: ✓" not in shown
    assert len(chat.asked) == 1
    assert buttons_of(answer.components) == [
        ["evidence", "more"],
        ["other", "simpler"],
        ["up", "down", "delete"],
    ]


@pytest.mark.parametrize("question", ["Hello!", "Thank you!", UNKNOWN])
async def test_what_needs_no_answer_never_reaches_the_model(
    make_bot: MakeBot, question: str
) -> None:
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        await world.ask(question)
    assert chat.asked == []


@pytest.mark.parametrize("code", ["timeout", "rate-limit", "refused", "unreachable", "key"])
async def test_a_model_that_fails_leaves_the_quotes_with_a_short_note(
    make_bot: MakeBot, code: str
) -> None:
    fault = ChatError(code, "No.")  # type: ignore[arg-type]
    async with world_of(make_bot(WritingAnswerer(ScriptedChat(fault=fault)))) as world:
        answer = await world.ask(RISKS)
    assert ENGLISH(f"note.written-{code}") in text_of(answer)
    assert "> When the weights" in text_of(answer)
    offered = [each for row in buttons_of(answer.components) for each in row]
    assert ("simpler" in offered) == (code != "key")


async def test_without_a_model_there_is_no_depth_and_no_simpler_button(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        answer = await world.ask(RISKS)
        (command,) = [each for each in await world.bot.tree.fetch_commands() if each.name == "ask"]
    assert [option.name for option in command.options] == ["question", "private"]
    assert "simpler" not in [each for row in buttons_of(answer.components) for each in row]


async def test_depth_is_chosen_with_the_command_and_told_to_the_model(make_bot: MakeBot) -> None:
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        for depth in ("brief", "deep"):
            await world.ask(RISKS, depth=depth)
        (command,) = [each for each in await world.bot.tree.fetch_commands() if each.name == "ask"]
    brief, deep = (asked[0].text for asked in chat.asked)
    assert brief != deep
    assert "depth" in [option.name for option in command.options]


async def test_simpler_answers_the_same_question_in_plain_words_also_after_a_restart(
    make_bot: MakeBot,
) -> None:
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        answer = await mention(world, RISKS)
        await world.env.restart_bot(make_bot(WritingAnswerer(chat)))
        shown = await press(world, answer, "simpler")
    assert "✓ 2 of 2 sentences checked" in said(shown)
    assert shown.response is not None
    assert "simpler" not in str(shown.response.components)
    assert "fourteen years old" in chat.asked[1][0].text
    assert "fourteen years old" not in chat.asked[0][0].text


async def test_what_the_check_removed_is_listed_with_the_evidence_and_kept_in_no_database(
    make_bot: MakeBot, state: State
) -> None:
    chat = ScriptedChat(text=f"{TEXT} {INVENTED}")
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        answer = await world.ask(RISKS)
        evidence = await press(world, answer, "evidence")
        assert "✓ 2 of 3 sentences checked" in text_of(answer)
        assert "412 laboratories" not in text_of(answer)
        pages = said(evidence)
        if ENGLISH("removed.title") not in pages:
            pages = await next_page(world, evidence)
        assert ENGLISH("removed.title") in pages
        assert "412 laboratories" in pages
        world.bot.services.removals.forget_all()  # as a restart does
        forgotten = await press(world, answer, "evidence")
        pages = said(forgotten)
        if ENGLISH("removed.title") not in pages:
            pages = await next_page(world, forgotten)
    assert ENGLISH("removed.forgotten", count=1) in pages
    assert "412" not in pages
    with state.engine.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM answers").all())
    assert "412 laboratories" not in rows


async def test_what_an_answer_cost_is_counted_also_when_it_is_quoted(
    make_bot: MakeBot, state: State
) -> None:
    fault = ChatError("empty", "Nothing.", Spent(input_tokens=10, output_tokens=5, dollars=0.01))
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        await world.ask(RISKS)
        chat.fault = fault
        await world.ask(f"{RISKS} Once more?")
        counted = state.spending.counts(world.guild.id, 1)
        elsewhere = state.spending.counts(None, 1)
    assert (counted.written, counted.fallbacks) == (1, 1)
    assert counted.tokens == COST.input_tokens + COST.output_tokens + 15
    assert counted.dollars == pytest.approx(0.03)
    assert elsewhere.tokens == 0


async def test_who_pressed_simpler_after_the_model_was_taken_away_is_told(
    make_bot: MakeBot,
) -> None:
    async with world_of(make_bot(WritingAnswerer(ScriptedChat()))) as world:
        answer = await mention(world, RISKS)
        await world.env.restart_bot(make_bot())
        shown = await press(world, answer, "simpler")
    assert said(shown) == ENGLISH("simpler.no-model")


async def test_simpler_counts_as_a_question_of_who_pressed(make_bot: MakeBot, state: State) -> None:
    async with world_of(make_bot(WritingAnswerer(ScriptedChat()))) as world:
        answer = await mention(world, RISKS)
        state.guilds.write(world.guild.id, GuildSettings(per_user_day=1))
        shown = await press(world, answer, "simpler")
    assert "questions for today" in said(shown)


async def test_forgetting_a_person_forgets_what_was_removed(make_bot: MakeBot) -> None:
    chat = ScriptedChat(text=f"{TEXT} {INVENTED}")
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        await world.person.send_dm(RISKS)
        removals = world.bot.services.removals
        answer_id = identifier(newest(world.person.user, world), "evidence").partition(":")[2]
        assert removals.of(answer_id) != ()
        await forget(world)
        assert removals.of(answer_id) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_and_reason_of_the_writer_has_words(language: str) -> None:
    words = words_for(language)
    for code in FALLBACKS:
        assert f"note.written-{code}" in words.own
    reasons = (*get_args(Reason), *get_args(OwnReason))
    for reason in reasons:
        assert f"removed.reason.{reason}" in words.own
    assert "note.partly" in words.own
    removed = [
        Removed(sentence="[x](https://evil.example) @everyone", reason="number", detail="*9*")
    ]
    shown = removed_text(removed, 1, words)
    assert "\\[x\\](https\\://evil.example) @\u200beveryone" in shown
    assert "\\*9\\*" in shown


def test_many_removed_sentences_fit_a_message() -> None:
    removed = [Removed(sentence="word " * 300, reason="uncovered")] * 12
    shown = removed_text(removed, 12, ENGLISH)
    assert size(shown) < 1_900
    assert "more sentences" in shown


def test_removed_sentences_are_kept_for_a_day_and_of_the_latest_answers_only() -> None:
    now = [0.0]
    removals = Removals(lambda: now[0])
    written = Written(
        model="m", prompt="p", checked=1, removed=(Removed(sentence="No.", reason="name"),)
    )
    for number in range(1_001):
        answer = Answer(
            id=str(number),
            question="",
            outcome="answered",
            mode="written",
            text="",
            written=written,
        )
        removals.keep(answer)
    assert removals.of("0") == ()
    assert removals.of("1") == removals.of("1000") != ()
    removals.forget("1")
    assert removals.of("1") == ()
    now[0] = 24 * 3600.0 + 1
    assert removals.of("1000") == ()


async def test_forgetting_somebody_also_forgets_what_was_written_a_moment_ago(
    make_bot: MakeBot,
) -> None:
    chat = ScriptedChat()
    async with world_of(make_bot(WritingAnswerer(chat))) as world:
        for calls in (1, 1):
            await world.ask(RISKS, private="yes")
            assert len(chat.asked) == calls
        await forget(world)
        await world.ask(RISKS, private="yes")
    assert len(chat.asked) == 2

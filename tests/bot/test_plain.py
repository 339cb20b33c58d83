"""Questions written to trip the bot up."""

import pytest

from bot.asking.plain import plain
from bot.asking.repeats import normalised
from bot.message.question_line import read_message
from bot.words import words_for
from tests.bot.presses import mention
from tests.bot.test_ask import QUOTE, RISKS
from tests.bot.world import MakeBot, text_of, world_of
from tests.fakes import WordOverlapAnswerer

ENGLISH = words_for("en")
ZERO_WIDTH = "\u200b\u200d\u2060\ufeff\u00ad\U000e0041"
HIDDEN = RISKS.replace("e", f"e{ZERO_WIDTH}")
ZALGO = "".join(
    f"{letter}\u0335\u0321\u034f\u0300" if letter.isalpha() else letter for letter in RISKS
)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (HIDDEN, RISKS),
        (ZALGO, RISKS),
        ("\u202eabc\u202c \u2067def\u2069", "abc def"),
        ("\u3164\u2800\u115f\u200b\ufe0f", ""),
        ("caf\u0065\u0301 über ấ й", "café über ấ й"),
        ("שָׁלוֹם عَرَبِيّ हिन्दी ไม่", "שָׁלוֹם عَرَبِيّ हिन्दी ไม่"),
        ("one\ntwo\tthree", "one\ntwo\tthree"),
        ("\ud800x\x00", "x"),
        ("", ""),
    ],
)
def test_what_nobody_sees_is_taken_away_and_what_people_read_stays(written: str, seen: str) -> None:
    assert plain(written) == plain(seen)
    if written in {HIDDEN, ZALGO}:
        assert plain(written) == seen


def test_heaps_of_marks_are_thinned() -> None:
    assert len(plain("ש" + "\u05b8" * 500)) <= 5
    assert len(plain("a" + "\u0300" * 500)) <= 1


@pytest.mark.parametrize("written", [HIDDEN, ZALGO, f"\u202e{RISKS}"])
async def test_hidden_characters_change_no_answer_and_the_question_is_shown_as_written(
    make_bot: MakeBot, written: str
) -> None:
    listening = WordOverlapAnswerer()
    async with world_of(make_bot(listening)) as world:
        response = await world.ask(written[:500])
        assert QUOTE in text_of(response) or len(written) > 500
        assert read_message(response.message)
    assert listening.heard == [(plain(written[:500]), ())]


async def test_a_question_of_nothing_but_hidden_characters_is_no_question(
    make_bot: MakeBot,
) -> None:
    listening = WordOverlapAnswerer()
    async with world_of(make_bot(listening)) as world:
        assert (await mention(world, ZERO_WIDTH)).content == ENGLISH("ask.help")
    assert listening.heard == []


async def test_a_text_from_right_to_left_is_answered(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        shown = await mention(world, "ما هي مخاطر النماذج مفتوحة الأوزان؟")
        assert text_of(shown)


async def test_four_thousand_characters_get_one_sentence(make_bot: MakeBot) -> None:
    listening = WordOverlapAnswerer()
    async with world_of(make_bot(listening)) as world:
        shown = await mention(world, "open weights " * 140)
        assert shown.content == ENGLISH("ask.too-long", limit=500)
    assert listening.heard == []


async def test_a_bomb_of_mentions_pings_nobody(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        bomb = " ".join(f"<@{number}>" for number in range(10**17, 10**17 + 15))
        shown = await mention(world, f"{RISKS} @everyone @here {bomb}")
        assert {each.id for each in shown.mentions} <= {world.person.id}
        assert not shown.mention_everyone
        assert shown.role_mentions == []


@pytest.mark.parametrize(
    "again",
    [
        "What are the riiiiisks of open weights??????",
        "what what are are the risks risks of open weights",
        "What are the r\u200bisks of open\u2060 weights",
        "W\u0335hat are the risks of open weights",
    ],
)
def test_near_duplicates_count_as_the_same_question(again: str) -> None:
    assert normalised(again) == normalised("What are the risks of open weights?")


def test_other_numbers_are_other_questions() -> None:
    assert normalised("What says Article 1000?") != normalised("What says Article 100?")
    assert normalised("Llama 3") != normalised("Llama 4")

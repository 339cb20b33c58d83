import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.managing.gap_view import gaps_embed, gaps_file
from bot.settings import BotSettings
from bot.words import words_for
from knowledge.gap_table import WITHIN
from knowledge.gaps import utc_today
from knowledge.library import CountedGap, Gap, Library, connect_library
from tests.bot.managing import open_to_all, read_german, steward
from tests.bot.world import MakeBot, World, settings_in, text_of, world_of

ENGLISH, GERMAN = words_for("en"), words_for("de")
ACT = "Artificial Intelligence Act"
ASKED = "Who baked the xylophone pancakes?"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(connect_library(tmp_path))
    yield opened
    opened.close()


def lack(library: Library, *gaps: Gap, keep_questions: bool = True) -> None:
    library.gaps.record(gaps, today=utc_today(), keep_questions=keep_questions)


def gap(heading: str = "Article 53", question: str | None = ASKED, back: int = 0) -> Gap:
    day = utc_today() - timedelta(days=back)
    return Gap(day=day, source_id="ai-act", title=ACT, heading=heading, question=question)


def curated(tmp_path: Path, *people: int, **values: Any) -> BotSettings:
    ids = ",".join(str(person) for person in people)
    return settings_in(tmp_path, CURATOR_IDS=ids, **values)


async def gaps(world: World, member: Any, **options: int) -> Any:
    result = await member.slash(world.channel, "gaps", **options)
    return result.response


def rows(file: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.fp.read().decode("utf-8-sig"), newline="")))


async def test_who_manages_a_server_sees_places_and_no_numbers_or_questions(
    make_bot: MakeBot, library: Library, tmp_path: Path
) -> None:
    lack(library, gap("Article 2"), gap("Article 2"), *[gap()] * 3, Gap(day=utc_today()))
    keeping = settings_in(tmp_path, KEEP_GAP_QUESTIONS="yes")
    async with world_of(make_bot(settings=keeping)) as world:
        shown = await gaps(world, steward(world))
        assert shown.ephemeral
        assert text_of(shown).splitlines()[2:5] == [
            f"1. **{ACT}{WITHIN}Article 53**",
            f"2. **{ACT}{WITHIN}Article 2**",
            "3. **nothing near**",
        ]
        assert "xylophone" not in str(shown.message.embeds[0].to_dict())
        assert ENGLISH("gaps.without-numbers") in text_of(shown)


async def test_a_curator_sees_numbers_and_the_questions_that_were_kept(
    make_bot: MakeBot, library: Library, tmp_path: Path
) -> None:
    lack(library, gap(), gap(question="Why @everyone **now**?"))
    async with world_of(make_bot()) as world:
        person = steward(world)
        keeping = curated(tmp_path, person.id, KEEP_GAP_QUESTIONS="yes")
        await world.env.restart_bot(make_bot(settings=keeping))
        shown = text_of(await gaps(world, person))
        assert f"1. **{ACT}{WITHIN}Article 53**: 2, last on " in shown
        assert f"“{ASKED}”" in shown
        assert "“Why @\u200beveryone \\*\\*now\\*\\*?”" in shown


async def test_no_question_is_told_unless_the_operator_keeps_them(
    make_bot: MakeBot, library: Library, tmp_path: Path
) -> None:
    lack(library, gap())
    async with world_of(make_bot()) as world:
        person = steward(world)
        await world.env.restart_bot(make_bot(settings=curated(tmp_path, person.id)))
        shown = await gaps(world, person)
        assert ": 1, last on " in text_of(shown)
        assert "xylophone" not in text_of(shown)


async def test_a_curator_needs_no_right_in_the_server(
    make_bot: MakeBot, library: Library, tmp_path: Path
) -> None:
    lack(library, gap())
    async with world_of(make_bot()) as world:
        settings = curated(tmp_path, world.person.id)
        await world.env.restart_bot(make_bot(settings=settings))
        await open_to_all(world, "gaps")
        assert ": 1, last on " in text_of(await gaps(world, world.person))


async def test_members_without_the_right_are_refused(make_bot: MakeBot, library: Library) -> None:
    lack(library, gap())
    async with world_of(make_bot()) as world:
        assert "gaps" not in world.person.available_commands(world.channel)
        await open_to_all(world, "gaps")
        refused = await gaps(world, world.person)
        assert (refused.content, refused.ephemeral) == (ENGLISH("rights.manage-server"), True)
        assert refused.attachments == []


async def test_only_the_days_asked_for_count(make_bot: MakeBot, library: Library) -> None:
    lack(library, gap(back=10))
    async with world_of(make_bot()) as world:
        member = steward(world)
        assert "Article 53" in text_of(await gaps(world, member))
        shown = await gaps(world, member, days=5)
        assert shown.content.startswith("Every question since ")
        assert shown.embeds == []


async def test_without_a_library_a_sentence_says_so(make_bot: MakeBot) -> None:
    async with world_of(make_bot()) as world:
        assert (await gaps(world, steward(world))).content == ENGLISH("gaps.no-library")


async def test_a_damaged_library_is_told_in_a_sentence(make_bot: MakeBot, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no database" * 100)
    async with world_of(make_bot()) as world:
        result = await steward(world).slash(world.channel, "gaps")
        (sorry,) = result.followups or [result.response]
        assert sorry.content == ENGLISH("error.CaveatError")


async def test_places_are_told_in_german(
    make_bot: MakeBot, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_german(monkeypatch)
    lack(library, Gap(day=utc_today()))
    async with world_of(make_bot()) as world:
        shown = text_of(await gaps(world, steward(world)))
        assert shown.startswith("Was der Bibliothek fehlt\nFragen ohne Antwort seit dem ")
        assert "1. **nichts Naheliegendes**" in shown


def counted(heading: str = "Article 1", *questions: str, title: str | None = ACT) -> CountedGap:
    return CountedGap(
        source_id="ai-act",
        title=title,
        heading=heading,
        count=3,
        last="2026-11-23",
        questions=questions,
    )


def test_the_table_holds_everything_for_operators_and_places_for_others() -> None:
    gaps = [counted("Ärger", "Why?", "How?")]
    assert rows(gaps_file(gaps, numbers=True)) == [
        ["source_id", "title", "heading", "asked", "last_day", "questions"],
        ["ai-act", ACT, "Ärger", "3", "2026-11-23", "Why?\nHow?"],
    ]
    assert rows(gaps_file(gaps, numbers=False)) == [
        ["source_id", "title", "heading"],
        ["ai-act", ACT, "Ärger"],
    ]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", " =", "\t="])
def test_a_spreadsheet_runs_nothing_that_people_wrote(begin: str) -> None:
    formula = f"{begin}HYPERLINK(1)"
    (_, row) = rows(gaps_file([counted(formula, formula, title=formula)], numbers=True))
    assert [row[place] for place in (1, 2, 5)] == [f"'{formula}"] * 3


def test_many_and_long_gaps_fit_into_one_message_and_the_rest_is_in_the_file() -> None:
    long = [counted(f"{'*' * 400} {number}", *["*" * 500] * 5) for number in range(30)]
    for words in (ENGLISH, GERMAN):
        embed = gaps_embed(long, date(2026, 11, 1), words, numbers=True)
        assert len(embed.description or "") <= 4_096
        assert len(embed) <= 6_000
    short = gaps_embed([counted()] * 11, date(2026, 11, 1), ENGLISH, numbers=False)
    assert (short.description or "").endswith("… and one more in the file.")

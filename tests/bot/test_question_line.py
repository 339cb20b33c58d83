import re

import discord
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.message.escape import size
from bot.message.question_line import LONGEST_LINE, LONGEST_QUESTION, read, write
from bot.message.render import render_answer
from bot.words import words_for
from knowledge.labels import citation_label
from knowledge.model import Answer, Chunk, Citation, Passage, Source
from tests.bot.test_render import HOSTILE, answers

ANY = st.characters(codec=None)
QUESTIONS = st.one_of(
    st.text(ANY, max_size=LONGEST_QUESTION),
    st.lists(st.one_of(HOSTILE, st.text(ANY, max_size=9)), max_size=9)
    .map("".join)
    .map(lambda text: text[:LONGEST_QUESTION]),
)


@given(QUESTIONS)
@example("\ue000\u2028\ufeff\ud800 ⏎\n⇥\t\\⏎ ”*…")
@example("Z̸͑a̴͐l̷g̵o and \u202eright to left אבג")
@example("  @everyone <@123456789012345678> `code` **b** discord.gg/evil\r\n# x\u200b  ")
@example("😀" * LONGEST_QUESTION)
@example("\\" * LONGEST_QUESTION)
@example("\u202e" * LONGEST_QUESTION)
def test_a_question_reads_back_exactly_from_one_line(question: str) -> None:
    line = write(question)
    assert read(line) == question
    assert read(f"{line}\n\n> answer [1]") == question
    assert size(line) <= LONGEST_LINE
    assert len(re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]", line)) == 1


@given(QUESTIONS)
def test_nothing_in_the_line_is_markup_or_addresses_anyone(question: str) -> None:
    bare = re.sub(r"\\.", "¤", write(question)[2:-2], flags=re.DOTALL)
    assert not re.search(r"[*_`~|<>\[\]]|@(everyone|here)|://|:\w+:|discord\.gg", bare)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", bare)


def test_of_a_longer_question_the_beginning_is_kept() -> None:
    line = write("why " * 200)
    assert line.endswith("…")
    assert read(line) == ("why " * 200)[:LONGEST_QUESTION]


@pytest.mark.parametrize("text", [None, "", "> quote", "**“Open” weights**", "*place*", "*“half"])
def test_other_lines_hold_no_question(text: str | None) -> None:
    assert read(text) is None


def test_no_title_of_a_source_is_taken_for_a_question() -> None:
    for title in ("“Quoted”", "*“Quoted”*", ""):
        source = Source(id="s", title=title)
        chunk = Chunk(
            id="c",
            source_id="s",
            text="Words.",
            start=0,
            end=6,
            ordinal=0,
            heading_path=("“Place”",),
        )
        passage = Passage(chunk=chunk, source=source, score=1, similarity=1)
        citation = Citation(number=1, passage=passage, quote="Words.", start=0)
        answer = Answer(
            id="1",
            question="",
            outcome="answered",
            mode="quoted",
            text=f"{citation_label(citation)}:\n\n> Words. [1]",
            citations=(citation,),
        )
        shown = render_answer(answer, words=words_for("en"))
        assert read(shown.embeds[0].description) is None


@given(
    answer=answers(),
    question=QUESTIONS,
    embeds=st.booleans(),
    locale=st.sampled_from(["en", "de"]),
)
def test_an_answer_shows_its_question_in_full_within_every_limit(
    answer: Answer, question: str, *, embeds: bool, locale: str
) -> None:
    if not question.strip() or answer.outcome == "smalltalk":
        return
    asked = Answer(
        id="1",
        question=question,
        outcome=answer.outcome,
        mode=answer.mode,
        text=answer.text,
        citations=answer.citations,
        nearest=answer.nearest,
        notes=answer.notes,
        build=answer.build,
    )
    reply = render_answer(asked, words=words_for(locale), embeds=embeds, echo=True)
    shown = reply.embeds[0].description if embeds else reply.content
    assert read(shown) == question
    assert size(reply.content or "") <= 2000
    assert sum(map(total, reply.embeds)) <= 6000


def total(embed: discord.Embed) -> int:
    parts = (embed.title, embed.description, embed.footer.text, embed.author.name)
    return sum(size(part or "") for part in parts)

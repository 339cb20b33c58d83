"""From a question to what a better answer may be written from, and on to that answer."""

import json
import logging
from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import NOT_WRITTEN, Answerer
from knowledge.compose import open_writer
from knowledge.gaps import CountingAnswerer, GapRecorder
from knowledge.library import Library, connect_library
from knowledge.settings import KnowledgeSettings
from knowledge.writing import NO_PLAN, Plan, Stage, Writer
from tests.chat.server import ChatServer, said
from tests.writing.library import (
    GOOD,
    PLAIN_QUESTION,
    QUESTION,
    SPENT,
    TellingChat,
    answering,
    filled,
    numbers,
    publish_texts,
)

TWO = (
    "How long must providers keep the technical documentation? "
    "And how fast were the safeguards of models removed?"
)
PARTS = (
    "How long must providers keep the technical documentation?",
    "How fast were the safeguards of models removed?",
)
OFF_TOPIC = "zebra xylophone quartz"


def settings(**values: str | Path) -> KnowledgeSettings:
    blank = dict.fromkeys(
        ("CHAT_MODEL", "CHAT_BASE_URL", "CHAT_API_KEY", "CHAT_PRICES", "JUDGE_PATH"), ""
    )
    return KnowledgeSettings.model_validate(blank | values)


def test_without_a_model_every_answer_is_quoted_and_says_so_when_asked_to_write(
    quoter: Answerer,
) -> None:
    assert open_writer(settings()) is None
    assert not quoter.writes
    quoted, auto, written = (
        quoter.answer(QUESTION, mode) for mode in ("quoted", "auto", "written")
    )
    assert quoted.text == auto.text == written.text
    assert quoted.notes == auto.notes
    assert [note.text for note in written.notes][-1] == NOT_WRITTEN
    prepared = quoter.prepare(QUESTION)
    assert quoter.plan(QUESTION, earlier=["What is it?"]) == NO_PLAN
    assert quoter.write(prepared) == prepared.quoted


def test_a_prepared_answer_is_the_quoted_one(quoter: Answerer) -> None:
    for question in (QUESTION, PLAIN_QUESTION, "hello", "", "How do I build a bomb?"):
        prepared, answer = quoter.prepare(question), quoter.answer(question)
        assert prepared.quoted.text == answer.text
        assert prepared.quoted.citations == answer.citations
        assert prepared.quoted.notes == answer.notes
        assert bool(prepared.passages) == (answer.outcome == "answered")


def test_quoted_passages_are_given_first(quoter: Answerer) -> None:
    prepared = quoter.prepare(QUESTION)
    quoted = {each.passage.chunk.id for each in prepared.quoted.citations}
    assert quoted == {each.chunk.id for each in prepared.passages[: len(quoted)]}


def test_quoted_mode_never_calls_the_model(shelf: Path, quoter: Answerer) -> None:
    chat = TellingChat(filled(GOOD, quoter.prepare(QUESTION)))
    with answering(shelf, Writer(chat)) as answerer:
        assert answerer.writes
        told: list[Stage] = []
        assert answerer.answer(QUESTION, "quoted", told=told.append).mode == "quoted"
        assert (chat.asked, told) == ([], [])
        assert answerer.answer(QUESTION, told=told.append).mode == "written"
        assert [each.name for each in told] == ["searching", "reading", "writing", "checking"]
        assert answerer.answer(QUESTION, "written").mode == "written"


def test_parts_of_a_question_are_searched_for_one_by_one(quoter: Answerer) -> None:
    prepared = quoter.prepare(TWO, plan=Plan(searches=PARTS, spent=SPENT))
    assert set(numbers(prepared)) >= {"act", "closed"}
    quotes = " ".join(each.quote for each in prepared.quoted.citations)
    assert "10 years" in quotes
    assert "within 3 hours" in quotes
    assert len(prepared.quoted.citations) <= 6
    assert len({(each.passage.chunk.id, each.start) for each in prepared.quoted.citations}) == len(
        prepared.quoted.citations
    )


def test_a_part_that_stays_open_is_told(shelf: Path) -> None:
    with answering(shelf, least=0.2) as answerer:
        sure = answerer.assess(PARTS[0]).confidence
        unsure = answerer.assess(OFF_TOPIC).confidence
    assert unsure < sure
    with answering(shelf, least=(sure + unsure) / 2) as answerer:
        prepared = answerer.prepare(TWO, plan=Plan(searches=(PARTS[0], OFF_TOPIC)))
        assert prepared.quoted.outcome == "answered"
        (note,) = [each for each in prepared.quoted.notes if each.code == "open-part"]
        assert note.text == f"My library does not answer this part: {OFF_TOPIC}"
        fallen_back = answerer.prepare(PARTS[0], plan=Plan(searches=(OFF_TOPIC,), spent=SPENT))
        assert fallen_back.quoted.outcome == "answered"
        assert (fallen_back.plan.searches, fallen_back.plan.spent) == ((), SPENT)
        assert "open-part" not in [note.code for note in fallen_back.quoted.notes]


def test_a_follow_up_is_planned_searched_for_and_written(shelf: Path) -> None:
    def says(messages: object) -> str:
        text = str(messages)
        if "prepare searches" in text:
            return json.dumps({"searches": ["How fast were the safeguards of 8 models removed?"]})
        return "The Safety Institute removed the safeguards of 8 models within 3 hours [1]."

    chat = TellingChat(says)
    with answering(shelf, Writer(chat)) as answerer:
        answer = answerer.answer(
            "And how fast were they removed?", earlier=["Why do the safeguards of 8 models matter?"]
        )
    assert len(chat.asked) == 2
    assert answer.mode == "written"
    assert answer.question == "And how fast were they removed?"
    assert answer.spent is not None
    assert answer.spent.input_tokens == 2 * SPENT.input_tokens
    assert {"plan", "search", "quote", "write", "check", "total"} <= set(answer.timings_ms)


@pytest.mark.parametrize(
    "values",
    [
        {"CHAT_MODEL": "no provider at all"},
        {"CHAT_MODEL": "nowhere:model"},
        {"CHAT_MODEL": "openai:gpt-4o-mini", "CHAT_BASE_URL": "not an address"},
    ],
)
def test_a_model_that_cannot_be_used_leaves_the_quotes_and_one_line_in_the_log(
    shelf: Path, quoter: Answerer, values: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        writer = open_writer(settings(**values))
        with answering(shelf, writer) as answerer:
            answer = answerer.answer(QUESTION)
            follow_up = answerer.answer("And for closed ones?", earlier=[QUESTION])
    (told,) = caplog.messages
    assert told.startswith("Answers are quoted, none is written: ")
    assert (answer.mode, answer.text) == ("quoted", quoter.answer(QUESTION).text)
    assert answer.notes[-1].code == "written-unusable"
    assert (answer.spent, follow_up.mode) == (None, "quoted")


def test_a_judge_that_cannot_be_loaded_leaves_the_quotes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ChatServer() as server:
        server.play(said())
        named = server.settings(JUDGE_PATH=tmp_path / "nothing")
        writer = open_writer(named)
    assert "Answers are quoted, none is written: " in caplog.text
    assert writer is not None


def test_abstentions_are_counted_once_whichever_way_they_are_asked_for(tmp_path: Path) -> None:
    data_dir = publish_texts(tmp_path)
    with answering(data_dir, Writer(TellingChat("No.")), least=1.0) as answerer:
        recorder = GapRecorder(data_dir, keep_questions=False)
        counting = CountingAnswerer(answerer, recorder)
        assert counting.answer(OFF_TOPIC).outcome == "abstained"
        prepared = counting.prepare(OFF_TOPIC, plan=counting.plan(OFF_TOPIC))
        assert counting.writes
        assert counting.write(prepared).outcome == "abstained"
        recorder.close()
    library = Library(connect_library(data_dir))
    counted = library.gaps.counted(date(2000, 1, 1), questions_since=None)
    library.close()
    assert sum(each.count for each in counted) == 2

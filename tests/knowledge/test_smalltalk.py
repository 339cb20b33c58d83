import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.terminal.printing import print_answer
from knowledge.answer import Answerer
from knowledge.errors import IndexMissingError
from knowledge.index import SnapshotKeeper
from knowledge.search import Searcher
from knowledge.smalltalk import REPLIES, reply, smalltalk
from tests.fakes import WordEncoder

BATTERY = Path(__file__).parents[1] / "evals" / "smalltalk.jsonl"
LINES = [json.loads(line) for line in BATTERY.read_text("utf-8").splitlines()]
QUESTIONS = [line["text"] for line in LINES if line["kind"] is None]
SAID = [line["text"] for line in LINES if line["kind"] is not None]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"][:40])
def test_smalltalk_is_told_from_questions(line: dict[str, str | None]) -> None:
    assert smalltalk(line["text"] or "") == line["kind"]


def test_the_battery_holds_much_of_both() -> None:
    assert len(SAID) >= 120
    assert len(QUESTIONS) >= 90
    assert len({line["text"] for line in LINES}) == len(LINES)


@pytest.mark.parametrize("text", ["Hallo!", "wer bist du?", "vielen Dank", "bis bald"])
def test_a_german_phrase_gets_a_german_reply(text: str) -> None:
    kind = smalltalk(text)
    assert kind
    assert reply(text) == REPLIES["de"][kind]


def test_a_question_gets_no_reply() -> None:
    assert not any(reply(question) for question in QUESTIONS)
    assert all(reply(said) for said in SAID)


@given(st.sampled_from(SAID), st.sampled_from(["is llama open source?", "What are the risks?"]))
def test_a_question_behind_a_greeting_is_a_question(said: str, question: str) -> None:
    assert smalltalk(f"{said} {question}") is None


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert (smalltalk(text) is None) == (reply(text) is None)


@pytest.fixture
def without_index(words: WordEncoder, tmp_path: Path) -> Iterator[Answerer]:
    """Over a folder in which nothing was published."""
    keeper = SnapshotKeeper(tmp_path, lambda _: None)
    yield Answerer(Searcher(encoder=words, snapshots=keeper))
    keeper.close()


@pytest.mark.parametrize("text", ["hi", "Wer bist du?", "thanks!"])
@pytest.mark.parametrize("mode", ["auto", "written"])
def test_smalltalk_is_answered_without_an_index(
    without_index: Answerer, text: str, mode: Literal["auto", "written"]
) -> None:
    answer = without_index.answer(text, mode, earlier=["Is Llama open source?"])
    assert (answer.question, answer.outcome, answer.text) == (text, "smalltalk", reply(text))
    assert (answer.build, answer.citations, answer.nearest, answer.notes) == (None, (), (), ())


def test_a_question_still_needs_an_index(without_index: Answerer) -> None:
    with pytest.raises(IndexMissingError):
        without_index.answer("hi, is llama open source?")


def test_smalltalk_is_shown_in_the_terminal_as_a_sentence(without_index: Answerer) -> None:
    console = Console(file=io.StringIO(), record=True, width=200)
    print_answer(console, without_index.answer("hi"))
    assert " ".join(console.export_text().split()) == REPLIES["en"]["greeting"]

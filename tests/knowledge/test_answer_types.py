"""Whether the best sentences hold the kind of thing that a question asks for."""

from pathlib import Path

import pytest

from knowledge.answer_types import lacks_answer_type
from knowledge.gate import confidence
from knowledge.model import Source
from knowledge.quoting import rank_sentences
from knowledge.search import Found, find
from tests.fakes import WordEncoder
from tests.knowledge.shelf import opened

MODELS = "Galleon is a model with 400 parameters, trained on ships and harbours."
NO_COUNT = "Galleon is a large model with many uses, and its parameters are published."
SIXTEEN = "Sixteen companies signed the harbour commitments."
COST = "Training Galleon cost 100 million dollars."
YEAR = "The harbour act was adopted in March 2024 after a long debate."
CHAIR = "Ada Byron chairs the harbour board and speaks for it."
BOARD = "The harbour board objects to the licence of Galleon."


def look(data_dir: Path, question: str, *texts: str) -> Found:
    shelf = [(Source(id=f"s{place}", title="of"), text) for place, text in enumerate(texts)]
    snapshot = opened(data_dir, shelf)
    found = find(snapshot, WordEncoder(), question, limit=10)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("How many parameters does Galleon have?", MODELS, False),
        ("How many parameters does Galleon have?", NO_COUNT, True),
        ("How many parameters does the model Brig have?", MODELS, True),
        ("how many companies signed the harbour commitments", SIXTEEN, False),
        ("how many countries signed the harbour commitments", SIXTEEN, True),
        ("How many of the companies signed the commitments of the harbour?", SIXTEEN, False),
        ("How much does it cost to train the model Galleon?", COST, False),
        ("How much does it cost to train the model Galleon?", MODELS, True),
        ("How much freedom does the licence of Galleon give?", BOARD, False),
        ("When was the harbour act adopted?", YEAR, False),
        ("When was the model Galleon trained?", MODELS, True),
        ("When must a harbour board object?", BOARD, False),
        ("Who chairs the harbour board?", CHAIR, False),
        ("Who chairs the harbour board?", BOARD, True),
        ("Who is the president of the harbour board?", CHAIR, False),
        ("Who founded the harbour board?", CHAIR, True),
        ("WHEN WAS THE HARBOUR ACT ADOPTED", YEAR, False),
        ("What does the harbour board object to?", BOARD, False),
    ],
)
def test_a_question_lacks_its_answer_where_no_sentence_has_that_type(
    tmp_path: Path, question: str, text: str, *, lacks: bool
) -> None:
    found = look(tmp_path, question, text)
    assert lacks_answer_type(found.question, rank_sentences(found)) is lacks


def test_one_good_sentence_among_others_is_enough(tmp_path: Path) -> None:
    found = look(tmp_path, "How many parameters does Galleon have?", NO_COUNT, MODELS)
    assert not lacks_answer_type(found.question, rank_sentences(found))


def test_what_the_title_names_a_sentence_need_not(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path, [(Source(id="b", title="Brig"), "The model has 400 parameters and two uses.")]
    )
    question = "How many parameters does the model Brig have?"
    found = find(snapshot, WordEncoder(), question, limit=10)
    assert found is not None
    assert not lacks_answer_type(found.question, rank_sentences(found))


def test_a_missing_count_makes_an_answer_less_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look(tmp_path, "How many parameters does Galleon have?", NO_COUNT)
    lacking = confidence(found, rank_sentences(found))
    monkeypatch.setattr("knowledge.gate.lacks_answer_type", lambda _question, _ranked: False)
    assert confidence(found, rank_sentences(found)) > lacking + 0.2

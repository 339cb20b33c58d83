"""Misspelt questions, over the small library in `tests/fixtures`."""

import pytest

from knowledge.index import Snapshot
from knowledge.mending import Mended, mend
from knowledge.question import understand
from knowledge.search import Searcher


@pytest.fixture
def snapshot(searcher: Searcher) -> Snapshot:
    return searcher.snapshots.current()


def test_the_meant_word_stands_behind_the_misspelt_one(
    searcher: Searcher, snapshot: Snapshot
) -> None:
    found = mend(snapshot, searcher.encoder, "Are open-wieghts modles safe?")
    assert found.searched == "Are open-wieghts (weight) modles (model) safe?"
    assert found.read == "Are open-weight model safe?"


@pytest.mark.parametrize(
    "question",
    [
        "Can weights be taken back after people downloaded them?",  # all known
        "Who is Wieght, and what is WEIHGT?",  # names
        "Does the kettle boil?",  # English that the library lacks
        "see https://modles.example/wieghts, wieghts.py or @modles",
    ],
)
def test_other_words_stay_as_they_are(
    searcher: Searcher, snapshot: Snapshot, question: str
) -> None:
    found = mend(snapshot, searcher.encoder, question)
    assert found == Mended(searched=question, read=question)


def test_what_was_asked_stays_and_what_was_meant_counts(
    searcher: Searcher, snapshot: Snapshot
) -> None:
    asked = understand(snapshot, searcher.encoder, "Can wieghts be recalled?")
    meant = understand(snapshot, searcher.encoder, "Can weight be recalled?")
    assert asked.text == "Can wieghts be recalled?"
    assert "wieghts (weight)" in asked.searched
    assert asked.weights == meant.weights
    assert asked.token_weights.tolist() == meant.token_weights.tolist()


def test_a_misspelt_question_finds_what_it_means(searcher: Searcher, snapshot: Snapshot) -> None:
    asked = understand(snapshot, searcher.encoder, "modles wieghts")
    assert snapshot.matching(asked.searched, 5)
    assert not snapshot.matching(asked.text, 5)

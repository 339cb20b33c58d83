from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.index import Snapshot
from knowledge.model import Source
from knowledge.question import MOST_GROUPS, understand, weigh_words
from tests.fakes import WordEncoder
from tests.knowledge.shelf import opened

TEXTS = tuple(
    (
        Source(id=name.lower(), title=f"{name} terms"),
        (
            f"The model {name} is open. Whoever uses the model {name} keeps its licence. "
            f"Under these terms {name} may be copied, and its weights shared since 2024."
        ),
    )
    for name in ("Gemma", "Falcon", "Llama", "Mistral", "Phi", "Qwen")
)


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    held = opened(tmp_path, TEXTS)
    yield held
    held.close()


QUESTIONS = ("What may I do with Gemma?", "kettle", "zorblax in 2024?", "Licence, weights & model!")


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_weights_of_words_and_of_tokens_add_up_to_one(snapshot: Snapshot, text: str) -> None:
    question = understand(snapshot, WordEncoder(), text)
    assert sum(question.weights.values()) == pytest.approx(1)
    assert question.token_weights.sum() == pytest.approx(1)
    assert len(question.token_weights) == len(question.vectors.tokens)
    assert (question.token_weights >= 0).all()


def test_a_function_word_counts_nothing_beside_others(snapshot: Snapshot) -> None:
    question = understand(snapshot, WordEncoder(), "What is the licence?")
    assert question.token_weights.tolist() == [0, 0, 0, 1]
    assert question.weights == {"licenc": 1.0}


def test_nothing_but_function_words_counts_alike(snapshot: Snapshot) -> None:
    question = understand(snapshot, WordEncoder(), "of the and")
    assert question.weights == {}
    assert question.token_weights.tolist() == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("text", ["?!", "\x00", "—"])
def test_a_question_without_words_has_no_weights(snapshot: Snapshot, text: str) -> None:
    question = understand(snapshot, WordEncoder(), text)
    assert question.weights == {}
    assert question.token_weights.shape == (0,)


def test_rare_words_count_more_than_common_ones(snapshot: Snapshot) -> None:
    weights = weigh_words(snapshot, "a model of a kettle")
    assert weights["kettl"] > weights["model"]


def test_a_number_counts_three_times_what_a_word_as_rare_counts(snapshot: Snapshot) -> None:
    weights = weigh_words(snapshot, "licence 2024")  # both in the same six texts
    assert weights["2024"] == pytest.approx(3 * weights["licenc"])


def test_a_word_that_the_library_lacks_counts_like_the_rarest(
    snapshot: Snapshot,
) -> None:
    question = understand(snapshot, WordEncoder(), "zorblax kettle licence")
    assert question.weights["zorblax"] == question.weights["kettl"] > question.weights["licenc"]


def test_the_topic_leaves_out_what_the_sources_are_called(snapshot: Snapshot) -> None:
    question = understand(snapshot, WordEncoder(), "which weights does Gemma share")
    assert [group.sources for group in question.groups] == [("gemma",)]
    assert question.topic == "which weights does share"


def test_a_question_that_is_little_but_a_name_is_its_own_topic(snapshot: Snapshot) -> None:
    assert understand(snapshot, WordEncoder(), "gemma weights").topic == "gemma weights"


def test_white_space_is_evened_and_provisions_are_told(snapshot: Snapshot) -> None:
    question = understand(snapshot, WordEncoder(), "  what does\n art. 53 (2)  say ")
    assert question.text == "what does art. 53 (2) say"
    assert question.references == ("article 53(2)",)


def test_of_many_named_sources_only_some_are_looked_at(snapshot: Snapshot) -> None:
    question = understand(snapshot, WordEncoder(), "gemma falcon llama mistral phi qwen")
    assert len(question.groups) == MOST_GROUPS

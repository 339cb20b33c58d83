"""Stances and statuses: both sides are heard, and what no longer stands comes after what does."""

from dataclasses import replace

import numpy as np
import pytest

from knowledge.encoders.tokens import QuestionVectors
from knowledge.index import NamedGroup
from knowledge.model import Source, Stance, Status
from knowledge.question import Question
from knowledge.quoting import Sentence
from knowledge.sides import demote_past, hear_both, is_contested, side_note, status_notes
from tests.knowledge.shelf import ranked
from tests.knowledge.test_choosing import best_first, distinct

CONTESTED = "Should weights be published?"
PLAIN = "Which article names the duty?"
FREE = Source(id="free", title="Free", stance="favours-openness")
CLOSED = Source(id="closed", title="Closed", stance="favours-restriction")


def asked(text: str, *groups: tuple[str, ...]) -> Question:
    return Question(
        text=text,
        read=text,
        searched=text,
        topic=text,
        vectors=QuestionVectors(
            vector=np.zeros(2, np.float32), tokens=np.zeros((0, 2), np.float32), spans=()
        ),
        weights={},
        token_weights=np.zeros(0, np.float32),
        groups=tuple(NamedGroup(names=frozenset(ids), sources=ids) for ids in groups),
        references=(),
    )


def one(source: Source, text: str, score: float) -> tuple[Sentence, ...]:
    return ranked(text, [score], source)


@pytest.mark.parametrize(
    "text",
    ["is it dangerous", "Should they ban it?", "open weights: good or bad", "what are the risks"],
)
def test_a_question_for_a_judgement_is_contested(text: str) -> None:
    assert is_contested(text)


@pytest.mark.parametrize("text", ["When did the act enter into force?", "what does article 53 say"])
def test_a_question_for_a_fact_is_not(text: str) -> None:
    assert not is_contested(text)


@pytest.mark.parametrize(
    "status", ["superseded", "revoked", "vetoed", "withdrawn", "draft", "proposed"]
)
def test_what_does_not_stand_comes_after_what_does_unless_it_is_asked_for(status: Status) -> None:
    old = one(Source(id="old", title="Old", status=status), "Old rule of weights.", 1.0)
    new = one(Source(id="new", title="New", status="in-force"), "New rule of weights.", 0.9)
    both = best_first(old, new)

    def order(question: Question) -> list[str]:
        return [sentence.passage.source.id for sentence in demote_past(question, both)]

    assert order(asked("What is the rule?")) == ["new", "old"]
    assert order(asked("What was the rule before it was revoked?")) == ["old", "new"]
    assert order(asked("What is the rule?", ("old",))) == ["old", "new"]


def test_the_answer_begins_with_what_stands() -> None:
    old = one(Source(id="old", title="Old", status="revoked"), "Rule of mirrors once.", 1.0)
    new = one(Source(id="new", title="New", status="in-force"), "Duty for weights today.", 0.9)
    question = asked("Which rule holds for weights?")
    quotes = hear_both(question, demote_past(question, best_first(old, new)))
    assert [quote.passage.source.id for quote in quotes] == ["new", "old"]


def test_what_does_not_stand_still_comes_first_when_nothing_else_is_near() -> None:
    old = one(Source(id="old", title="Old", status="revoked"), "Old rule of weights.", 1.0)
    new = one(Source(id="new", title="New"), "New rule of kettles.", 0.5)
    first = demote_past(asked("What is the rule?"), best_first(old, new))[0]
    assert first.passage.source.id == "old"


def stances(question: Question, *sentences: tuple[Sentence, ...]) -> set[str]:
    return {quote.passage.source.stance for quote in hear_both(question, best_first(*sentences))}


@pytest.mark.parametrize(("first", "second"), [(FREE, CLOSED), (CLOSED, FREE)])
def test_a_contested_question_hears_the_side_that_would_stay_silent(
    first: Source, second: Source
) -> None:
    loud = one(first, "Weights belong to all people.", 1.0)
    low = one(second, "Mirrors help criminals most.", 0.55)
    assert stances(asked(CONTESTED), loud, low) == {first.stance, second.stance}
    assert stances(asked(PLAIN), loud, low) == {first.stance}


def test_the_other_side_is_heard_even_when_all_places_are_taken() -> None:
    many = []
    for sentence in distinct(8):
        source = replace(sentence.passage.source, stance="favours-openness")
        many.append(replace(sentence, passage=replace(sentence.passage, source=source)))
    quotes = hear_both(
        asked(CONTESTED), best_first(tuple(many), one(CLOSED, "Mirrors help.", 0.55))
    )
    assert {quote.passage.source.stance for quote in quotes} == {FREE.stance, CLOSED.stance}
    assert len(quotes) == 6


def test_both_sides_are_heard_even_when_neutral_sources_take_all_places() -> None:
    free = one(FREE, "Freedom helps research.", 0.7)
    closed = one(CLOSED, "Control stops harm.", 0.7)
    quotes = hear_both(asked(CONTESTED), best_first(distinct(7), free, closed))
    assert len(quotes) == 6
    assert {FREE.id, CLOSED.id} < {quote.passage.source.id for quote in quotes}


def test_a_side_far_from_the_question_is_not_dragged_in() -> None:
    loud = one(FREE, "Weights belong to all people.", 1.0)
    off = one(CLOSED, "Kettles boil water quickly.", 0.3)
    assert stances(asked(CONTESTED), loud, off) == {FREE.stance}


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        ("favours-openness", "in favour of openness"),
        ("favours-restriction", "in favour of restriction"),
    ],
)
def test_a_contested_answer_of_one_side_only_says_so(stance: Stance, words: str) -> None:
    neutral = Source(id="n", title="N", stance="neutral")
    voice = Source(id="v", title="V", stance=stance)
    note = side_note(asked(CONTESTED), [neutral, voice, voice])
    assert note is not None
    assert words in note.text
    assert note.values == {"stance": stance}
    assert side_note(asked(PLAIN), [voice]) is None
    assert side_note(asked(CONTESTED), [neutral]) is None
    assert side_note(asked(CONTESTED), [FREE, CLOSED]) is None


def test_each_source_that_does_not_stand_is_named_once_with_its_date_and_successor() -> None:
    old = Source(
        id="old", title="Order 88", status="superseded", status_date="2025-08-14",
        superseded_by="Order 99",
    )  # fmt: skip
    draft = Source(id="draft", title="Draft guide", status="draft")
    final = Source(id="final", title="Guide", status="final")
    first, second = status_notes([old, final, old, draft])
    assert first.text == "Order 88: superseded 2025-08-14, superseded by Order 99."
    assert first.values == {
        "title": "Order 88",
        "status": "superseded",
        "status_date": "2025-08-14",
        "superseded_by": "Order 99",
    }
    assert second.text == "Draft guide: draft."


CLAIM = "Is it true that weights are never watched?"
JUDGED = (
    "That weights are never watched is mostly true. Researchers counted 175,108 hosts. "
    "In support of the claim, copies run on private computers. "
    "Against the claim, companies watch their own servers. "
    "Against this background, the debate goes on."
)


def test_a_judgement_is_quoted_with_what_its_passage_says_for_and_against() -> None:
    sentences = best_first(ranked(JUDGED, [1.0, 0.1, 0.2, 0.1, 0.1], CLOSED), distinct(8, 0.9))
    shown = [quote.text for quote in hear_both(asked(CLAIM), sentences)]
    assert shown[0] == "That weights are never watched is mostly true."
    assert "In support of the claim, copies run on private computers." in shown
    assert "Against the claim, companies watch their own servers." in shown
    assert not any("background" in each or "175,108" in each for each in shown)
    plain = [quote.text for quote in hear_both(asked(PLAIN), sentences)]
    assert not any(each.startswith("Against") for each in plain)


def test_what_is_quoted_already_is_not_quoted_again() -> None:
    sentences = ranked(JUDGED, [1.0, 0.1, 0.2, 0.95, 0.1], CLOSED)
    shown = " ".join(quote.text for quote in hear_both(asked(CLAIM), sentences))
    assert shown.count("Against the claim") == 1

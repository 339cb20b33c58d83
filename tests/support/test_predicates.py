"""Who does what, as it is read from a sentence without a parser."""

import pytest

from knowledge.support.cues import cues
from knowledge.support.predicates import Predicate, predicates
from knowledge.support.tokens import Token, read_tokens


def read(sentence: str) -> list[tuple[str, str]]:
    tokens = read_tokens(sentence)
    return [
        (words(tokens, each.subject), words(tokens, range(each.first, each.verb + 1)))
        for each in predicates(tokens, cues(tokens))
    ]


def words(tokens: tuple[Token, ...], places: range | tuple[int, ...]) -> str:
    return " ".join(tokens[place].text for place in places)


def only(sentence: str) -> Predicate:
    tokens = read_tokens(sentence)
    (found,) = predicates(tokens, cues(tokens))
    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The audit office found errors.", [("audit office", "found")]),
        ("Models released in 2024 were tested.", [("Models released", "were tested")]),
        (
            "Ports that use the tool must not hide it.",
            [("Ports", "use"), ("tool", "must not hide")],
        ),
        ("The board was unable to verify it.", [("board", "was unable to verify")]),
        ("The supplier's forecast was wrong.", [("supplier forecast", "was")]),
        ("In May the union agreed.", [("union", "agreed")]),
    ],
)
def test_verbs_are_found_with_their_subjects(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert read(sentence) == expected


def test_a_passive_verb_knows_who_did_it() -> None:
    tokens = read_tokens("The plan was rejected by the court.")
    found = only("The plan was rejected by the court.")
    assert found.passive
    assert words(tokens, found.agent) == "court"


def test_denials_and_modals_belong_to_their_verb() -> None:
    assert only("No model passed.").denied
    assert only("The office did not answer.").denied
    assert "advice" in only("The office should answer.").modal
    assert only("The office answered.").modal == frozenset()

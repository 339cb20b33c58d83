"""What a claim names and measures must be spoken of where it is to be checked."""

import pytest

from knowledge.model import Source
from knowledge.relevance import LEAST_SCORE, bears, demands
from tests.knowledge.shelf import ranked


def is_borne_on(claim: str, passage: str, *, score: float = 1.0, title: str = "T") -> bool:
    (sentence,) = ranked(passage, [score], Source(id="s", title=title))
    return bears(demands(claim), sentence)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The R1 model cost six million dollars", "The R1 model is under the MIT licence."),
        ("GPT-5 has many parameters", "GPT-2 had about 1.5 billion parameters in the end."),
        ("They say Llama 5 is open", "They say that Llama 4 is not open at all."),
        ("We all know Zelda sold well", "Investment scams cost victims a lot of money."),
        ("Prices fell by 20 percent", "Prices of hosted models fell in the last year."),
    ],
)
def test_a_passage_that_lacks_what_a_claim_names_or_measures_says_nothing_on_it(
    claim: str, passage: str
) -> None:
    assert not is_borne_on(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The R1 model cost six million dollars", "The R1 model cost 90 million dollars."),
        ("GPT-5 has many parameters", "The parameters of GPT-5 are not known to anybody."),
        ("They say Llama 3 is open", "The Llama 2, 3 and 4 licences are not open at all."),
        ("In the UK it is banned", "In the United Kingdom no law bans open models."),
        ("Prices fell by 20 percent", "Prices of hosted models fell by 5 % in a year."),
        ("About 300 documents are enough", "Some 250 planted documents were enough."),
        ("open weights spread fast", "Weights that were released spread quickly."),
    ],
)
def test_a_wrong_figure_or_another_name_for_the_same_is_no_reason_for_silence(
    claim: str, passage: str
) -> None:
    assert is_borne_on(claim, passage)


def test_the_title_of_a_source_counts_and_a_sentence_too_far_off_does_not() -> None:
    claim, passage = "In fact OWASP lists model theft", "It lists the theft of models."
    assert is_borne_on(claim, passage, title="OWASP Top 10")
    assert not is_borne_on(claim, passage)
    assert not is_borne_on(claim, passage, title="OWASP Top 10", score=LEAST_SCORE - 0.01)

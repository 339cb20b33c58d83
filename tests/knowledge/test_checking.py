"""The evidence on the claims of a message."""

import pytest

from knowledge.answer import Answerer
from knowledge.checking import MOST_EVIDENCE, bearing
from knowledge.library import Library
from knowledge.model import Source
from knowledge.search import Searcher
from tests.knowledge.shelf import ranked
from tests.knowledge.test_choosing import best_first

FREE = Source(id="free", title="Free", stance="favours-openness")
CLOSED = Source(id="closed", title="Closed", stance="favours-restriction")
MESSAGE = (
    "**Weights can be taken back after people downloaded them!** "
    "Whoever fails to register a model pays a fine, right? "
    "The best sourdough needs a day of cold fermentation. "
    "How are you all?"
)


def test_each_claim_gets_quotes_of_different_sources_that_stand_in_the_library(
    answerer: Answerer, shelves: tuple[Library, Searcher]
) -> None:
    check = answerer.check(MESSAGE)
    assert [one.claim for one in check.claims] == [
        "Weights can be taken back after people downloaded them!",
        "Whoever fails to register a model pays a fine",
        "The best sourdough needs a day of cold fermentation.",
    ]
    recalled, fined, baked = (one.evidence for one in check.claims)
    assert recalled[0].passage.source.title == "Why released weights cannot be recalled"
    assert fined[0].passage.source.title == "Harbour Model Act"
    assert baked == ()
    shown = [*recalled, *fined]
    assert [citation.number for citation in shown] == [*range(1, len(shown) + 1)]
    for evidence in (recalled, fined):
        sources = [citation.passage.source.id for citation in evidence]
        assert len(set(sources)) == len(sources) <= MOST_EVIDENCE
    for citation in shown:
        found = shelves[0].document(citation.passage.source.id)
        assert found is not None
        assert citation.quote in found[0].text
    assert check.build == answerer.build()
    assert check.timings_ms["total"] >= check.timings_ms["search"] > 0


def test_the_same_message_is_checked_alike(answerer: Answerer) -> None:
    assert answerer.check(MESSAGE).claims == answerer.check(MESSAGE).claims


@pytest.mark.parametrize("message", ["", "lol", "🎉", "```code```", "what is this?", "\ud800"])
def test_a_message_without_claims_has_nothing_to_check(answerer: Answerer, message: str) -> None:
    check = answerer.check(message)
    assert check.claims == ()
    assert check.build == answerer.build()


def test_a_claim_in_a_language_that_the_model_cannot_read_gets_no_evidence(
    answerer: Answerer,
) -> None:
    message = "Veröffentlichte Gewichte können von niemandem jemals wieder zurückgerufen werden."
    (claim,) = answerer.check(message).claims
    assert claim.evidence == ()


def test_both_sides_bear_on_a_claim_before_a_further_neutral_source() -> None:
    sentences = best_first(
        ranked("Weights help research greatly.", [1.0], FREE),
        ranked("Mirrors copy criminal tools.", [0.6], CLOSED),
        *(
            ranked(f"Neutral words number {n} here.", [0.9], Source(id=f"n{n}", title="N"))
            for n in range(4)
        ),
    )
    quotes = bearing(sentences)
    assert [quote.passage.source.id for quote in quotes] == ["free", "closed", "n0"]


def test_sources_far_behind_the_nearest_bear_on_nothing() -> None:
    sentences = best_first(
        ranked("Weights help research greatly.", [1.0], Source(id="near", title="N")),
        ranked("Kettles boil water quickly.", [0.4], Source(id="far", title="F")),
        ranked("Mirrors copy criminal tools.", [0.4], CLOSED),
    )
    assert [quote.passage.source.id for quote in bearing(sentences)] == ["near"]
    assert bearing(()) == ()

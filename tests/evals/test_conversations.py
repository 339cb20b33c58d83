"""The sets of dialogues and messages fit the starter corpus, and are understood."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.__main__ import main
from knowledge.encoders import Encoder
from knowledge.evaluation.cases import Gold
from knowledge.index import SnapshotKeeper
from knowledge.search import Searcher
from tests.evals.claims import measure as measure_claims
from tests.evals.claims import read_messages
from tests.evals.followups import IN_CONVERSATION, Outcome, measure, read_dialogues, table
from tests.evals.test_cases import briefs, paragraphs

DIALOGUES = read_dialogues()
MESSAGES = read_messages()


@pytest.fixture(scope="module")
def starter(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The starter corpus, taken in with the real encoder and published."""
    data_dir = tmp_path_factory.mktemp("starter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAVEAT_DATA_DIR", str(data_dir))
        patch.setattr("ingest.commands.open_encoder", lambda _settings: encoder)
        assert main(["sync", "--quiet"]) == 0
    searcher = Searcher(encoder=encoder, snapshots=SnapshotKeeper(Path(data_dir), lambda _: None))
    yield searcher
    searcher.close()


@pytest.fixture(scope="module")
def outcomes(starter: Searcher) -> dict[str, dict[str, Outcome]]:
    """What came of every dialogue, by way and id."""
    return measure(starter, DIALOGUES)


def golds() -> list[Gold]:
    return [
        *(gold for said in DIALOGUES for gold in said.gold),
        *(gold for each in MESSAGES for claim in each.claims for gold in claim.gold or ()),
    ]


@pytest.mark.parametrize("gold", golds(), ids=lambda gold: gold.quote[:40])
def test_each_gold_quote_stands_in_its_brief(gold: Gold) -> None:
    assert any(gold.quote in text for text in paragraphs(gold.doc))


def test_the_dialogues_are_mixed_as_intended() -> None:
    kinds = Counter(said.kind for said in DIALOGUES)
    assert kinds["follow-up"] == kinds["switch"] >= 30
    assert {gold.doc for gold in golds()} <= briefs()


@pytest.mark.timeout(1800)  # the first test that asks takes the corpus in, and asks everything
def test_a_change_of_topic_takes_nothing_over_and_a_follow_up_does(
    outcomes: dict[str, dict[str, Outcome]],
) -> None:
    for said in DIALOGUES:
        taken = outcomes[IN_CONVERSATION][said.id].taken
        assert taken == (said.kind == "follow-up"), said.id


def test_follow_ups_are_answered_better_than_alone_or_concatenated(
    outcomes: dict[str, dict[str, Outcome]],
) -> None:
    right = {
        way: sum(outcome.document and outcome.quote for outcome in found.values())
        for way, found in outcomes.items()
    }
    assert right[IN_CONVERSATION] >= 0.93 * len(DIALOGUES)
    assert right[IN_CONVERSATION] > max(right["alone"], right["concatenated"]) + 5
    assert len(table(DIALOGUES, outcomes)) == 6


def test_claims_are_found_and_shown_what_bears_on_them(starter: Searcher) -> None:
    tally = measure_claims(starter, MESSAGES)
    assert tally.split == len(MESSAGES)
    assert tally.right_document >= 0.9 * tally.held
    assert tally.right_quote >= 0.85 * tally.held
    assert tally.silent >= 0.8 * tally.foreign

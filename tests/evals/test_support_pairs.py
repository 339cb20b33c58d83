"""The support check on pairs that it did not learn from."""

from knowledge.encoders import TaughtJudge
from knowledge.settings import STARTER_ENCODER
from knowledge.support import ADAPTERS
from tests.evals.support import judge, lines, moved, summary
from tests.evals.support_pairs import BLIND, read_pairs

PAIRS = read_pairs(BLIND)
JUDGE = TaughtJudge(ADAPTERS, STARTER_ENCODER)
MOST_REJECTED, LEAST_CAUGHT = 0.17, 0.6  # a little off what docs/support.md tells


def test_the_check_does_as_well_as_the_documents_say() -> None:
    found = judge(PAIRS, JUDGE)
    figures = summary(found)
    assert figures["rejected"] <= MOST_REJECTED * figures["supported"]
    assert figures["caught"] >= LEAST_CAUGHT * figures["wrong"]
    told = lines("pairs", found, errors=True)
    assert any(line.startswith("- scope") for line in told)


def test_hardly_a_right_sentence_is_supported_by_a_passage_of_others() -> None:
    found = judge(moved(PAIRS), JUDGE)
    assert sum(each.verdict.supported for each in found) <= 0.02 * len(found)

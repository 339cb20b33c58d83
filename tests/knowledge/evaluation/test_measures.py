"""The measures against values computed by hand."""

import pytest

from knowledge.evaluation.comparing import holds_quote, plain, states_fact
from knowledge.evaluation.measures import (
    bootstrap_difference,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
    roc_auc,
    threshold_at,
)


def test_ndcg_weighs_graded_gains_by_the_logarithm_of_the_rank() -> None:
    # (1/log2(2) + 2/log2(4)) / (2/log2(2) + 1/log2(3)) = 2 / 2.63093
    assert ndcg(["b", "x", "a"], {"a": 2, "b": 1}, 10) == pytest.approx(2 / 2.63093, abs=1e-5)
    assert ndcg(["a", "b"], {"a": 2, "b": 1}, 10) == 1.0
    assert ndcg(["x", "a"], {"a": 1}, 1) == 0.0


def test_ndcg_takes_a_negative_score_for_none_and_ideal_gains_only_to_its_depth() -> None:
    assert ndcg(["bad", "good"], {"bad": -2, "good": 1}, 10) == pytest.approx(0.63093, abs=1e-5)
    assert ndcg(["a"], {"a": 1, "b": 1, "c": 1}, 1) == 1.0
    assert ndcg(["a"], {"a": 0}, 10) == 0.0


def test_recall_counts_relevant_documents_to_a_depth() -> None:
    gains = {"a": 1, "b": 2, "no": 0}
    assert recall(["a", "x", "b"], gains, 2) == 0.5
    assert recall(["a", "x", "b"], gains, 3) == 1.0
    assert recall(["no"], {"no": 0}, 5) == 0.0


def test_the_reciprocal_rank_is_that_of_the_first_relevant_document() -> None:
    assert reciprocal_rank(["x", "no", "a", "b"], {"a": 1, "b": 3, "no": 0}, 10) == 1 / 3
    assert reciprocal_rank(["x"] * 10 + ["a"], {"a": 1}, 10) == 0.0


def test_the_area_counts_ties_half() -> None:
    assert roc_auc([3, 2], [1, 0]) == 1.0
    assert roc_auc([1], [1, 1]) == 0.5
    assert roc_auc([0.9, 0.4], [0.5, 0.4]) == (1 + 1 + 0 + 0.5) / 4
    with pytest.raises(ValueError, match="both groups"):
        roc_auc([], [1])


def test_at_most_the_share_lies_below_the_threshold() -> None:
    values = [float(number) for number in range(20)]
    assert threshold_at(values, 0.1) == 2.0
    assert threshold_at([1.0, 1.0, 1.0, 2.0], 0.5) == 1.0
    assert threshold_at([5.0], 0.1) == 5.0
    with pytest.raises(ValueError, match="needs a value"):
        threshold_at([], 0.1)


def test_the_bootstrap_interval_holds_the_mean_difference() -> None:
    low, high = bootstrap_difference([1.0, 0.0, 1.0, 1.0] * 25, [0.0, 0.0, 1.0, 0.0] * 25)
    # mean 0.5, standard error 0.05
    assert low == pytest.approx(0.4, abs=0.02)
    assert high == pytest.approx(0.6, abs=0.02)
    assert bootstrap_difference([1.0, 2.0], [0.5, 1.5]) == (0.5, 0.5)
    with pytest.raises(ValueError, match="two measurements"):
        bootstrap_difference([1.0], [1.0, 2.0])


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([10.0, 20.0], 50) == 15.0
    assert percentile([7.0], 95) == 7.0


def test_texts_are_compared_without_ligatures_line_ends_and_hyphenation() -> None:
    assert plain("\ufb01ne-\n  tuning  of\u00a0weights") == "finetuning of weights"
    assert plain("fine-tuning") == "fine-tuning"


def test_a_quote_is_found_when_most_of_its_words_stand_in_one_run() -> None:
    quote = "one two three four five"
    assert holds_quote("zero one two three six", quote)
    assert not holds_quote("one two six three four five"[:11], quote)
    assert not holds_quote("one two x three four", quote)


def test_a_fact_is_stated_by_any_of_its_alternatives() -> None:
    assert states_fact("More than 10\u00b2\u2075 operations", "10^25|1025")
    assert states_fact("The LICENCE applies.", "licence")
    assert not states_fact("Anything", "licence|")

"""The support check on the pairs that were written for it."""

from tests.evals.support import PAIRS, judge, lines, read_pairs, summary

ALL = tuple(pair for file in PAIRS for pair in read_pairs(file))


def test_few_right_sentences_are_rejected_and_seven_in_ten_wrong_ones_caught() -> None:
    found = judge(ALL)
    figures = summary(found)
    assert figures["rejected"] <= 0.05 * figures["supported"]
    assert figures["caught"] >= 0.7 * figures["wrong"]
    assert figures["median_ms"] < 30
    told = lines("pairs", found, errors=True)
    assert any(line.startswith("- scope") for line in told)


def test_most_right_sentences_are_not_supported_by_the_passages_of_others() -> None:
    pairs = [pair for pair in ALL if pair.label == "supported"]
    moved = [
        one.model_copy(update={"passage": other.passage, "about": other.about})
        for shift in range(10, 150, 20)
        for one, other in zip(pairs, pairs[shift:] + pairs[:shift], strict=True)
        if one.passage != other.passage
    ]
    assert sum(each.verdict.supported for each in judge(moved)) <= 0.02 * len(moved)

"""Whether dates stand in the sentence that the words around them come from."""

from collections.abc import Iterable

from knowledge.support.aligning import found_in
from knowledge.support.comparing import Comparison
from knowledge.support.dates import dates
from knowledge.support.rules import facts_of

REACH = 7  # words to either side
MOST = 4.0
_MOST_PLACES = 12  # that are looked at in one sentence


def placing_traits(comparison: Comparison) -> dict[str, float]:
    """How many words more speak for another sentence than for those that hold a date."""
    return {"misplaced-date": max(_dates(comparison), default=0.0)}


def _dates(comparison: Comparison) -> Iterable[float]:
    offset = len(comparison.about) + 1
    dated = [
        (each, _sentence_at(comparison, each.start - offset))
        for each in facts_of(comparison.text, comparison.about).dates
    ]
    rivals = {number for _, number in dated if number is not None}
    for claimed in dates(comparison.sentence)[:_MOST_PLACES]:
        holding = {number for each, number in dated if number is not None and claimed.within(each)}
        yield _misplaced(comparison, (claimed.start, claimed.end), holding, rivals)


def _sentence_at(comparison: Comparison, place: int) -> int | None:
    for number, each in enumerate(comparison.passage):
        if each.sentence.span[0] <= place < each.sentence.span[1]:
            return number
    return None


def _misplaced(
    comparison: Comparison, span: tuple[int, int], holding: set[int], rivals: set[int]
) -> float:
    if not holding:
        return 0.0
    scores = _around(comparison, span)
    best = max(scores, key=lambda number: (scores[number], -number))
    if best not in rivals:
        return 0.0
    return min(MOST, max(0.0, scores[best] - max(scores[number] for number in holding)))


def _around(comparison: Comparison, span: tuple[int, int]) -> dict[int, float]:
    """How many of the words around a place each sentence of the passage holds."""
    start, end = span
    tokens = comparison.tokens
    middle = next((at for at, token in enumerate(tokens) if token.end > start), len(tokens))
    around = [
        token
        for token in tokens[max(0, middle - REACH) : middle + REACH + 1]
        if token.content and not start <= token.start < end
    ]
    return {
        number: sum(found_in(token, each)[0] for token in around)
        for number, each in enumerate(comparison.passage)
    }

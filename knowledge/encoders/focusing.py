"""Which sentences of a passage a sentence may come from, by the words that they share."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

MOST = 3  # sentences that are chosen, besides the one before the nearest
LEAST_NEW = 1  # tokens that a further one must share, which none before it did


class _Shared(NamedTuple):
    """What decides between sentences, the first of two that are alike being taken."""

    new: int
    whole: int
    early: int


def focused(
    sentence: Collection[int], passage: Sequence[Collection[int]], light: Collection[int]
) -> list[int]:
    """The numbers of at most four sentences of a passage, in its order.

    Those are the sentence that shares most tokens with the one in question, those that share most
    of what is left then, and the one before the nearest, to which its "it" and "they" refer.

    Args:
        sentence: its tokens.
        passage: the tokens of each of its sentences.
        light: tokens that tell nothing.
    """
    wanted = set(sentence) - set(light) or set(sentence)
    left, chosen = set(wanted), list[int]()
    while left and len(chosen) < min(MOST, len(passage)):
        shared = {
            number: _Shared(len(left & set(each)), len(wanted & set(each)), -number)
            for number, each in enumerate(passage)
            if number not in chosen
        }
        best = max(shared, key=lambda number: shared[number])
        if chosen and shared[best].new < LEAST_NEW:
            break
        chosen.append(best)
        left -= set(passage[best])
    if chosen and chosen[0]:
        chosen.append(chosen[0] - 1)
    return sorted(set(chosen))

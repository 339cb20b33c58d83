"""`python -m tests.evals.fit_phrasing OUT.npz`: weighs words by who asks for harm with them.

Learns from the messages of `policy_dev.jsonl`, `policy_fit.jsonl` and `policy_plain.jsonl`, and
from statements of many fields, which ask for nothing: right sentences of `support_fit.jsonl`.
`--without PREFIX` leaves out the messages of one writer (whose ids begin so) and tells how they are
judged. Takes a minute.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from knowledge.evaluation.lines import read_records
from knowledge.policy.phrasing import AREAS, PLACES, SIDES, readable, traits
from tests.evals.policy import QUESTIONS, Question
from tests.evals.support_pairs import FIT, read_pairs

LEARNT_FROM = (
    QUESTIONS,
    Path(__file__).with_name("policy_fit.jsonl"),
    Path(__file__).with_name("policy_plain.jsonl"),
)
AREA_OF = {"weights": "theft", "other": "crime"}
EVERY_STATEMENT = 8  # of the right sentences, one in so many is learnt
STRENGTH = 10.0  # the inverse of the regularisation
LEAST_SEEN = 2  # messages that must show a trait
LEAST_SEEN_FOR_AREA = 10


def every_question() -> list[Question]:
    """All messages to learn from."""
    return [each for file in LEARNT_FROM for each in read_records(file, Question).values()]


def statements() -> list[Question]:
    """What asks for nothing."""
    right = [pair.sentence for pair in read_pairs(FIT) if not pair.wrong][::EVERY_STATEMENT]
    return [
        Question(
            id=f"stated-{number}", question=sentence, language="en", wanted="open", area="elsewhere"
        )
        for number, sentence in enumerate(right)
    ]


def shown(questions: Sequence[Question]) -> csr_matrix:
    """What each message shows, a row each."""
    found = [traits(readable(each.question)) for each in questions]
    rows = np.repeat(np.arange(len(found)), [len(each) for each in found])
    places = np.concatenate([np.fromiter(each, dtype=np.int64) for each in found])
    shares = np.concatenate([np.fromiter(each.values(), dtype=np.float32) for each in found])
    return csr_matrix((shares, (rows, places)), shape=(len(found), PLACES))


def fitted(
    rows: csr_matrix, labels: Sequence[int], least: int
) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    """Weights and bias of each label, over traits that so many messages show."""
    often = np.asarray((rows > 0).sum(axis=0)).ravel() >= least
    model = LogisticRegression(C=STRENGTH, max_iter=3_000, class_weight="balanced")
    model.fit(rows.multiply(often).tocsr(), labels)
    weights = (model.coef_.T * often[:, None]).astype(np.float16)
    return weights, model.intercept_.astype(np.float32)


def told(unseen: Sequence[Question], found: Sequence[int]) -> str:
    """How many messages of each side are judged rightly."""
    right = Counter(
        each.wanted
        for each, side in zip(unseen, found, strict=True)
        if each.wanted == SIDES[int(side)]
    )
    total = Counter(each.wanted for each in unseen)
    return ", ".join(f"{side} {right[side]} of {total[side]}" for side in SIDES)


def main() -> int:
    """Fits, and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_phrasing", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", default="", help="the beginning of some messages' ids")
    given = parser.parse_args()
    every = every_question()
    unseen = [each for each in every if given.without and each.id.startswith(given.without)]
    known = [each for each in every if not (given.without and each.id.startswith(given.without))]
    known += statements()
    rows = shown(known)
    sides, sides_bias = fitted(rows, [SIDES.index(each.wanted) for each in known], LEAST_SEEN)
    named = [AREA_OF.get(each.area, each.area) for each in known]
    about = [
        place
        for place, each in enumerate(known)
        if each.wanted == "declined" and named[place] in AREAS
    ]
    areas, areas_bias = fitted(
        rows[about], [AREAS.index(named[place]) for place in about], LEAST_SEEN_FOR_AREA
    )
    np.savez_compressed(
        given.out, sides=sides, sides_bias=sides_bias, areas=areas, areas_bias=areas_bias
    )
    if unseen:
        print(told(unseen, (shown(unseen) @ sides.astype(np.float32) + sides_bias).argmax(axis=1)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

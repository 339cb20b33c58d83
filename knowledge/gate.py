"""Decides whether the library answers a question, or only comes near its topic.

The signals look at the sentences that would be quoted, not only at how close the topic is. Their
weights are a logistic regression fitted by `python -m tests.evals.calibrate` on questions worded
formally, plainly and sloppily, half of them without an answer in the library.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from knowledge.quoting import Sentence
from knowledge.search import Found

LEAST_CONFIDENCE = 0.5  # unless LEAST_CONFIDENCE is set
BEST_SENTENCES = 4
PEAK_PLACE = 10  # the sentence whose distance from the best tells how much that stands out
WEAK_SHARE = 0.5  # of the mean weight, from which a token is needed for an answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """What the gate looks at, each between 0 and 1.

    Attributes:
        similarity: cosine of the question and the nearest passage.
        sentence: cosine of the question and the nearest of the best sentences.
        together: how near the best sentences together come to the question's words.
        weakest: how near they come to the word that they meet least.
        peak: how far the best sentence stands out.
    """

    similarity: float
    sentence: float
    together: float
    weakest: float
    peak: float


WEIGHTS = Signals(
    similarity=4.0,
    sentence=0.0,
    together=0.0,
    weakest=0.0,
    peak=0.0,
)
BIAS = -1.84


def signals(found: Found, ranked: Sequence[Sentence]) -> Signals:
    """The signals of a question; there is at least one sentence."""
    question, best = found.question, ranked[:BEST_SENTENCES]
    nearest = np.max([sentence.met for sentence in best], axis=0)
    needed = question.token_weights >= WEAK_SHARE * question.token_weights.mean()
    far = ranked[min(PEAK_PLACE, len(ranked)) - 1]
    return Signals(
        similarity=max(passage.similarity for passage in found.passages),
        sentence=max(sentence.similarity for sentence in best),
        together=float(question.token_weights @ nearest),
        weakest=float(nearest[needed].min(initial=1.0)),
        peak=best[0].score - far.score,
    )


def confidence(found: Found | None, ranked: Sequence[Sentence]) -> float:
    """How sure it is that the library answers a question, 0 to 1."""
    if found is None or not ranked:
        return 0.0
    given = zip(astuple(WEIGHTS), astuple(signals(found, ranked)), strict=True)
    return 1 / (1 + math.exp(-(BIAS + sum(weight * value for weight, value in given))))


"""Decides whether the library answers a question, or only comes near its topic.

The signals look at the sentences that would be quoted as well as at the topic. Their weights are a
logistic regression fitted by `python -m tests.evals.calibrate` on questions worded formally,
plainly and sloppily, half of them without an answer in the library; that of `no_value` comes from a
later fit than the others, see docs/quality.md.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from knowledge.answer_types import lacks_answer_type
from knowledge.answerable import BEST_SENTENCES, can_bear
from knowledge.missing import missing_provisions
from knowledge.quoting import Sentence
from knowledge.search import Found

LEAST_CONFIDENCE = 0.37  # unless LEAST_CONFIDENCE is set
SURE_MARGIN = 0.1  # of confidence above the least, from which an answer is no longer doubted
BEST_PASSAGES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """What the gate looks at: cosines, means of cosines, and what is not there.

    Attributes:
        similarity: of the question and the nearest passage.
        sentence: of the question and the nearest of the best sentences.
        passage: how near the best passage comes to the question's words, see `Matcher.score`.
        missing: 1 when the best passages point to a provision that the library lacks, else 0.
        no_value: 1 when the question asks for a count, a sum, a date or who holds a post, and no
            good sentence has one, else 0.
    """

    similarity: float
    sentence: float
    passage: float
    missing: float
    no_value: float


WEIGHTS = Signals(similarity=1.69, sentence=2.13, passage=3.50, missing=-2.52, no_value=-2.40)
BIAS = -3.72


def signals(found: Found, ranked: Sequence[Sentence]) -> Signals:
    """The signals of a question; there is at least one sentence."""
    return Signals(
        similarity=max(passage.similarity for passage in found.passages),
        sentence=max(sentence.similarity for sentence in ranked[:BEST_SENTENCES]),
        passage=max(
            found.matcher.score(passage.chunk) for passage in found.passages[:BEST_PASSAGES]
        ),
        missing=float(bool(missing_provisions(found, ranked))),
        no_value=float(lacks_answer_type(found.question, ranked)),
    )


def confidence(found: Found | None, ranked: Sequence[Sentence]) -> float:
    """How sure it is that the library answers a question, 0 to 1."""
    if found is None or not ranked or not can_bear(found, ranked):
        return 0.0
    given = zip(astuple(WEIGHTS), astuple(signals(found, ranked)), strict=True)
    return 1 / (1 + math.exp(-(BIAS + sum(weight * value for weight, value in given))))

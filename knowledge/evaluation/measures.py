"""The measures, as pure functions of rankings and numbers."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

RESAMPLES = 10_000
COVERED = 0.95


def ndcg(ranked: Sequence[str], gains: Mapping[str, int], depth: int) -> float:
    """Normalised discounted cumulative gain of the first `depth` documents, 0 to 1.

    The gain is the score itself, discounted by log2 of the rank plus 1, as `ndcg_cut` of
    trec_eval has it, which pytrec_eval and BEIR use (Järvelin and Kekäläinen 2002,
    doi:10.1145/582415.582418). 0 when no document is relevant.
    """
    best = _discounted(sorted(gains.values(), reverse=True)[:depth])
    return _discounted([gains.get(found, 0) for found in ranked[:depth]]) / best if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(max(gain, 0) / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def recall(ranked: Sequence[str], gains: Mapping[str, int], depth: int) -> float:
    """Share of the relevant documents among the first `depth`, 0 to 1; 0 when there are none."""
    relevant = {found for found, gain in gains.items() if gain > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], gains: Mapping[str, int], depth: int) -> float:
    """1 by the rank of the first relevant document, 0 when none is among the first `depth`."""
    for rank, found in enumerate(ranked[:depth], start=1):
        if gains.get(found, 0) > 0:
            return 1 / rank
    return 0.0


def roc_auc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """How likely one of the `higher` exceeds one of the `lower`, ties counting half, 0 to 1.

    The area under the receiver operating characteristic by the Mann-Whitney statistic (Hanley
    and McNeil 1982, doi:10.1148/radiology.143.1.7063747).

    Raises:
        ValueError: when one of the two is empty.
    """
    if not higher or not lower:
        raise ValueError("both groups need a value")
    ordered = np.sort(np.asarray(lower))
    below = np.searchsorted(ordered, higher, side="left")
    tied = np.searchsorted(ordered, higher, side="right") - below
    return float((below + tied / 2).mean() / len(ordered))


def threshold_at(values: Sequence[float], share: float) -> float:
    """The highest threshold below which at most `share` of the values lie.

    Raises:
        ValueError: when there is no value.
    """
    if not values:
        raise ValueError("a threshold needs a value")
    ordered = sorted(values)
    # a hair is added because 0.29 * 100 is 28.999999999999996
    return ordered[min(int(share * len(ordered) + 1e-9), len(ordered) - 1)]


def mean(values: Sequence[float]) -> float | None:
    """The mean, or None of nothing."""
    return sum(values) / len(values) if values else None


def percentile(values: Sequence[float], percent: float) -> float:
    """A percentile of at least one value, interpolated between neighbours."""
    return float(np.percentile(values, percent))


def bootstrap_difference(
    after: Sequence[float], before: Sequence[float], *, seed: int = 0
) -> tuple[float, float]:
    """The 95 % interval of the mean of `after` minus `before`, two measurements of each question.

    A paired bootstrap over questions by percentiles (Efron and Tibshirani 1993, chapter 13).

    Raises:
        ValueError: when the two are of different length or empty.
    """
    differences = np.subtract(after, before)
    if differences.shape != (len(after),) or not len(after) == len(before) > 0:
        raise ValueError("every question needs two measurements")
    chance = np.random.default_rng(seed)
    means = [chance.choice(differences, size=len(differences)).mean() for _ in range(RESAMPLES)]
    low, high = np.quantile(means, [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return float(low), float(high)

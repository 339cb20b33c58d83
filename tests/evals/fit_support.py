"""`python -m tests.evals.fit_support OUT.json [FILE...]`: weighs what speaks against a sentence.

Learns from the pairs of `support_dev.jsonl` and `support_more.jsonl`, or of the files, and from
sentences of their passages that were lightly changed. First it tells how well what it learns from
some writers' pairs judges those of each other writer. Takes a minute.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from knowledge.support.checking import surely_wrong, verbatim
from knowledge.support.comparing import compare
from knowledge.support.traits import OF, traits
from knowledge.support.weighing import CEILING
from tests.evals.support import PAIRS, Pair, read_pairs
from tests.evals.support_variants import near_copies

REJECTED = (
    0.02  # share of the right sentences that may be rejected, besides those that a rule rejects
)
STRENGTH = 1.0  # the inverse of the regularisation
PRIOR = 2.0  # what each trait weighs as long as the pairs do not tell better
NEAR_COPY = 0.05  # what a lightly changed sentence counts beside a pair
MUCH = 0.985  # the share of sentences that show less of a trait than what is called much
LEAST_WEIGHT = 0.02
NAMES = tuple(OF)

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What pairs show: a row of traits each, whether each is wrong, and surely so by rule."""

    rows: Array
    wrong: NDArray[np.bool_]
    ruled: NDArray[np.bool_]
    writers: NDArray[np.str_]
    passages: NDArray[np.str_]
    kinds: NDArray[np.str_]

    def only(self, kept: NDArray[np.bool_]) -> "Shown":
        """Some of them."""
        return Shown(
            rows=self.rows[kept],
            wrong=self.wrong[kept],
            ruled=self.ruled[kept],
            writers=self.writers[kept],
            passages=self.passages[kept],
            kinds=self.kinds[kept],
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitted:
    """Of each trait in `NAMES`, how much is much, and its weight, so that 1 is too much."""

    much: Array
    weights: Array

    def rejects(self, shown: Shown) -> NDArray[np.bool_]:
        """Which sentences would be rejected."""
        return shown.ruled | (scaled(shown.rows, self.much) @ self.weights >= 1.0)


def show(pairs: Sequence[Pair]) -> Shown:
    """What pairs show."""
    rows, ruled = [], []
    for pair in pairs:
        comparison = compare(pair.sentence, pair.passage, pair.about)
        found = traits(comparison)
        copied = verbatim(pair.sentence, pair.passage) is not None
        rows.append([0.0 if copied else found[name] for name in NAMES])
        ruled.append(not copied and bool(surely_wrong(comparison)))
    return Shown(
        rows=np.array(rows),
        wrong=np.array([pair.label == "wrong" for pair in pairs]),
        ruled=np.array(ruled),
        writers=np.array([pair.writer for pair in pairs]),
        passages=np.array([pair.passage for pair in pairs]),
        kinds=np.array([pair.kind for pair in pairs]),
    )


def scaled(rows: Array, much: Array) -> Array:
    """Traits as shares of what is much."""
    found: Array = np.clip(rows / much, 0.0, CEILING)
    return found


def fit(pairs: Shown, copies: Shown) -> Fitted:
    """The weights, none below 0, that tell wrong from right where no rule does."""
    known = pairs.only(~pairs.ruled)
    rows = np.vstack([known.rows, copies.rows])
    wrong = np.concatenate([known.wrong, copies.wrong]).astype(np.float64)
    counts = np.concatenate([np.ones(len(known.wrong)), np.full(len(copies.wrong), NEAR_COPY)])
    much = np.maximum(np.quantile(rows, MUCH, axis=0), 0.5)
    weights = _weights(scaled(rows, much), wrong, counts)
    right = known.only(~known.wrong)
    scores = np.sort(scaled(right.rows, much) @ weights)[::-1]
    limit = max(float(scores[int(REJECTED * len(scores))]) + 1e-6, 1e-3)
    return Fitted(much=much, weights=weights / limit)


def _weights(rows: Array, wrong: Array, counts: Array) -> Array:
    number = rows.shape[1]

    def loss(tried: Array) -> tuple[float, Array]:
        chance = 1.0 / (1.0 + np.exp(-(rows @ tried[:number] + tried[number])))
        likely = wrong * np.log(chance + 1e-12) + (1.0 - wrong) * np.log(1.0 - chance + 1e-12)
        off = counts * (chance - wrong)
        slope = np.append(rows.T @ off + (tried[:number] - PRIOR) / STRENGTH, off.sum())
        total = float(
            0.5 / STRENGTH * ((tried[:number] - PRIOR) ** 2).sum() - (counts * likely).sum()
        )
        return total, slope

    bounds = [(0.0, None)] * number + [(None, None)]
    start = np.append(np.full(number, 0.1), -1.0)
    found: Array = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[:number]


def judged_unseen(pairs: Shown, copies: Shown) -> NDArray[np.bool_]:
    """What is rejected of each writer's pairs by what was learnt from the others'."""
    rejected = np.zeros(len(pairs.wrong), dtype=bool)
    for writer in np.unique(pairs.writers):
        unseen = pairs.writers == writer
        others = copies.only(~np.isin(copies.passages, pairs.passages[unseen]))
        rejected[unseen] = fit(pairs.only(~unseen), others).rejects(pairs.only(unseen))
    return rejected


def told(pairs: Shown, rejected: NDArray[np.bool_]) -> str:
    """What was caught and rejected, in one line."""
    kinds = ", ".join(
        f"{kind} {rejected[pairs.kinds == kind].mean():.2f}" for kind in np.unique(pairs.kinds)
    )
    return (
        f"{rejected[pairs.wrong].mean():.3f} of {pairs.wrong.sum()} wrong ones caught, "
        f"{rejected[~pairs.wrong].mean():.3f} of {(~pairs.wrong).sum()} right ones rejected; "
        f"{kinds}"
    )


def main() -> int:
    """Fits, and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_support", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    pairs = [pair for file in given.files or PAIRS for pair in read_pairs(file)]
    shown, copies = show(pairs), show(tuple(near_copies(pairs)))
    rejected = judged_unseen(shown, copies)
    print(f"Unseen writers: {told(shown, rejected)}")
    for writer in np.unique(shown.writers):
        own = shown.writers == writer
        print(f"- {writer}: {told(shown.only(own), rejected[own])}")
    fitted = fit(shown, copies)
    print(f"Fitted to: {told(shown, fitted.rejects(shown))}")
    print(f"Lightly changed: {fitted.rejects(copies).mean():.3f} of {len(copies.wrong)} rejected")
    learnt = {
        name: {"much": round(float(much), 4), "weight": round(float(weight), 4)}
        for name, much, weight in zip(NAMES, fitted.much, fitted.weights, strict=True)
        if weight > LEAST_WEIGHT
    }
    given.out.write_text(json.dumps(learnt, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

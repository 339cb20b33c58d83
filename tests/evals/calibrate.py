"""`python -m tests.evals.calibrate`: fits the gate that decides between an answer and silence.

Questions come from `wordings.jsonl` and `answers.jsonl`, over an index of the starter corpus in
`CAVEAT_DATA_DIR`; with `EVAL_DIR` set, also from each set in its `retrieval/`, each question once
as it is and once with the documents that answer it hidden. Prints, for every group of questions,
how well the gate tells them apart, the curve of the threshold, and the weights to put into
`knowledge/gate.py`.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from knowledge.compose import open_searcher
from knowledge.evaluation.beir import read_set
from knowledge.evaluation.throwaway import source_id, throw_away_searcher
from knowledge.gate import Signals, signals
from knowledge.quoting import rank_sentences
from knowledge.search import Searcher, find
from knowledge.settings import KnowledgeSettings, read_settings

HERE = Path(__file__).parent
LIMIT = 40
MOST_OF_A_SET = 150
FOLDS = 5
STRENGTH = 0.03  # small: few questions must not bend the weights
FALSE_SHARE = 0.1
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(2, 19))


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A question with what the gate sees of it.

    Attributes:
        group: the set it is from.
        question: its number, shared by both faces of one question.
        answered: whether the library answers it.
    """

    group: str
    question: str
    answered: bool
    signals: Signals


def examine(searcher: Searcher, question: str, hidden: Iterable[str] = ()) -> Signals | None:
    """What the gate sees of a question, or None when nothing is near it."""
    snapshot = searcher.snapshots.current()
    found = find(snapshot, searcher.encoder, question, limit=LIMIT, hidden=frozenset(hidden))
    ranked = rank_sentences(found)
    return signals(found, ranked) if found and ranked else None


def own_examples(settings: KnowledgeSettings) -> Iterator[Example]:
    """The questions of this folder, over the index of the data folder."""
    searcher = open_searcher(settings)
    try:
        for name in ("wordings", "answers"):
            for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
                case = json.loads(line)
                seen = examine(searcher, case["question"])
                if seen:
                    answered = bool(case.get("answered", case.get("need") != "none"))
                    group = f"{name}, {case.get('wording', 'mixed')}"
                    yield Example(group=group, question=case["id"], answered=answered, signals=seen)
    finally:
        searcher.close()


def hidden_examples(settings: KnowledgeSettings, folder: Path) -> Iterator[Example]:
    """The questions of a set, each with and without the documents that answer it."""
    measured = read_set(folder)
    with throw_away_searcher(settings, measured.documents) as searcher:
        for query in measured.queries[:MOST_OF_A_SET]:
            gold = [source_id(name) for name, gain in query.gains.items() if gain > 0]
            for hidden in ((), gold):
                seen = examine(searcher, query.text, hidden)
                if seen:
                    yield Example(
                        group=folder.name,
                        question=f"{folder.name} {query.id}",
                        answered=not hidden,
                        signals=seen,
                    )


def main() -> int:
    """Fits and prints; returns the exit code."""
    settings = read_settings(KnowledgeSettings)
    examples = list(own_examples(settings))
    if os.environ.get("EVAL_DIR"):
        for folder in sorted((Path(os.environ["EVAL_DIR"]) / "retrieval").iterdir()):
            examples += hidden_examples(settings, folder)
    values = np.array([astuple(example.signals) for example in examples])
    answered = np.array([example.answered for example in examples])
    groups = np.array([example.group for example in examples])
    # every set counts the same, whatever its size
    weights = np.array([1 / (groups == group).sum() for group in groups])
    weights *= len(weights) / weights.sum()
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH))
    sure = cross_val_predict(
        model,
        values,
        answered,
        groups=[example.question for example in examples],
        cv=GroupKFold(FOLDS),
        method="predict_proba",
        params={"logisticregression__sample_weight": weights},
    )[:, 1]
    model.fit(values, answered, logisticregression__sample_weight=weights)
    parts = (
        _table(groups, answered, sure),
        _curve(answered, sure, weights),
        _weights(model[0], model[1]),
    )
    sys.stdout.write("\n".join(parts) + "\n")
    return 0


def _table(groups: NDArray[np.str_], answered: NDArray[np.bool_], sure: NDArray[np.float64]) -> str:
    lines = [
        "| questions | number | AUC | abstained at 10 % false |",
        "|---|---|---|---|",
    ]
    for group in dict.fromkeys(groups.tolist()):
        mine = groups == group
        good, bad = sure[mine & answered], sure[mine & ~answered]
        threshold = np.sort(good)[int(FALSE_SHARE * len(good))]
        auc = roc_auc_score(answered[mine], sure[mine])
        lines.append(f"| {group} | {mine.sum()} | {auc:.3f} | {(bad < threshold).mean():.2f} |")
    return "\n".join(lines) + "\n"


def _curve(
    answered: NDArray[np.bool_], sure: NDArray[np.float64], weights: NDArray[np.float64]
) -> str:
    lines = ["| threshold | false abstention | abstention |", "|---|---|---|"]
    for threshold in THRESHOLDS:
        silent = sure < threshold
        false = np.average(silent[answered], weights=weights[answered])
        right = np.average(silent[~answered], weights=weights[~answered])
        lines.append(f"| {threshold:.2f} | {false:.3f} | {right:.3f} |")
    return "\n".join(lines) + "\n"


def _weights(scaler: StandardScaler, model: LogisticRegression) -> str:
    slopes: Sequence[float] = model.coef_[0] / scaler.scale_
    bias = model.intercept_[0] - float(np.dot(slopes, scaler.mean_))
    named = zip(fields(Signals), slopes, strict=True)
    inside = "\n".join(f"    {field.name}={slope:.2f}," for field, slope in named)
    return f"WEIGHTS = Signals(\n{inside}\n)\nBIAS = {bias:.2f}"


if __name__ == "__main__":
    sys.exit(main())

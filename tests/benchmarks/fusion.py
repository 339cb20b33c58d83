"""`python -m tests.benchmarks.fusion`: Caveat's search beside simple fusion on sets of EVAL_DIR.

Simple fusion is the average of cosine similarity and BM25, each scaled to 0..1 over the candidates
of both, on the same chunks and vectors. Prints nDCG@10 of both for each set, and for their mean the
difference with its 95 % interval, from questions drawn again within each set.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.errors import SettingsError
from knowledge.evaluation.beir import RetrievalSet, read_set
from knowledge.evaluation.measures import ndcg
from knowledge.evaluation.throwaway import source_id, throw_away_searcher
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings, read_settings

DEPTH = 10
CANDIDATES = 100
PASSAGES = 400
DRAWS = 10_000

Gains = list[float]


def main() -> int:
    """Prints the table; returns the exit code."""
    sets = sorted((Path(os.environ.get("EVAL_DIR", "")) / "retrieval").glob("*/corpus.jsonl"))
    if not sets:
        raise SettingsError("Name a folder with retrieval/SET/corpus.jsonl: EVAL_DIR=...")
    settings = read_settings(KnowledgeSettings)
    pairs = [_measured(settings, read_set(path.parent)) for path in sets]
    print("| set | questions | simple fusion | Caveat |\n|---|---|---|---|")
    for path, (simple, ours) in zip(sets, pairs, strict=True):
        print(f"| {path.parent.name} | {len(ours)} | {np.mean(simple):.3f} | {np.mean(ours):.3f} |")
    low, high = interval(pairs)
    means = [np.mean([np.mean(pair[side]) for pair in pairs]) for side in (0, 1)]
    print(f"| mean of sets | | {means[0]:.3f} | {means[1]:.3f} |")
    print(f"\nDifference of the means {means[1] - means[0]:+.3f}, 95 % {low:+.3f} to {high:+.3f}")
    return 0


def interval(pairs: Sequence[tuple[Gains, Gains]]) -> tuple[float, float]:
    """The middle 95 % of the mean difference when the questions of each set are drawn again."""
    random = np.random.default_rng(0)
    drawn = np.zeros(DRAWS)
    for simple, ours in pairs:
        difference = np.array(ours) - np.array(simple)
        places = random.integers(0, len(difference), (DRAWS, len(difference)))
        drawn += difference[places].mean(axis=1) / len(pairs)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return float(low), float(high)


def _measured(settings: KnowledgeSettings, measured: RetrievalSet) -> tuple[Gains, Gains]:
    """nDCG@10 of each question, with simple fusion and with Caveat's search."""
    names = {source_id(document.id): document.id for document in measured.documents}

    def gains(ranked: Callable[[str], Sequence[str]]) -> Gains:
        return [
            ndcg(list(dict.fromkeys(names[key] for key in ranked(query.text))), query.gains, DEPTH)
            for query in measured.queries
        ]

    with throw_away_searcher(settings, measured.documents) as searcher:
        simple = gains(lambda text: _fused(searcher, text))
        ours = gains(
            lambda text: [each.source.id for each in searcher.search(text, limit=PASSAGES)]
        )
    return simple, ours


def _fused(searcher: Searcher, text: str) -> list[str]:
    """Source ids, best first."""
    snapshot = searcher.snapshots.current()
    vector = searcher.encoder.encode_question(text).vector
    dense = dict(snapshot.nearest(vector, CANDIDATES))
    lexical = dict(snapshot.matching(text, CANDIDATES))
    dense |= snapshot.similarities(vector, [key for key in lexical if key not in dense])
    keys = list(dense)
    near = np.array([dense[key] for key in keys])
    shared = np.array([lexical.get(key, 0.0) for key in keys])
    scores = sum((each - each.min()) / (np.ptp(each) or 1.0) for each in (near, shared))
    chunks = snapshot.chunks(keys)
    return [chunks[keys[place]].source_id for place in np.argsort(-np.asarray(scores))]


if __name__ == "__main__":
    sys.exit(main())

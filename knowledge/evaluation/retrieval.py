"""How well search finds the documents that answer a set's questions."""

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import EvaluationSetError
from knowledge.evaluation.bars import bar
from knowledge.evaluation.beir import RetrievalSet
from knowledge.evaluation.lines import read_text
from knowledge.evaluation.measures import bootstrap_difference, ndcg, recall, reciprocal_rank
from knowledge.evaluation.provenance import origin
from knowledge.evaluation.throwaway import source_id, throw_away_searcher
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings

DECIMALS = 4
PASSAGES = 400  # enough for a hundred documents
BY_QUERY = "ndcg@10_by_query"


class EarlierResult(BaseModel):
    """What `eval retrieval --json` printed once."""

    model_config = ConfigDict(frozen=True)

    by_query: dict[str, float] = Field(validation_alias=BY_QUERY)


def measure_retrieval(settings: KnowledgeSettings, measured: RetrievalSet) -> dict[str, Any]:
    """The result of a set, with the keys of the command contract.

    Raises:
        CaveatError: when the index cannot be made or searched.
    """
    with throw_away_searcher(settings, measured.documents) as searcher:
        searcher.search(measured.queries[0].text)  # the first one opens the index
        rankings, seconds = _rank_all(searcher, measured)
        made_by = origin(searcher)
    judged = [(rankings[query.id], query.gains) for query in measured.queries]
    gains = {query.id: ndcg(rankings[query.id], query.gains, 10) for query in measured.queries}
    count = len(measured.queries)

    def average(values: Iterable[float]) -> float:
        return round(sum(values) / count, DECIMALS)

    return {
        "set": measured.name,
        "documents": len(measured.documents),
        "queries": count,
        "ndcg@10": average(gains.values()),
        **{
            f"recall@{depth}": average(recall(*each, depth) for each in judged)
            for depth in (5, 10, 100)
        },
        "mrr@10": average(reciprocal_rank(*each, 10) for each in judged),
        "ms_per_query": round(1000 * seconds / count, 2),
        **made_by,
        BY_QUERY: {query_id: round(gain, DECIMALS) for query_id, gain in gains.items()},
    }


def compare_retrieval(result: Mapping[str, Any], earlier: Path) -> dict[str, Any]:
    """How nDCG@10 differs from an earlier result, over the questions that both measured.

    Raises:
        EvaluationSetError: when the file is no such result or shares no question.
    """
    try:
        before = EarlierResult.model_validate_json(read_text(earlier)).by_query
    except ValidationError as error:
        raise EvaluationSetError(
            f"{earlier} is no result of `eval retrieval --json`. Make one with that command."
        ) from error
    now: Mapping[str, float] = result[BY_QUERY]
    shared = sorted(now.keys() & before.keys())
    if not shared:
        raise EvaluationSetError(f"{earlier} measured none of these questions. Name another.")
    pairs = [now[each] for each in shared], [before[each] for each in shared]
    low, high = bootstrap_difference(*pairs)
    mean = (sum(pairs[0]) - sum(pairs[1])) / len(shared)
    values = {"ndcg@10": mean, "low": low, "high": high}
    return {"queries": len(shared)} | {name: round(each, DECIMALS) for name, each in values.items()}


def _rank_all(searcher: Searcher, measured: RetrievalSet) -> tuple[dict[str, list[str]], float]:
    """For each query the documents found, best passage first; and the seconds it took."""
    names = {source_id(document.id): document.id for document in measured.documents}
    rankings: dict[str, list[str]] = {}
    seconds = 0.0
    with bar("Searching", len(measured.queries)) as advance:
        for query in measured.queries:
            begin = time.perf_counter()
            passages = searcher.search(query.text, limit=PASSAGES)
            seconds += time.perf_counter() - begin
            found: Sequence[str] = [names[passage.source.id] for passage in passages]
            rankings[query.id] = list(dict.fromkeys(found))
            advance(1)
    return rankings, seconds

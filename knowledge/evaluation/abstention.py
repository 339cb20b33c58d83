"""How well Caveat tells a question that its documents answer from one that they do not."""

from typing import Any

from knowledge.compose import answerer_over, open_policy
from knowledge.errors import EvaluationSetError
from knowledge.evaluation.bars import bar
from knowledge.evaluation.beir import RetrievalSet
from knowledge.evaluation.measures import roc_auc, threshold_at
from knowledge.evaluation.provenance import origin
from knowledge.evaluation.throwaway import source_id, throw_away_searcher
from knowledge.settings import KnowledgeSettings

DECIMALS = 4
FALSE_SHARE = 0.1


def measure_abstention(settings: KnowledgeSettings, measured: RetrievalSet) -> dict[str, Any]:
    """The result of a set, with the keys of the command contract.

    Every question is assessed as it is, and with the documents that answer it hidden.

    Raises:
        EvaluationSetError: when no question has a document to hide.
        CaveatError: when the index cannot be made or searched.
    """
    held = {document.id for document in measured.documents}
    questions = [
        (query.text, hidden)
        for query in measured.queries
        if (hidden := {name for name, gain in query.gains.items() if gain > 0 and name in held})
    ]
    if not questions:
        raise EvaluationSetError(
            f"No question of {measured.name} has a relevant document in its corpus. Name a set "
            "where some have."
        )
    shown, without = [], []
    with (
        throw_away_searcher(settings, measured.documents) as searcher,
        bar("Assessing", len(questions)) as advance,
    ):
        answerer = answerer_over(searcher, settings, policy=open_policy(settings))
        for text, hidden in questions:
            shown.append(answerer.assess(text))
            without.append(answerer.assess(text, hidden=frozenset(map(source_id, hidden))))
            advance(1)
        made_by = origin(searcher)
    confident = [each.confidence for each in shown]
    unsure = [each.confidence for each in without]
    threshold = threshold_at(confident, FALSE_SHARE)
    count = len(questions)
    values = {
        "auc": roc_auc(confident, unsure),
        "abstained_at_10pct_false": sum(each < threshold for each in unsure) / count,
        "false_abstention": sum(not each.answers for each in shown) / count,
        "abstention": sum(not each.answers for each in without) / count,
    }
    return {
        "set": measured.name,
        "queries": count,
        **{name: round(value, DECIMALS) for name, value in values.items()},
        **made_by,
    }

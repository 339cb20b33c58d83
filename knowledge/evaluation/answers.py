"""How good the answers are that the index in the data folder gives."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge.answer import Answerer
from knowledge.compose import answerer_over, open_library, open_policy, open_searcher
from knowledge.evaluation.bars import bar
from knowledge.evaluation.cases import AnswerCase, read_cases
from knowledge.evaluation.judging import Judge, Verdict
from knowledge.evaluation.measures import mean, percentile
from knowledge.evaluation.provenance import origin
from knowledge.settings import KnowledgeSettings

DECIMALS = 4
MEDIAN, SLOW = 50, 95  # percentiles of the latency


def measure_answers(settings: KnowledgeSettings, path: Path) -> dict[str, Any]:
    """The result of a file of cases: by kind, over all, and each case for a person to read.

    Raises:
        EvaluationSetError: when the cases cannot be read.
        IndexMissingError: when nothing was published yet.
        CaveatError: when the index cannot be used.
    """
    cases = read_cases(path)
    searcher = open_searcher(settings)
    library = open_library(settings)
    try:
        judge = Judge(library=library, locators=searcher.snapshots.current().locators())
        answerer = answerer_over(searcher, settings, policy=open_policy(settings))
        verdicts = _judge_all(answerer, judge, cases)
        made_by = origin(searcher)
    finally:
        library.close()
        searcher.close()
    kinds = dict.fromkeys(case.kind for case in cases)
    return {
        "set": path.stem,
        **made_by,
        "all": summarise(verdicts),
        "kinds": {
            kind: summarise([each for each in verdicts if each.case.kind == kind]) for kind in kinds
        },
        "lacking": sum(not any(map(judge.holds, case.gold)) for case in cases if case.gold),
        "cases": [_case_json(each) for each in verdicts],
    }


def summarise(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Shares, counts and latencies of some verdicts; None where nothing was to be measured."""
    answerable = [each for each in verdicts if each.answerable]
    silent = [each for each in verdicts if not each.answerable]
    times = [each.milliseconds for each in verdicts]
    return {
        "cases": len(verdicts),
        "quote_in_passage": _share([each.quote_in_passage for each in answerable]),
        "quote_shown": _share([each.quote_shown for each in answerable]),
        "document_first": _share([each.document_first for each in answerable]),
        "page": _share([each.page for each in answerable]),
        "key_facts": _share([each.key_facts for each in answerable]),
        "false_citations": sum(each.false_citations for each in verdicts),
        "abstention": _share([each.abstained for each in silent]),
        "false_abstention": _share([each.abstained for each in answerable]),
        "ms_p50": round(percentile(times, MEDIAN), 1),
        "ms_p95": round(percentile(times, SLOW), 1),
    }


def _judge_all(
    answerer: Answerer, judge: Judge, cases: Sequence[AnswerCase]
) -> tuple[Verdict, ...]:
    answerer.assess(cases[0].question)  # the first question opens the index
    verdicts = []
    with bar("Answering", len(cases)) as advance:
        for case in cases:
            begin = time.perf_counter()
            answer = answerer.answer(case.question)
            verdicts.append(judge.judge(case, answer, 1000 * (time.perf_counter() - begin)))
            advance(1)
    return tuple(verdicts)


def _share(values: Sequence[float | None]) -> float | None:
    found = mean([float(value) for value in values if value is not None])
    return None if found is None else round(found, DECIMALS)


def _case_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.case.id,
        "kind": verdict.case.kind,
        "question": verdict.case.question,
        "need": verdict.case.need,
        "outcome": verdict.outcome,
        "quote_in_passage": verdict.quote_in_passage,
        "quote_shown": verdict.quote_shown,
        "document_first": verdict.document_first,
        "page": verdict.page,
        "key_facts": verdict.key_facts,
        "false_citations": verdict.false_citations,
        "cited": list(verdict.cited),
        "notes": list(verdict.remarks),
        "ms": verdict.milliseconds,
    }

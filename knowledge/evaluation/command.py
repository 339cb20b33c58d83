"""`python -m knowledge eval`: the scoreboard."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.evaluation.abstention import measure_abstention
from knowledge.evaluation.answers import measure_answers
from knowledge.evaluation.beir import RetrievalSet, read_set
from knowledge.evaluation.retrieval import compare_retrieval, measure_retrieval
from knowledge.evaluation.tables import (
    abstention_table,
    answers_tables,
    difference_line,
    origin_line,
    retrieval_table,
)
from knowledge.settings import KnowledgeSettings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name


def add_eval_parser(commands: "Commands") -> None:
    """Adds `eval` and what it measures to the commands of a parser."""
    evaluate_parser = commands.add_parser(
        "eval", help="measure finding, silence or answers on a set"
    )
    measures = evaluate_parser.add_subparsers(dest="measure", required=True, metavar="MEASURE")
    retrieval = measures.add_parser("retrieval", help="how well search finds a set's documents")
    abstention = measures.add_parser(
        "abstention", help="how well silence is kept when they are hidden"
    )
    answers = measures.add_parser("answers", help="how good the answers of this index are")
    for parser in (retrieval, abstention):
        parser.add_argument(
            "folder",
            type=Path,
            metavar="DIR",
            help="corpus.jsonl, queries.jsonl and qrels/test.tsv, as BEIR has them",
        )
    retrieval.add_argument(
        "--against", type=Path, metavar="EARLIER.json", help="compare with an earlier --json"
    )
    answers.add_argument(
        "cases",
        type=Path,
        metavar="CASES.jsonl",
        help="a line each: id, question, kind, gold, need, key_facts",
    )
    for parser in (retrieval, abstention, answers):
        parser.add_argument(
            "--json", action="store_true", help="one JSON object on standard output"
        )
    evaluate_parser.set_defaults(run=evaluate)


def evaluate(options: argparse.Namespace, settings: KnowledgeSettings) -> int:
    """Measures what the options name and prints the result; returns the exit code.

    Raises:
        CaveatError: when the set, the model or the index cannot be used.
    """
    measure = {"retrieval": _retrieval, "abstention": _abstention, "answers": _answers}
    try:
        result, shown = measure[options.measure](options, settings)
    except KeyboardInterrupt:
        _tell("Stopped. What was embedded so far is kept; run it again to go on.")
        return 1
    if options.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        sys.stdout.write(f"{shown}\n\n{origin_line(result)}\n")
    return 0


def _retrieval(
    options: argparse.Namespace, settings: KnowledgeSettings
) -> tuple[dict[str, Any], str]:
    result = measure_retrieval(settings, _read(options.folder))
    shown = retrieval_table([result])
    if options.against:
        result["difference"] = compare_retrieval(result, options.against)
        shown += f"\n\n{difference_line(result['difference'])}"
    return result, shown


def _abstention(
    options: argparse.Namespace, settings: KnowledgeSettings
) -> tuple[dict[str, Any], str]:
    result = measure_abstention(settings, _read(options.folder))
    return result, abstention_table([result])


def _answers(
    options: argparse.Namespace, settings: KnowledgeSettings
) -> tuple[dict[str, Any], str]:
    result = measure_answers(settings, options.cases)
    if result["lacking"]:
        _tell(f"{result['lacking']} cases name only documents that this index does not hold.")
    return result, answers_tables(result)


def _read(folder: Path) -> RetrievalSet:
    measured = read_set(folder)
    if measured.lacking:
        _tell(f"{measured.lacking} judged documents are not in the corpus: nothing finds them.")
    return measured


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")

"""`python -m tests.evals`: the whole scoreboard as one Markdown document.

The own set is asked over an index of the starter corpus alone. With `EVAL_DIR` set, each folder
in its `retrieval/` is measured too, and with `DOCUMENTS_DIR` each file of cases in its `answers/`,
over an index of those documents. The indexes lie in `evaluation/` of the data folder.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge.errors import CaveatError, SettingsError
from knowledge.evaluation.provenance import commit
from knowledge.evaluation.tables import abstention_table, answers_tables, retrieval_table
from knowledge.evaluation.throwaway import evaluation_dir, share_models
from knowledge.settings import KnowledgeSettings, read_settings
from tests.evals.commands import index_starter, run

OWN_CASES = Path(__file__).parent / "answers.jsonl"


def index_documents(data_dir: Path, documents: Path) -> None:
    """Makes an index of the files in a folder and of nothing else."""
    listed = run(data_dir, "ingest", "list")["sources"]
    gone = [
        source["source_id"]
        for source in listed
        if not any(
            Path(place).is_relative_to(documents) and Path(place).exists()
            for place in source["sources"]
        )
    ]
    if gone:
        run(data_dir, "ingest", "remove", *gone)
    run(data_dir, "ingest", "add", documents)


def measure_own(settings: KnowledgeSettings) -> list[dict[str, Any]]:
    """The result of the own cases over the starter corpus."""
    return [run(index_starter(settings), "knowledge", "eval", "answers", OWN_CASES)]


def measure_answers(
    settings: KnowledgeSettings, sets: Path, documents: Path
) -> list[dict[str, Any]]:
    """The results of the cases in a folder over some documents."""
    shelf = evaluation_dir(settings).absolute() / "documents"
    share_models(settings.data_dir.absolute(), shelf)
    index_documents(shelf, documents)
    files = sorted((sets / "answers").glob("*.jsonl"))
    return [run(shelf, "knowledge", "eval", "answers", path) for path in files]


def measure_sets(
    settings: KnowledgeSettings, sets: Path
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The results of retrieval and of abstention on each set in a folder."""
    data_dir = settings.data_dir.absolute()
    folders = sorted(path.parent for path in (sets / "retrieval").glob("*/corpus.jsonl"))
    retrieval = [run(data_dir, "knowledge", "eval", "retrieval", each) for each in folders]
    abstention = [run(data_dir, "knowledge", "eval", "abstention", each) for each in folders]
    return retrieval, abstention


def main() -> int:
    """Prints the scoreboard; 1 when a shown quote does not stand in its document."""
    try:
        settings = read_settings(KnowledgeSettings)
        sets, documents = folder_named("EVAL_DIR"), folder_named("DOCUMENTS_DIR")
        answers = measure_own(settings)
        retrieval, abstention = measure_sets(settings, sets) if sets else ([], [])
        if sets and documents:
            answers += measure_answers(settings, sets, documents)
    except CaveatError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n\n".join(scoreboard(answers, retrieval, abstention)))
    return int(any(each["all"]["false_citations"] for each in answers))


def scoreboard(
    answers: Sequence[dict[str, Any]],
    retrieval: Sequence[dict[str, Any]],
    abstention: Sequence[dict[str, Any]],
) -> list[str]:
    """The parts of the document."""
    encoder = answers[0]["encoder"]
    parts = ["# Scoreboard", f"Commit {commit() or 'unknown'}, encoder {encoder}."]
    if retrieval:
        parts += ["## Retrieval", retrieval_table(retrieval)]
        parts += ["## Abstention", abstention_table(abstention)]
    for result in answers:
        parts += [f"## Answers: {result['set']}", f"Build {result['build']}."]
        parts += [answers_tables(result)]
    return parts


def folder_named(variable: str) -> Path | None:
    """The folder that an environment variable names, or None when it is unset.

    Raises:
        SettingsError: when there is no such folder.
    """
    value = os.environ.get(variable)
    if not value:
        return None
    folder = Path(value).absolute()
    if not folder.is_dir():
        raise SettingsError(f"{variable} names no folder. Name one, or leave it out.")
    return folder


if __name__ == "__main__":
    sys.exit(main())

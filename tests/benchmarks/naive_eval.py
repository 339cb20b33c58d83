"""Holds what the pipeline of tutorials finds against the cases, beside Caveat's answers.

    .venv/bin/python -m tests.benchmarks.naive_eval NAIVE_PYTHON

The own cases over the starter corpus; with `EVAL_DIR` and `DOCUMENTS_DIR` also the files in
`answers/` over those documents. Both are judged by the same functions: whether the gold quotes
stand in what was cited (Caveat) or found (the tutorial's five passages), whether the first is of a
gold document, and whether silence was kept where the documents do not answer, which the tutorial's
pipeline never does. `passages` is how many an answer gives on average: the tutorial's always five,
for a model to read; Caveat's only those it quotes, and a false abstention counts as a miss.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from knowledge.compose import open_library
from knowledge.encoders.weights import find_source
from knowledge.errors import CaveatError
from knowledge.evaluation.answers import summarise
from knowledge.evaluation.cases import AnswerCase, read_cases
from knowledge.evaluation.judging import Judge, Verdict
from knowledge.evaluation.measures import mean
from knowledge.evaluation.tables import table
from knowledge.library import Library
from knowledge.model import Answer, Chunk, Citation, Passage, Source
from knowledge.settings import STARTER_ENCODER, KnowledgeSettings, read_settings
from tests.benchmarks.sides import ROOT, Naive
from tests.evals.__main__ import OWN_CASES, folder_named, measure_answers, measure_own
from tests.evals.commands import CommandFailedError

CORPUS = ROOT / "knowledge" / "corpus"
COLUMNS = (
    "set",
    "pipeline",
    "cases",
    "passages",
    "quote_in_passage",
    "document_first",
    "abstention",
    "false_abstention",
    "ms_p50",
    "ms_p95",
)


class Line(BaseModel):
    """What was found for a case."""

    model_config = ConfigDict(frozen=True)

    id: str
    passages: list[str]
    docs: list[str]
    milliseconds: float


def as_answer(line: Line, question: str) -> Answer:
    """The passages as the citations of an answer, each quoted as a whole."""
    citations = []
    for number, (text, doc) in enumerate(zip(line.passages, line.docs, strict=True), start=1):
        chunk = Chunk(id=str(number), source_id=doc, text=text, start=0, end=len(text), ordinal=0)
        passage = Passage(chunk=chunk, source=Source(id=doc, title=doc), score=0, similarity=0)
        citations.append(Citation(number=number, passage=passage, quote=text, start=0))
    return Answer(
        id=line.id,
        question=question,
        outcome="answered",
        mode="quoted",
        text="\n\n".join(line.passages),
        citations=tuple(citations),
    )


def judged(cases: Sequence[AnswerCase], lines: Iterable[Line], library: Library) -> list[Verdict]:
    """The verdict on each case. The library may be empty: no page and no false quote is judged."""
    found = {line.id: line for line in lines}
    judge = Judge(
        library=library, locators={doc: [doc] for each in found.values() for doc in each.docs}
    )
    return [
        judge.judge(case, as_answer(found[case.id], case.question), found[case.id].milliseconds)
        for case in cases
    ]


def ask_naive(naive: Naive, documents: Path, cases: Path) -> list[Line]:
    """What the tutorial's pipeline finds.

    Raises:
        CommandFailedError: when it fails.
    """
    module = "tests.benchmarks.naive_answers"
    arguments = [naive.model, naive.store, documents, cases]
    done = subprocess.run(  # noqa: S603 - our own module
        [str(naive.python), "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | naive.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandFailedError(f"{module} ended with {done.returncode}; what it said is above.")
    return [Line.model_validate_json(line) for line in done.stdout.splitlines()]


def rows(
    folder: Path, python: Path, documents: Path, results: Mapping[Path, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Two rows for each file of cases; `results` are Caveat's own."""
    model = Path(find_source(STARTER_ENCODER).name)
    naive = Naive(python=python, model=model, store=folder / "store")
    library = open_library(KnowledgeSettings(CAVEAT_DATA_DIR=folder / "empty", _env_file=None))
    made = []
    for path, result in results.items():
        verdicts = judged(read_cases(path), ask_naive(naive, documents, path), library)
        found = mean([float(len(each.cited)) for each in verdicts])
        cited = mean([float(len(case["cited"])) for case in result["cases"] if case["cited"]])
        theirs = {"pipeline": "tutorial", "passages": found, **summarise(verdicts)}
        ours = {"pipeline": "Caveat", "passages": cited, **result["all"]}
        made += [{"set": path.stem, **theirs}, {"set": path.stem, **ours}]
    library.close()
    return made


def main() -> int:
    """Prints the table."""
    if len(sys.argv) != 2:
        sys.stderr.write("Name the Python of the venv with requirements-naive.txt.\n")
        return 2
    python = Path(sys.argv[1])
    try:
        settings = read_settings(KnowledgeSettings)
        sets, documents = folder_named("EVAL_DIR"), folder_named("DOCUMENTS_DIR")
        measured = [(CORPUS, {OWN_CASES: measure_own(settings)[0]})]
        if sets and documents:
            files = sorted((sets / "answers").glob("*.jsonl"))
            ours = measure_answers(settings, sets, documents)
            measured.append((documents, dict(zip(files, ours, strict=True))))
        made = []
        for where, results in measured:
            with tempfile.TemporaryDirectory(prefix="naive-") as name:
                made += rows(Path(name), python, where, results)
    except CaveatError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    print(table(made, COLUMNS))
    return 0


if __name__ == "__main__":
    sys.exit(main())

from pathlib import Path

from knowledge.compose import open_library
from knowledge.evaluation.answers import summarise
from knowledge.evaluation.cases import AnswerCase, Gold
from knowledge.settings import KnowledgeSettings
from tests.benchmarks.naive_eval import Line, judged

GOLD = Gold(doc="harbour.md", quote="The harbour keeps forty two tugs in service.")


def line(identifier: str, *found: tuple[str, str]) -> Line:
    return Line(
        id=identifier,
        passages=[text for text, _ in found],
        docs=[doc for _, doc in found],
        milliseconds=3,
    )


def test_what_a_pipeline_without_answers_found_is_judged_as_answers_are(tmp_path: Path) -> None:
    right = (f"Tugs. {GOLD.quote} Ships.", "/documents/harbour.md")
    wrong = ("Nothing of the kind.", "/documents/other.md")
    cases = [
        AnswerCase(id="1", question="How many tugs?", kind="a", gold=(GOLD,), need="any"),
        AnswerCase(id="2", question="How many tugs are there?", kind="a", gold=(GOLD,), need="any"),
        AnswerCase(id="3", question="How many cats?", kind="b", need="none"),
    ]
    lines = [line("1", right, wrong), line("2", wrong, right), line("3", wrong)]
    library = open_library(KnowledgeSettings(CAVEAT_DATA_DIR=tmp_path, _env_file=None))
    summary = summarise(judged(cases, lines, library))
    library.close()
    assert summary["quote_in_passage"] == 1.0
    assert summary["document_first"] == 0.5
    assert summary["abstention"] == 0.0

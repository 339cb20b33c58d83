"""`python -m knowledge eval answers`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.__main__ import main
from knowledge.answer import Answerer
from knowledge.evaluation.cases import AnswerCase, Gold
from knowledge.evaluation.judging import Judge
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import Library
from knowledge.model import Source
from knowledge.search import Searcher
from tests.fakes import WordEncoder, shelve
from tests.knowledge.evaluation.conftest import Evaluate
from tests.knowledge.evaluation.sets import write_lines

RECALL = "Released weights cannot be recalled by anyone after their release."
LICENCE = "The licence restricts the field of use and forbids resale of the model."
QUESTION = "Can released weights be recalled after their release by anyone?"
SUMMARY = [
    "cases",
    "quote_in_passage",
    "quote_shown",
    "document_first",
    "page",
    "key_facts",
    "false_citations",
    "abstention",
    "false_abstention",
    "ms_p50",
    "ms_p95",
]


def case(**changes: Any) -> dict[str, Any]:
    gold = [dict[str, object](doc="docs/recall.md", page=None, quote=RECALL, also=[])]
    return {
        "id": "found",
        "question": QUESTION,
        "kind": "single",
        "gold": gold,
        "need": "any",
        "key_facts": ["cannot be recalled|irrevocable", "refund"],
        **changes,
    }


@pytest.fixture(autouse=True)
def _index(library: Library, words: WordEncoder, tmp_path: Path) -> None:
    shelve(library, words, Source(id="r", title="Recall"), RECALL, "/x/docs/recall.md")
    shelve(library, words, Source(id="l", title="Licence"), LICENCE, "/x/docs/licence.html")
    publish(library, words.identity, tmp_path)


@pytest.fixture
def answerer(words: WordEncoder, tmp_path: Path) -> Iterator[Answerer]:
    searcher = Searcher(encoder=words, snapshots=SnapshotKeeper(tmp_path, lambda _: None))
    yield Answerer(searcher)
    searcher.close()


@pytest.fixture
def judge(library: Library) -> Judge:
    return Judge(
        library=library, locators={"r": ("/x/docs/recall.md",), "l": ("/x/docs/licence.html",)}
    )


def test_each_case_is_told_and_summed_up_by_kind(tmp_path: Path, evaluate: Evaluate) -> None:
    wrong = [{"doc": "docs/elsewhere.md", "page": 3, "quote": RECALL}]
    cases = [
        case(),
        case(id="not found", gold=wrong, key_facts=[]),
        case(id="silence", kind="far", need="none", gold=[], key_facts=[], question="Quark soup?"),
    ]
    result = evaluate("answers", write_lines(tmp_path / "mine.jsonl", cases))
    assert list(result)[:4] == ["set", "build", "encoder", "commit"]
    assert result["set"] == "mine"
    assert list(result["all"]) == SUMMARY
    assert result["lacking"] == 1
    single, far = result["kinds"]["single"], result["kinds"]["far"]
    assert (single["cases"], single["quote_in_passage"], single["quote_shown"]) == (2, 0.5, 0.5)
    assert (single["key_facts"], single["document_first"], single["page"]) == (0.5, 0.5, None)
    assert (single["abstention"], single["false_abstention"]) == (None, 0.0)
    assert (far["abstention"], far["false_abstention"], far["quote_shown"]) == (1.0, None, None)
    assert result["all"]["false_citations"] == 0
    assert result["all"]["ms_p95"] >= result["all"]["ms_p50"] > 0
    found, not_found, silence = result["cases"]
    assert (found["outcome"], silence["outcome"]) == ("answered", "abstained")
    assert found["cited"][0] == {"doc": "/x/docs/recall.md", "page": None, "quote": RECALL}
    assert found["notes"] == ["not stated: refund"]
    assert not_found["notes"] == ["not in this index: docs/elsewhere.md"]


def test_false_abstention_is_counted(tmp_path: Path, evaluate: Evaluate) -> None:
    cases = [case(question="Quark soup?")]
    summary = evaluate("answers", write_lines(tmp_path / "cases.jsonl", cases))["all"]
    assert (summary["false_abstention"], summary["quote_in_passage"]) == (1.0, 0.0)


def test_the_tables_name_what_was_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [case(), case(id="far", kind="far", need="none", gold=[], key_facts=[])]
    assert main(["eval", "answers", str(write_lines(tmp_path / "cases.jsonl", cases))]) == 0
    shown = capsys.readouterr().out
    assert "| kind | cases | quote_in_passage |" in shown
    assert "| all | 2 | 1.000 |" in shown
    assert "- far (far, answered)" in shown
    assert "answered where silence was right" in shown
    assert "  - not stated: refund" in shown


def test_without_an_index_the_cure_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "none"))
    cases = write_lines(tmp_path / "cases.jsonl", [case()])
    assert main(["eval", "answers", str(cases), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "python -m ingest" in told.err


def test_all_gold_places_are_needed_only_where_the_case_says_so(
    judge: Judge, answerer: Answerer
) -> None:
    gold = (
        Gold(doc="recall.md", quote=RECALL),
        Gold(doc="nowhere.md", quote=LICENCE, also=("nowhere.txt",)),
    )
    answer = answerer.answer(QUESTION)
    some = AnswerCase(id="1", question=QUESTION, kind="k", gold=gold, need="any")
    every = some.model_copy(update={"need": "all"})
    assert judge.judge(some, answer, 1.0).quote_shown
    assert not judge.judge(every, answer, 1.0).quote_shown
    assert not judge.judge(every, answer, 1.0).quote_in_passage


def test_a_copy_of_the_gold_document_is_as_good(judge: Judge, answerer: Answerer) -> None:
    gold = (Gold(doc="paper.pdf", page=9, quote=RECALL, also=("recall.md",)),)
    verdict = judge.judge(
        AnswerCase(id="1", question=QUESTION, kind="k", gold=gold, need="any"),
        answerer.answer(QUESTION),
        1.0,
    )
    assert (verdict.quote_shown, verdict.document_first, verdict.page) == (True, True, None)


@pytest.mark.parametrize(("page", "right"), [(2, True), (1, False)])
def test_the_page_is_held_against_the_gold_page(
    judge: Judge,
    answerer: Answerer,
    page: int,
    right: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    answer = answerer.answer(QUESTION)
    paged = []
    for citation in answer.citations:
        chunk = replace(citation.passage.chunk, page=2)
        paged.append(replace(citation, passage=replace(citation.passage, chunk=chunk)))
    gold = (Gold(doc="recall.md", page=page, quote=RECALL),)
    verdict = judge.judge(
        AnswerCase(id="1", question=QUESTION, kind="k", gold=gold, need="any"),
        replace(answer, citations=tuple(paged)),
        1.0,
    )
    assert verdict.page is right
    # the stored document has no pages, so that no quote of it stands on page 2
    assert verdict.false_citations == len(paged)


def test_a_quote_that_the_library_does_not_hold_is_a_false_citation(
    judge: Judge, answerer: Answerer
) -> None:
    answer = answerer.answer(QUESTION)
    told = AnswerCase(id="1", question=QUESTION, kind="k", need="none")
    assert judge.judge(told, answer, 1.0).false_citations == 0
    first = answer.citations[0]
    chunk = replace(first.passage.chunk, text="Weights are recalled every day.")
    forged = replace(first, passage=replace(first.passage, chunk=chunk), quote=chunk.text, start=0)
    verdict = judge.judge(told, replace(answer, citations=(forged,)), 1.0)
    assert verdict.false_citations == 1
    assert verdict.remarks == ("false citation: Weights are recalled every day.",)


@pytest.mark.parametrize(
    ("doc", "held"),
    [
        ("recall.md", True),
        ("docs/recall.md", True),
        ("/x/docs/recall.md", True),
        ("call.md", False),
        ("recall", False),
    ],
)
def test_a_document_is_named_by_the_end_of_its_path(judge: Judge, doc: str, held: bool) -> None:  # noqa: FBT001 - pytest gives it
    assert judge.holds(Gold(doc=doc, quote="words")) is held

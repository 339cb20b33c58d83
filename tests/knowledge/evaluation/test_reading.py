"""What is wrong with a set is told in one sentence."""

from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.evaluation.beir import read_set
from knowledge.evaluation.cases import read_cases
from tests.knowledge.evaluation.sets import write_lines, write_set

CASE = {"id": "1", "question": "Why?", "kind": "single", "need": "none"}
GOLD = {"doc": "a.md", "quote": "words"}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_set(tmp_path / "set")
    (folder / name).unlink()
    assert main(["eval", "retrieval", str(folder)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert str(folder / name) in told.err


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("corpus.jsonl", "{broken", "corpus.jsonl, line 2: Invalid JSON"),
        ("corpus.jsonl", '{"_id": "x"}', "corpus.jsonl, line 2: text"),
        ("corpus.jsonl", '{"_id": "recall", "text": ""}', "the id 'recall' was there before"),
        ("queries.jsonl", "[]", "queries.jsonl, line 2"),
        ("qrels/test.tsv", "q9\trecall\t1", "no query 'q9'"),
        ("qrels/test.tsv", "q1 recall 1", "test.tsv, line 2"),
        ("qrels/test.tsv", "q1\trecall\tmuch", "test.tsv, line 2"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number(
    tmp_path: Path, name: str, line: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_set(tmp_path / "set") / name
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], line, *lines[1:]]), "utf-8")
    assert main(["eval", "retrieval", str(tmp_path / "set")]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert len(said.splitlines()) == 1


def test_only_judged_queries_count_and_numbers_are_ids(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", judgements=[("7", "recall", 2)])
    write_lines(folder / "queries.jsonl", [{"_id": 7, "text": "A"}, {"_id": 8, "text": "B"}])
    measured = read_set(folder)
    assert [(query.id, query.gains) for query in measured.queries] == [("7", {"recall": 2})]
    assert measured.lacking == 0


def test_a_set_without_judgements_is_refused(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", judgements=[])
    assert main(["eval", "retrieval", str(folder)]) == 2


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "1", "question": "a\u2028b", "kind": "k", "need": "none"}\n', "utf-8")
    assert read_cases(path)[0].question == "a\u2028b"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"need": "some"}, "need"),
        ({"need": "any"}, "gold must be empty exactly when"),
        ({"gold": [GOLD]}, "gold must be empty exactly when"),
        ({"need": "any", "gold": [{**GOLD, "quote": " "}]}, "gold.0.quote"),
        ({"question": None}, "question"),
    ],
)
def test_a_case_that_cannot_be_used_is_told_with_its_line(
    tmp_path: Path,
    changes: dict[str, object],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = write_lines(tmp_path / "cases.jsonl", [{**CASE, "id": "0"}, CASE | changes])
    assert main(["eval", "answers", str(path)]) == 2
    said = capsys.readouterr().err
    assert "line 2" in said
    assert told in said


@pytest.mark.parametrize("arguments", [["eval"], ["eval", "taste"], ["eval", "retrieval"]])
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)

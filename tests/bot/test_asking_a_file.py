"""`python -m bot ask --batch` as scripts use it."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.knowledge.index.publishing import publish_here


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_here(tmp_path, monkeypatch)


@pytest.mark.parametrize(("bad", "code"), [("", 0), ("no json\n", 1)])
def test_with_json_one_object_sums_up_and_lines_left_out_end_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str, code: int
) -> None:
    Path("in.jsonl").write_text(
        f'{{"id": 1, "question": "Can weights be recalled?"}}\n{bad}', "utf-8"
    )
    asked = ["ask", "--batch", "in.jsonl", "--out", "out.jsonl", "--json"]
    assert main(asked) == code
    shown = capsys.readouterr()
    reason = 'it must be an object with "id" and "question"'
    failed = [{"source": "in.jsonl, line 2", "reason": reason}] if bad else []
    assert json.loads(shown.out) == {"answered": 1, "failed": failed, "out": "out.jsonl"}
    assert "1 question answered in out.jsonl" in shown.err
    assert (reason in shown.err) == bool(bad)
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == 1


def test_a_question_longer_than_anybody_writes_is_refused_and_the_others_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    longest, longer = "weights " * 2_500, "weights " * 2_500 + "?"
    lines = [{"id": place, "question": each} for place, each in enumerate((longer, longest))]
    Path("in.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(["ask", "--batch", "in.jsonl", "--out", "out.jsonl"]) == 1
    assert "in.jsonl, line 1: the question has more than 20,000" in capsys.readouterr().err
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == 1
    assert main(["ask", longer]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert "more than 20,000 characters; ask in fewer words" in shown.err

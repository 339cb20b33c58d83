"""`python -m bot ask --batch` as scripts use it."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from knowledge.index import publish
from knowledge.library import Library, connect_library
from tests.fakes import WordEncoder
from tests.knowledge.index.publishing import fill


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = WordEncoder()
    library = Library(connect_library(tmp_path))
    fill(library, words)
    publish(library, words.identity, tmp_path)
    library.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("knowledge.compose.open_encoder", lambda _settings: words)


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
    assert "1 questions answered in out.jsonl" in shown.err
    assert (reason in shown.err) == bool(bad)
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == 1

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.progress import Progress

from bot.terminal.batch import answer_batch
from knowledge.errors import IndexUnreadableError, SettingsError
from tests.fakes import FailingAnswerer, WordOverlapAnswerer

RISKS = "What are the security risks of widely available model weights?"


@pytest.fixture
def progress() -> Iterator[Progress]:
    with Progress(disable=True) as shown:
        yield shown


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_every_question_gets_an_answer_with_its_id(tmp_path: Path, progress: Progress) -> None:
    asked: list[dict[str, Any]] = [
        {"id": "a", "question": RISKS},
        {"id": 7, "question": "Sourdough?", "further": "keys"},
        {"id": None, "question": ""},
        {"id": "a", "question": "line\u2028separator and \x85 next line"},
        {"id": "lone", "question": "\ud800"},
    ]
    text = "\n\n".join(json.dumps(each, ensure_ascii=False) for each in asked)
    questions = tmp_path / "in.jsonl"
    questions.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8", "backslashreplace") + b"\r\n")
    answers = tmp_path / "out.jsonl"
    batch = answer_batch(WordOverlapAnswerer().answer, questions, answers, progress)
    assert (batch.answered, batch.unusable) == (5, ())
    found = lines(answers)
    assert [(each["id"], each["question"]) for each in found] == [
        (each["id"], each["question"]) for each in asked
    ]
    assert [each["outcome"] for each in found[:2]] == ["answered", "abstained"]
    assert found[0]["citations"][0]["quote"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no json", '"id" and "question"'),
        ("[]", '"id" and "question"'),
        ('"id question"', '"id" and "question"'),
        ('{"id": 1}', '"id" and "question"'),
        ('{"question": "What?"}', '"id" and "question"'),
        ('{"id": 1, "question": 2}', "must be a string"),
        ('{"id": 1, "question": null}', "must be a string"),
        ('{"id": NaN, "question": "What?"}', '"id" and "question"'),
        ("[" * 100_000, '"id" and "question"'),
        ('{"id": 1, "question": "\xff"}', "not UTF-8"),
    ],
)
def test_a_malformed_line_is_named_and_the_others_are_answered(
    tmp_path: Path, progress: Progress, line: str, reason: str
) -> None:
    questions, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked = '{"id": 1, "question": "What?"}\n\n', '\n{"id": 3, "question": "Why?"}\n'
    questions.write_bytes(asked[0].encode() + line.encode("latin-1") + asked[1].encode())
    batch = answer_batch(WordOverlapAnswerer().answer, questions, answers, progress)
    (unusable,) = batch.unusable
    assert unusable.source.endswith("in.jsonl, line 3")
    assert reason in unusable.reason
    assert [each["id"] for each in lines(answers)] == [1, 3]
    assert batch.answered == 2


def test_a_file_of_which_no_line_can_be_used_is_named_and_nothing_is_written(
    tmp_path: Path, progress: Progress
) -> None:
    questions, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text("id,question\n1,What?\n", "utf-8")
    answers.write_text("earlier", "utf-8")
    answerer = WordOverlapAnswerer()
    with pytest.raises(SettingsError, match=r"in\.jsonl, line 1: .* No other line can be used"):
        answer_batch(answerer.answer, questions, answers, progress)
    assert answerer.asked == 0
    assert answers.read_text("utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_the_answers_never_replace_the_questions(tmp_path: Path, progress: Progress) -> None:
    questions = tmp_path / "in.jsonl"
    questions.write_text('{"id": 1, "question": "What?"}', "utf-8")
    with pytest.raises(SettingsError, match="holds the questions"):
        answer_batch(WordOverlapAnswerer().answer, questions, tmp_path / "." / "in.jsonl", progress)
    assert questions.read_text("utf-8") == '{"id": 1, "question": "What?"}'


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_questions_that_cannot_be_read_are_named(
    tmp_path: Path, progress: Progress, content: bytes | None
) -> None:
    questions = tmp_path / "in.jsonl"
    if content is not None:
        questions.write_bytes(content)
    with pytest.raises(
        SettingsError, match=r"in\.jsonl(, line 1: it is not UTF-8| cannot be read)"
    ):
        answer_batch(WordOverlapAnswerer().answer, questions, tmp_path / "out", progress)


def test_answers_that_cannot_be_written_are_named(tmp_path: Path, progress: Progress) -> None:
    questions = tmp_path / "in.jsonl"
    questions.write_text('{"id": 1, "question": "What?"}', "utf-8")
    for answers in (tmp_path / "missing" / "out.jsonl", tmp_path):
        with pytest.raises(SettingsError, match=r"cannot be written .*--out"):
            answer_batch(WordOverlapAnswerer().answer, questions, answers, progress)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_an_answerer_that_fails_leaves_the_earlier_answers(
    tmp_path: Path, progress: Progress
) -> None:
    questions, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text('{"id": 1, "question": "What?"}', "utf-8")
    answers.write_text("earlier", "utf-8")
    failing = FailingAnswerer(IndexUnreadableError("The index is damaged."))
    with pytest.raises(IndexUnreadableError):
        answer_batch(failing.answer, questions, answers, progress)
    assert answers.read_text("utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_no_questions_give_no_answers(tmp_path: Path, progress: Progress) -> None:
    questions, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text("\n\n", "utf-8")
    batch = answer_batch(WordOverlapAnswerer().answer, questions, answers, progress)
    assert batch.answered == 0
    assert answers.read_text("utf-8") == ""

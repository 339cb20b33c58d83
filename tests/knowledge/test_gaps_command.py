"""`python -m knowledge gaps`."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.gaps import utc_today
from knowledge.library import Gap, Library


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KEEP_GAP_QUESTIONS", "yes")


@pytest.fixture
def _asked(library: Library) -> None:
    today = utc_today()
    title = "[red]The Act[/nope]"
    library.gaps.record(
        [
            Gap(day=today - timedelta(100), source_id="b", title="Long ago"),
            Gap(day=today - timedelta(40), source_id="a", title=title, question="Too old?"),
            Gap(day=today, source_id="a", title=title, heading="Part > Place", question="[b]Why?"),
            Gap(day=today, source_id="a", title=title, heading="Part > Place"),
            Gap(day=today),
        ],
        today=today - timedelta(20),
        keep_questions=True,
    )


@pytest.mark.usefixtures("_asked")
def test_the_most_frequent_gap_is_shown_first_with_its_questions_below(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["gaps"]) == 0
    shown = capsys.readouterr().out
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    today = utc_today()
    assert lines[1:3] == [f"2 {today} [red]The Act[/nope] › Part > Place", "“[b]Why?”"]  # noqa: RUF001
    assert lines[3] == f"1 {today} nothing near"
    assert lines[4] == f"1 {today - timedelta(40)} [red]The Act[/nope]"
    assert lines[5].endswith(": 4.")
    assert "Long ago" not in shown
    assert "Too old?" not in shown


@pytest.mark.usefixtures("_asked")
def test_the_json_of_gaps_is_that_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps", "--json", "--days", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    today = str(utc_today())
    assert found == {
        "gaps": [
            {
                "source_id": "a",
                "title": "[red]The Act[/nope]",
                "heading": "Part > Place",
                "count": 2,
                "last": today,
                "questions": ["[b]Why?"],
            },
            {
                "source_id": None,
                "title": None,
                "heading": None,
                "count": 1,
                "last": today,
                "questions": [],
            },
        ],
        "since": str(utc_today() - timedelta(1)),
    }


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("days", ["365", "999999999999"])
def test_any_number_of_days_reaches_as_far_back_as_counts_are_kept(
    capsys: pytest.CaptureFixture[str], days: str
) -> None:
    assert main(["gaps", "--json", "--days", days]) == 0
    assert "Long ago" in capsys.readouterr().out


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("choice", ["no", ""])
def test_questions_are_not_shown_unless_keeping_them_is_chosen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    monkeypatch.setenv("KEEP_GAP_QUESTIONS", choice)
    assert main(["gaps"]) == 0
    assert "Why?" not in capsys.readouterr().out


@pytest.mark.usefixtures("library")
def test_a_line_tells_that_nothing_was_counted_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps"]) == 0
    assert "was answered, or none was asked" in capsys.readouterr().out


def test_without_a_library_the_command_that_makes_one_is_named_and_none_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gaps", "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "python -m ingest sync" in captured.err
    assert list(tmp_path.iterdir()) == []


def test_a_choice_that_is_neither_yes_nor_no_names_the_setting(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEEP_GAP_QUESTIONS", "perhaps")
    assert main(["gaps"]) == 2
    assert "KEEP_GAP_QUESTIONS" in capsys.readouterr().err

"""Written answers in the terminal: stages, prose with its quotes, and what was removed."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.__main__ import main
from bot.terminal.printing import print_answer
from bot.terminal.removals import HEADING, REASONS
from bot.terminal.stages import shown_stages
from knowledge.model import Answer, Removed
from knowledge.serialise import answer_json
from knowledge.writing import Prepared, Stage, Writer
from tests.writing.library import GOOD, QUESTION, TellingChat, answering, filled, numbers

FLAW = "Half of all models were stolen last year [9]."


@pytest.fixture
def chat(prepared: Prepared) -> TellingChat:
    return TellingChat(f"{filled(GOOD, prepared)} {FLAW}")


def ask(
    shelf: Path, chat: TellingChat | None, monkeypatch: pytest.MonkeyPatch, *options: str
) -> int:
    with answering(shelf, Writer(chat) if chat else None) as answerer:
        monkeypatch.setattr("bot.terminal.asking.open_answerer", lambda _settings: answerer)
        return main(["ask", *options])


def printed(answer: Answer, width: int = 100) -> str:
    console = Console(file=io.StringIO(), record=True, width=width)
    print_answer(console, answer)
    return console.export_text()


def test_stages_go_to_standard_error_and_the_answer_to_standard_output(
    shelf: Path,
    chat: TellingChat,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask(shelf, chat, monkeypatch, QUESTION) == 0
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        "Searching the library …",
        "Reading 3 sources …",
        "Writing from 3 sources …",
        "Checking each sentence …",
    ]
    flat = " ".join(shown.out.split())
    assert "researchers find flaws. [1] According to the Safety Institute" in flat
    assert "“The release of model weights cannot be reversed once copies are downloaded.”" in flat
    assert "✓ 3 of 4 sentences checked." in flat
    assert (
        f"{HEADING} – Half of all models were stolen last year. "  # noqa: RUF001
        "(cites a passage that was not given: 9)" in flat
    )
    assert "written from build" in flat


def test_json_keeps_the_keys_of_the_contract(
    shelf: Path,
    chat: TellingChat,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask(shelf, chat, monkeypatch, QUESTION, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert ask(shelf, None, monkeypatch, QUESTION, "--json") == 0
    plain = capsys.readouterr()
    assert plain.err == ""
    assert list(told) == list(json.loads(plain.out))
    assert list(told["citations"][0]) == list(json.loads(plain.out)["citations"][0])
    assert told["mode"] == "written"
    assert "✓ 3 of 4 sentences checked." in told["notes"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--depth", "brief"], "two or three sentences"),
        (["--depth", "deep"], "at most fourteen"),
        ([], "at most six"),
        (["--plain"], "fourteen years old"),
    ],
)
def test_depth_and_plain_reach_the_model(
    shelf: Path,
    chat: TellingChat,
    monkeypatch: pytest.MonkeyPatch,
    options: Sequence[str],
    words: str,
) -> None:
    assert ask(shelf, chat, monkeypatch, QUESTION, *options) == 0
    assert words in chat.asked[0][0].text


def test_quoted_mode_asks_no_model(
    shelf: Path,
    chat: TellingChat,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask(shelf, chat, monkeypatch, QUESTION, "--mode", "quoted") == 0
    assert chat.asked == []
    assert capsys.readouterr().err == ""


def test_a_file_of_questions_is_written_too(
    shelf: Path, chat: TellingChat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked.write_text(json.dumps({"id": 1, "question": QUESTION}) + "\n", "utf-8")
    options = ("--batch", str(asked), "--out", str(out), "--depth", "brief")
    assert ask(shelf, chat, monkeypatch, *options) == 0
    assert json.loads(out.read_text("utf-8"))["mode"] == "written"


def test_a_terminal_shows_the_present_stage_and_takes_it_away() -> None:
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=80)
    with shown_stages(console) as told:
        told(Stage(name="searching"))
        told(Stage(name="reading", sources=1))
    assert "Reading 1 source …" in file.getvalue()
    with shown_stages(Console(file=(silent := io.StringIO()), force_terminal=True)):
        pass
    assert silent.getvalue().replace("\x1b[?25h", "") == ""


def test_a_quote_of_the_other_side_is_shown_as_a_quote(prepared: Prepared) -> None:
    mark = numbers(prepared)["closed"]
    text = f"The release of model weights cannot be reversed once copies are downloaded [{mark}]."
    answer = Writer(TellingChat(text)).write(prepared)
    shown = printed(answer)
    assert "Letter for open models (advocacy, favours openness, 2024-03-01)" in shown
    assert "┃ Restricted release" in shown or "┃ The release" in shown
    assert HEADING not in shown


def test_every_reason_is_told_in_words(prepared: Prepared, chat: TellingChat) -> None:
    answer = Writer(chat).write(prepared)
    assert answer.written is not None
    removed = tuple(Removed(sentence=f"[red]{code}", reason=code) for code in (*REASONS, "new"))
    shown = printed(replace(answer, written=replace(answer.written, removed=removed)), width=90)
    flat = " ".join(shown.split())
    for code, reason in REASONS.items():
        assert f"[red]{code} ({reason})" in flat
    assert "[red]new (new)" in flat
    assert set(answer_json(answer)) == set(answer_json(prepared.quoted))

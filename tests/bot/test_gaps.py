"""Questions without an answer are counted, from wherever they come."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main as bot
from knowledge.__main__ import main as knowledge
from knowledge.compose import open_answerer
from knowledge.gaps import CountingAnswerer
from knowledge.settings import KnowledgeSettings
from tests.bot.world import MakeBot, text_of, world_of
from tests.knowledge.index.publishing import publish_here

FAR = "Who baked the xylophone pancakes?"
NEAR = "recall of weights copies forever"


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_here(tmp_path, monkeypatch)
    monkeypatch.delenv("KEEP_GAP_QUESTIONS", raising=False)


@pytest.fixture
def answerer(tmp_path: Path) -> Iterator[CountingAnswerer]:
    opened = open_answerer(KnowledgeSettings(CAVEAT_DATA_DIR=tmp_path, _env_file=None))
    yield opened
    opened.close()


def counted(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """How many questions were without an answer, and those that were kept."""
    capsys.readouterr()
    assert knowledge(["gaps", "--json"]) == 0
    gaps = json.loads(capsys.readouterr().out)["gaps"]
    return sum(gap["count"] for gap in gaps), [each for gap in gaps for each in gap["questions"]]


def ask_in_the_terminal(folder: Path) -> None:
    """Asks once, and a file of three; two of the four stay without an answer."""
    asked = folder / "asked"
    asked.mkdir(exist_ok=True)
    questions = asked / "in.jsonl"
    lines = [{"id": number, "question": each} for number, each in enumerate((FAR, NEAR, " "))]
    questions.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert bot(["ask", FAR]) == 0
    assert bot(["ask", "--batch", str(questions), "--out", str(asked / "out.jsonl")]) == 0


def everything_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def test_discord_terminal_and_batch_count_and_store_no_word_of_the_question(
    make_bot: MakeBot,
    answerer: CountingAnswerer,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with world_of(make_bot(answerer)) as world:
        assert "does not answer" in text_of(await world.ask(FAR))
        await world.ask(NEAR)
    ask_in_the_terminal(tmp_path_factory.mktemp("elsewhere"))
    assert counted(capsys) == (3, [])
    held = everything_in(tmp_path)
    assert any(b"Topic 0" in each for each in held)
    assert not any(b"xylophone" in each or b"pancake" in each for each in held)


def test_questions_are_kept_where_that_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEEP_GAP_QUESTIONS", "yes")
    ask_in_the_terminal(tmp_path)
    assert counted(capsys) == (2, [FAR])


def test_the_index_alone_suffices_to_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in tmp_path.glob("library.db*"):
        path.unlink()
    assert bot(["ask", FAR, "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["outcome"] == "abstained"
    (line,) = captured.err.splitlines()
    assert "not counted: there is no library" in line
    assert "xylophone" not in line
    assert not (tmp_path / "library.db").exists()
    assert bot(["ask", NEAR, "--json"]) == 0
    assert capsys.readouterr().err == ""

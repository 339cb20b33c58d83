"""From the starter corpus to an answer on Discord, with real weights and a real index."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.__main__ import main as bot
from bot.client import CaveatBot, Services
from bot.cogs import STORIES
from bot.gate import Gate
from bot.state import open_state
from ingest.__main__ import main as ingest
from knowledge.compose import open_answerer
from knowledge.gaps import CountingAnswerer
from knowledge.settings import KnowledgeSettings
from tests.bot.world import MakeBot, World, settings_in, text_of, world_of

ALLOWED = "Does Llama's licence really let anyone do anything with it?"
ROOT = Path(__file__).parent.parent
PIZZA = "What is the best pizza in Naples?"


@pytest.fixture(scope="module")
def library(
    encoder_settings: KnowledgeSettings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A data folder with the starter corpus, ingested as a curator would."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "models").symlink_to(encoder_settings.data_dir.absolute() / "models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAVEAT_DATA_DIR", str(folder))
        patch.setenv("DEVICE", "cpu")
        assert ingest(["sync", "--quiet"]) == 0
        yield folder


@pytest.fixture
def answerer(library: Path) -> Iterator[CountingAnswerer]:
    opened = open_answerer(KnowledgeSettings(CAVEAT_DATA_DIR=library, _env_file=None))
    yield opened
    opened.close()


@asynccontextmanager
async def discord(answerer: CountingAnswerer, folder: Path) -> AsyncIterator[tuple[World, MakeBot]]:
    """A simulated Discord with the bot in it, and a way to start the bot again."""
    settings = settings_in(folder)
    state, gate = open_state(settings), Gate(answerer)

    def make() -> CaveatBot:
        return CaveatBot(Services.over(gate, state, settings), STORIES)

    async with world_of(make()) as world:
        yield world, make
    gate.close()
    state.close()


@pytest.mark.simcord(settle_timeout=30)
async def test_a_question_on_discord_gets_quotes_that_stand_in_the_briefs(
    answerer: CountingAnswerer, tmp_path: Path
) -> None:
    async with discord(answerer, tmp_path) as (world, _):
        shown = text_of(await world.ask(ALLOWED))
        assert "Degrees of openness, and what Llama's licence really allows" in shown
        assert "700 million monthly active users" in shown
        assert "https://github.com/meta-llama/llama-models" in shown


@pytest.mark.simcord(settle_timeout=30)
async def test_the_evidence_of_a_real_answer_shows_its_passages_after_a_restart(
    answerer: CountingAnswerer, tmp_path: Path
) -> None:
    async with discord(answerer, tmp_path) as (world, make):
        reply = await world.ask(ALLOWED)
        await world.env.restart_bot(make())
        result = await world.person.click(reply, label="Show evidence")
        assert result.response is not None
        assert result.response.ephemeral
        assert "separate licence from Meta" in text_of(result.response)


@pytest.mark.simcord(settle_timeout=30)
async def test_a_question_beside_the_subject_gets_the_nearest_sources(
    answerer: CountingAnswerer, tmp_path: Path
) -> None:
    async with discord(answerer, tmp_path) as (world, _):
        assert "My library does not answer this." in text_of(await world.ask(PIZZA))


@pytest.mark.usefixtures("library")
def test_every_quote_stands_in_its_passage_and_the_json_keeps_the_contract(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bot(["ask", ALLOWED, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == [
        "id",
        "question",
        "outcome",
        "mode",
        "text",
        "citations",
        "nearest",
        "notes",
        "timings_ms",
        "build",
    ]
    assert answer["outcome"] == "answered"
    for citation in answer["citations"]:
        assert citation["quote"] in citation["passage"]
        assert f"[{citation['number']}]" in answer["text"]
        assert citation["status"] == "final"


@pytest.mark.usefixtures("library")
def test_a_batch_answers_each_line_with_its_id(tmp_path: Path) -> None:
    asked, answered = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"id": 7, "question": ALLOWED}, {"id": "far", "question": PIZZA}]
    asked.write_text("\n".join(json.dumps(line) for line in lines))
    assert bot(["ask", "--batch", str(asked), "--out", str(answered)]) == 0
    found = [json.loads(line) for line in answered.read_text().splitlines()]
    assert [(each["id"], each["outcome"]) for each in found] == [
        (7, "answered"),
        ("far", "abstained"),
    ]


@pytest.mark.usefixtures("library")
def test_doctor_finds_the_library_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    bot(["doctor", "--json"])
    checks = {c["name"]: c["state"] for c in json.loads(capsys.readouterr().out)["checks"]}
    assert {checks["encoder"], checks["index"], checks["encoder and index"]} == {"ok"}


@pytest.mark.usefixtures("library")
def test_a_second_sync_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest(["sync", "--quiet", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["unchanged"]) == len(list((ROOT / "knowledge" / "corpus").glob("*.md")))
    assert report["embedded"] == 0
    assert ingest(["verify"]) == 0


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("bot", ["ask", ALLOWED, "--json"]),
        ("bot", ["doctor", "--json"]),
        ("ingest", ["add", "note.txt", "--json", "--quiet"]),
    ],
)
def test_with_an_exported_model_neither_bot_nor_ingest_imports_torch(
    library: Path, tmp_path: Path, module: str, arguments: list[str]
) -> None:
    (tmp_path / "note.txt").write_text("Open weights can be copied. Copies cannot be recalled.")
    (tmp_path / "data").mkdir()
    for name in ("index", "models"):
        (tmp_path / "data" / name).symlink_to(library / name)
    if module == "ingest":
        (tmp_path / "data" / "index").unlink()  # a library of its own
    script = (
        "import sys\n"
        f"from {module}.__main__ import main\n"
        f"main({arguments!r})\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    environment = {**os.environ, "CAVEAT_DATA_DIR": "data", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr

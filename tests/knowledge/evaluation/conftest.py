"""The command with an encoder that needs no weights and a data folder of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.__main__ import main
from knowledge.settings import KnowledgeSettings
from tests.fakes import WordEncoder

Evaluate = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, words: WordEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_encoder(_settings: KnowledgeSettings) -> WordEncoder:
        return words

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    for module in ("knowledge.compose", "knowledge.evaluation.throwaway"):
        monkeypatch.setattr(f"{module}.open_encoder", open_encoder)


@pytest.fixture
def evaluate(capsys: pytest.CaptureFixture[str]) -> Evaluate:
    """Runs `eval` with `--json` and gives the one object that it prints."""

    def run(*arguments: str | Path) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["eval", *map(str, arguments), "--json"]) == 0
        result: dict[str, Any] = json.loads(capsys.readouterr().out)
        return result

    return run

"""Commands are named so that they work when they are pasted."""

import shutil
import sys
from pathlib import Path

import pytest

from knowledge.invoking import runnable

HINT = "Run `python -m ingest sync`, then python -m bot run."


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python in a folder of its own, which no shell finds by its name."""
    place = tmp_path / "own venv" / "bin" / "python"
    monkeypatch.setattr(sys, "executable", str(place))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    return place


def test_a_python_below_the_working_directory_is_named_from_there(
    python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(python.parents[2])
    assert runnable(HINT) == (
        "Run `'own venv/bin/python' -m ingest sync`, then 'own venv/bin/python' -m bot run."
    )


def test_a_python_elsewhere_is_named_by_its_path(
    python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/caveat/bin/python")
    monkeypatch.chdir(python.parents[2])
    assert runnable(HINT).startswith("Run `/opt/caveat/bin/python -m ingest sync`")


def test_a_python_that_a_shell_finds_needs_no_path(
    python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: str(python))
    assert runnable(HINT) == HINT


@pytest.mark.usefixtures("python")
@pytest.mark.parametrize("text", ["No command.", ".venv/bin/python -m bot run", "python -m http"])
def test_nothing_else_is_touched(text: str) -> None:
    assert runnable(text) == text

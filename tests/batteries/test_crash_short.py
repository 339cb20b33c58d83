import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batteries.world import what_is_wrong

ROOT = Path(__file__).parents[2]


def battery(folder: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-m", "tests.batteries.crash", *arguments],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        cwd=ROOT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_a_few_kills_lose_double_and_halve_nothing(tmp_path: Path) -> None:
    table = battery(tmp_path, "--runs", "8", "--real-runs", "0", "--seed", "5")
    assert "| kills | 8 |" in table
    assert "| violations | 0 |" in table


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_hundred_kills_lose_double_and_halve_nothing(tmp_path: Path) -> None:
    assert "| violations | 0 |" in battery(tmp_path, "--runs", "200", "--seed", "1")


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        (["doc1ver1par1of2", "doc1ver1par2of2"], []),
        (["doc1ver1par1of2"], ["a lacks paragraphs [2] of 2"]),
        (["doc1ver1par1of1", "doc1ver1par1of1"], ["a has paragraphs [1] twice"]),
        (
            ["doc1ver1par1of2 doc1ver2par2of2"],
            ["a mixes [('1', '1', '2'), ('1', '2', '2')]"],
        ),
        (["no stamp"], ["a mixes nothing"]),
    ],
)
def test_half_a_document_is_told_from_a_whole_one(texts: list[str], wrong: list[str]) -> None:
    assert list(what_is_wrong({"a": texts})) == wrong

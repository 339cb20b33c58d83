import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("killing.py")


@pytest.mark.parametrize(
    "share", [pytest.param(0.04, id="short"), pytest.param(1, id="all", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("command", ["add", "retract"])
@pytest.mark.timeout(1800)
def test_a_killed_ingest_loses_and_doubles_nothing(
    tmp_path: Path, share: float, command: str
) -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, str(PROGRAM), str(tmp_path), str(share), command],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        text=True,
        check=True,
    )
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(kills) > 2
    for kill in kills:
        assert kill["killed"], kill
        assert kill["reader_whole"], kill
        assert kill["mended"], kill
        assert kill["verified"], kill

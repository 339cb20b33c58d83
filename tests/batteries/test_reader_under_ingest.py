import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_reader_answers_from_whole_builds_while_ten_ingests_go_on(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-m", "tests.batteries.under_ingest", str(tmp_path), "7"],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        cwd=ROOT,
        text=True,
        check=True,
    )
    seen = json.loads(done.stdout)
    builds = {build: set(chunks) for build, chunks in seen["builds"].items()}
    assert set(seen["codes"]) == {0}
    assert len(builds) == len(seen["codes"]) == 11
    assert seen["reader"] == 0
    assert seen["unseen"] == [], "each new build is answered from without a restart"
    answers = seen["answers"]
    assert [answer for answer in answers if "error" in answer] == []
    assert len({answer["process"] for answer in answers}) == 1
    assert len(answers) > 50
    for answer in answers:
        assert set(answer["cited"]) <= builds[answer["build"]]
    assert any(answer["cited"] for answer in answers)
    # what was cited early on has changed since: an old build's chunks are not all in the new one
    first, *_, last = builds.values()
    assert first - last
    assert last - first

"""`make audit` fails on what is known to be vulnerable, and says so when nothing could be known."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.advisories import Releases, release, serving

SCRIPT = Path(__file__).parents[1] / ".ci" / "audit.py"
NOT_AUDITED = 3
WITNESS = {"name": "django", "version": "1.2", "vulns": [{"id": "PYSEC-0"}]}
FOUND = {
    "name": "parser",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}],
}
SOUND = {"name": "sound", "version": "2.0", "vulns": []}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}
Verdict = Callable[[list[dict[str, Any]], dict[str, str]], tuple[int, list[str]]]


@pytest.fixture
def verdict() -> Verdict:
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found: Verdict = script.verdict
    return found


def audit(folder: Path, pins: str, environment: dict[str, str]) -> tuple[int, str]:
    """How the audit of these pins ends, and what it says."""
    file = folder / "pins.txt"
    file.write_text(pins, "utf-8")
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, str(SCRIPT), str(file)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_vulnerability_that_nobody_accepted_fails_the_audit(verdict: Verdict) -> None:
    code, lines = verdict([FOUND, SOUND, WITNESS], {"CVE-2": "another"})
    assert code == 1
    assert lines[0] == "parser 1.0: PYSEC-1 (mended in 1.1)"
    assert verdict([FOUND], {})[0] == 1  # also where the index does not know every vulnerability


def test_an_accepted_vulnerability_is_told_with_its_reason(verdict: Verdict) -> None:
    code, lines = verdict([FOUND, UNKNOWN, WITNESS], {"CVE-1": "it parses our own files"})
    assert code == 0
    assert "it parses our own files" in lines[0]
    assert lines[1:] == [
        "1 packages audited, 1 could not be looked up",
        "not looked up: unknown",
    ]


@pytest.mark.parametrize("told", [[UNKNOWN], [SOUND], [UNKNOWN, WITNESS], []])
def test_where_nothing_is_known_of_vulnerabilities_nothing_counts_as_audited(
    verdict: Verdict, told: list[dict[str, Any]]
) -> None:
    code, (line,) = verdict(told, {})
    assert code == NOT_AUDITED
    assert line.startswith("not audited: no network")


BAD = {"django/1.2": release("PYSEC-0")}


@pytest.mark.parametrize(
    ("releases", "code", "said"),
    [
        pytest.param(
            {**BAD, "parser/1.0": release("PYSEC-1"), "sound/2.0": release()},
            1,
            "parser 1.0: PYSEC-1 (mended in 9.9)",
            id="vulnerable",
        ),
        pytest.param(
            {**BAD, "parser/1.0": release(), "sound/2.0": release()},
            0,
            "2 packages audited, 0 could not be looked up",
            id="sound",
        ),
        pytest.param({}, NOT_AUDITED, "not audited: ", id="an index that knows no package"),
        pytest.param(
            {name: {"info": {}} for name in ("django/1.2", "parser/1.0", "sound/2.0")},
            NOT_AUDITED,
            "not audited: ",
            id="an index without a word on vulnerabilities",
        ),
    ],
)
def test_the_program_ends_as_the_index_tells(
    tmp_path: Path, releases: Releases, code: int, said: str
) -> None:
    with serving(releases, tmp_path) as index:
        ended, told = audit(tmp_path, "parser==1.0\nsound==2.0\n", dict(index.environment))
    assert said in told
    assert ended == code


def test_without_a_network_the_audit_says_that_it_did_not_audit(tmp_path: Path) -> None:
    nowhere = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), "http://127.0.0.1:9")
    ended, told = audit(tmp_path, "parser==1.0\n", {**nowhere, "NO_PROXY": "", "no_proxy": ""})
    assert told.startswith("not audited: ")
    assert ended == NOT_AUDITED

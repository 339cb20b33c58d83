"""What `make audit` makes of pip-audit's report."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "audit.py"
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


def test_a_vulnerability_that_nobody_accepted_fails_the_audit(verdict: Verdict) -> None:
    code, lines = verdict([FOUND, SOUND], {"CVE-2": "another"})
    assert code == 1
    assert lines[0] == "parser 1.0: PYSEC-1 (mended in 1.1)"


def test_an_accepted_vulnerability_is_told_with_its_reason(verdict: Verdict) -> None:
    code, lines = verdict([FOUND, UNKNOWN], {"CVE-1": "it parses our own files"})
    assert code == 0
    assert "it parses our own files" in lines[0]
    assert lines[-1] == "1 packages audited, 1 could not be looked up"


def test_without_a_network_the_audit_says_that_it_did_not_audit(verdict: Verdict) -> None:
    code, (line,) = verdict([UNKNOWN], {})
    assert code == 0
    assert line.startswith("not audited: no network")

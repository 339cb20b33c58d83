# ruff: noqa: INP001 - a program, no module
"""Holds the pinned dependencies against the list of known vulnerabilities: `make audit`.

Fails on findings that `.ci/audit-accepted.toml` does not name with a reason. Where that list cannot
be had, because there is no network or the package index tells nothing of vulnerabilities, it says
"not audited" and ends with a code of its own. Whether the index tells of them is known by a release
that was never used here, whose vulnerabilities everybody knows.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ACCEPTED = ROOT / ".ci" / "audit-accepted.toml"
PINS = ROOT / "constraints.txt"
KNOWN_BAD = ("django", "1.2")
SECONDS = 300
SOUND, FOUND, NOT_AUDITED = 0, 1, 3


def main() -> int:
    """`SOUND` or `FOUND`, or `NOT_AUDITED` when nothing could be looked up.

    A file of pins other than the project's may be named.
    """
    accepted: dict[str, str] = tomllib.loads(ACCEPTED.read_text("utf-8"))["accepted"]
    pins = Path(sys.argv[1]) if len(sys.argv) > 1 else PINS
    told, why = _report(pins.read_text("utf-8"))
    code, lines = verdict(told, accepted) if told is not None else (NOT_AUDITED, [why])
    print("\n".join(lines))  # noqa: T201 - its result
    return code


def verdict(told: list[dict[str, Any]], accepted: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code and what to say of the dependencies that pip-audit tells of."""
    known = any(each.get("vulns") for each in told if _is_known_bad(each))
    ours = [each for each in told if not _is_known_bad(each)]
    looked_up = [each for each in ours if "skip_reason" not in each]
    lines, code = [], SOUND
    for each in looked_up:
        for found in each["vulns"]:
            names = {found["id"], *found.get("aliases", ())}
            reason = next((accepted[name] for name in sorted(names) if name in accepted), None)
            fixed = ", ".join(found.get("fix_versions", ())) or "no version yet"
            lines.append(
                f"{each['name']} {each['version']}: {found['id']} (mended in {fixed})"
                + (f"; accepted: {reason}" if reason else "")
            )
            code = code if reason else FOUND
    if not (known and looked_up) and code == SOUND:
        why = "not audited: no network, or a package index that tells no vulnerabilities"
        return NOT_AUDITED, [*lines, why]
    left_out = [each["name"] for each in ours if "skip_reason" in each]
    lines.append(f"{len(looked_up)} packages audited, {len(left_out)} could not be looked up")
    if left_out:
        lines.append(f"not looked up: {', '.join(sorted(left_out))}")
    return code, lines


def _is_known_bad(each: dict[str, Any]) -> bool:
    # what could not be looked up has no version
    return each["name"] == KNOWN_BAD[0] and each.get("version", KNOWN_BAD[1]) == KNOWN_BAD[1]


def _report(pins: str) -> tuple[list[dict[str, Any]] | None, str]:
    """What pip-audit tells, or None and why it tells nothing."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pins.txt"
        listed.write_text(f"{pins}\n{'=='.join(KNOWN_BAD)}\n", "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed)]
        command += ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        command += ["--cache-dir", str(Path(folder) / "cache")]  # what is known today counts
        try:
            done = subprocess.run(  # noqa: S603 - fixed words, no shell
                command, capture_output=True, text=True, timeout=SECONDS, check=False
            )
            return json.loads(done.stdout)["dependencies"], ""
        except subprocess.TimeoutExpired:
            return None, f"not audited: no answer within {SECONDS} seconds"
        except (ValueError, LookupError, TypeError):
            # a network that fails ends pip-audit without a report
            why = "no network, or pip-audit is not installed (`make setup`, then `make test`)"
            return None, f"not audited: {why}"


if __name__ == "__main__":
    sys.exit(main())

# ruff: noqa: INP001 - a program, no module
"""Holds the pinned dependencies against the list of known vulnerabilities: `make audit`.

Fails on findings that `.ci/audit-accepted.toml` does not name with a reason. Without a network, or
where the package index tells nothing of vulnerabilities, it says so and does not fail.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ACCEPTED = ROOT / ".ci" / "audit-accepted.toml"
SECONDS = 300


def main() -> int:
    """0 when nothing was found or nothing could be looked up, 1 for a finding."""
    accepted: dict[str, str] = tomllib.loads(ACCEPTED.read_text("utf-8"))["accepted"]
    told, why = _report()
    if told is None:
        print(f"not audited: {why}")  # noqa: T201 - its result
        return 0
    code, lines = verdict(told, accepted)
    print("\n".join(lines))  # noqa: T201 - its result
    return code


def verdict(told: list[dict[str, Any]], accepted: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code and what to say of the dependencies that pip-audit tells of."""
    looked_up = [each for each in told if "skip_reason" not in each]
    if not looked_up:
        return 0, ["not audited: no network, or a package index that tells no vulnerabilities"]
    lines, code = [], 0
    for each in looked_up:
        for found in each["vulns"]:
            names = {found["id"], *found.get("aliases", ())}
            reason = next((accepted[name] for name in sorted(names) if name in accepted), None)
            fixed = ", ".join(found.get("fix_versions", ())) or "no version yet"
            lines.append(
                f"{each['name']} {each['version']}: {found['id']} (mended in {fixed})"
                + (f"; accepted: {reason}" if reason else "")
            )
            code = code if reason else 1
    left_out = len(told) - len(looked_up)
    lines.append(f"{len(looked_up)} packages audited, {left_out} could not be looked up")
    return code, lines


def _report() -> tuple[list[dict[str, Any]] | None, str]:
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "constraints.txt")]
    command += ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        return json.loads(done.stdout)["dependencies"], ""
    except subprocess.TimeoutExpired:
        return None, f"no answer within {SECONDS} seconds"
    except (ValueError, LookupError, TypeError):
        # a network that fails ends pip-audit without a report
        return None, "no network, or pip-audit is not installed (`make setup`, then `make test`)"


if __name__ == "__main__":
    sys.exit(main())

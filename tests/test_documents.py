"""The documents at the top say what is there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import BotSettings
from ingest.settings import IngestSettings
from knowledge.settings import KnowledgeSettings

ROOT = Path(__file__).parent.parent
COMMAND = re.compile(r"^\.venv/bin/python -m (\w+) ([\w-]+)(.*)$", re.MULTILINE)
MAKE = re.compile(r"^make ([\w-]+)", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def fenced(text: str) -> str:
    return "\n".join(re.findall(r"```\w*\n(.*?)```", text, re.DOTALL))


def help_of(*command: str) -> str:
    run = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", *command, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return run.stdout


def test_every_setting_is_in_the_example_file_and_no_other() -> None:
    aliases = {
        str(field.validation_alias)
        for kind in (KnowledgeSettings, BotSettings, IngestSettings)
        for field in kind.model_fields.values()
    }
    written = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert written == aliases


@pytest.mark.parametrize(
    ("module", "command", "rest"), sorted(set(COMMAND.findall(fenced(read("README.md")))))
)
def test_commands_in_the_readme_exist_with_their_options(
    module: str, command: str, rest: str
) -> None:
    shown = help_of(module, command)
    for word in shlex.split(rest):
        if word.startswith("-"):
            assert re.search(rf"(?<!\w){re.escape(word)}\b", shown), word


@pytest.mark.parametrize("module", ["bot", "ingest", "knowledge"])
def test_the_command_list_in_the_architecture_is_complete(module: str) -> None:
    listed = re.search(r"\{([\w,-]+)\}|^  COMMAND$", help_of(module), re.MULTILINE)
    commands = set(re.findall(r"^    ([a-z][\w-]+) ", help_of(module), re.MULTILINE))
    assert commands or listed
    architecture = read("ARCHITECTURE.md")
    missing = [
        command
        for command in commands
        if not re.search(rf"(python -m {module} |\| ){re.escape(command)}\b", architecture)
    ]
    assert not missing


def test_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE))
    named = set(MAKE.findall(fenced(read("README.md"))))
    listed = re.search(r"^make ([\w| =\".]+)$", fenced(read("ARCHITECTURE.md")), re.MULTILINE)
    assert listed
    named |= set(re.findall(r"(?:^|\| )([a-z]+)", listed[1]))
    assert named <= targets


def test_the_architecture_page_stays_a_page() -> None:
    assert len(read("ARCHITECTURE.md").splitlines()) <= 100


def test_constraints_are_plain_versions() -> None:
    for line in read("constraints.txt").splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line), line


def test_every_test_that_the_security_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", read("docs/security.md")))
    sources = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = {
        name
        for text in sources
        for name in re.findall(r"^(?:async )?def (test_\w+)", text, re.MULTILINE)
    }
    assert named
    assert not named - there


def test_every_threat_on_the_security_page_has_a_measure_and_a_test() -> None:
    table = read("docs/security.md").split("## Threats")[1].split("##")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert rows
    for row in rows:
        threat, measure, tests = (cell.strip() for cell in row.strip("|").split("|"))
        assert threat
        assert measure
        assert "`test_" in tests, threat

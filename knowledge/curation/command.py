"""`python -m knowledge lint-corpus`."""

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from knowledge.curation.balance import print_briefs
from knowledge.curation.lint import CORPUS, lint
from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings

FILE_WIDTH = 160  # characters; a file has no width of its own

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name


def add_lint_parser(commands: "Commands") -> None:
    """Adds `lint-corpus` to the commands of a parser."""
    parser = commands.add_parser("lint-corpus", help="show what is wrong in the starter corpus")
    parser.add_argument(
        "folder", nargs="?", type=Path, default=CORPUS, metavar="DIR", help="another folder"
    )
    parser.add_argument(
        "--today", type=_day, metavar="DATE", help="for reviews that are due (today)"
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--table", action="store_true", help="also show the briefs in a table")
    shape.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(run=lint_corpus)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write a day such as 2026-07-12") from error


def lint_corpus(options: argparse.Namespace, _settings: KnowledgeSettings) -> int:
    """Shows what is wrong in the corpus; 1 when something is.

    Raises:
        SettingsError: when there is no such folder.
    """
    if not options.folder.is_dir():
        raise SettingsError(f"{options.folder} is no folder. Name the one that holds the briefs.")
    today = options.today or date.today()  # noqa: DTZ011 - a day of the curator's calendar
    checked = lint(options.folder, today=today)
    if options.json:
        record = {
            "ok": not checked.problems,
            "briefs": len(checked.briefs),
            "problems": [asdict(problem) for problem in checked.problems],
        }
        print(json.dumps(record))  # noqa: T201 - its result
        return 1 if checked.problems else 0
    if options.table:
        console = Console()
        wide = console.width if console.is_terminal else FILE_WIDTH
        print_briefs(Console(width=wide), checked.briefs)
    for problem in checked.problems:
        print(f"{problem.file}:{problem.line}: {problem.problem}")  # noqa: T201 - its result
    if not checked.problems:
        count = len(checked.briefs)
        noun = "brief" if count == 1 else "briefs"
        print(f"Nothing is wrong in the corpus; it holds {count} {noun}.")  # noqa: T201
    return 1 if checked.problems else 0

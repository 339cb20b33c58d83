"""Runs the commands that evaluations need, and makes the index of the starter corpus."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.compose import open_searcher
from knowledge.errors import CaveatError
from knowledge.evaluation.throwaway import evaluation_dir, share_models
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings

ROOT = Path(__file__).parents[2]


class CommandFailedError(CaveatError):
    """A command ended with an error, which it told itself."""


def run(data_dir: Path, module: str, *arguments: str | Path) -> dict[str, Any]:
    """The JSON object that a command prints; its progress goes to standard error.

    Raises:
        CommandFailedError: when it prints none.
    """
    command = [sys.executable, "-m", module, *map(str, arguments), "--json"]
    done = subprocess.run(  # noqa: S603 - our own modules, no shell
        command,
        cwd=ROOT,
        env=os.environ | {"CAVEAT_DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    try:
        result: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise CommandFailedError(
            f"`python -m {module} {' '.join(map(str, arguments))}` ended with "
            f"{done.returncode}; what it said is above."
        ) from error
    return result


def index_starter(settings: KnowledgeSettings) -> Path:
    """The data folder with an index of the starter corpus and nothing else, brought up to date."""
    starter = evaluation_dir(settings).absolute() / "starter"
    share_models(settings.data_dir.absolute(), starter)
    run(starter, "ingest", "sync", "--prune")
    return starter


@contextmanager
def starter_searcher(settings: KnowledgeSettings) -> Iterator[Searcher]:
    """Something that searches in the starter corpus, while the context is open."""
    searcher = open_searcher(settings.model_copy(update={"data_dir": index_starter(settings)}))
    try:
        yield searcher
    finally:
        searcher.close()

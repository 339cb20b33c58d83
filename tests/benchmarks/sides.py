"""The two pipelines under comparison, each as processes of its own."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

ROOT = Path(__file__).parents[2]
PIPELINE = "tests.benchmarks.naive_pipeline"
MODELS = ROOT / ".cache" / "test-models" / "models"
POLL_SECONDS = 0.02
MOST_OUTPUT = 1_000_000
Until = Callable[[str], bool]

REASON = 60  # characters of an error that are shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a process left.

    Attributes:
        code: its exit code.
        record: its last line of JSON.
        error: its last line on standard error.
        seconds: that it took.
        processor: seconds of processor time.
    """

    code: int
    record: Mapping[str, Any]
    error: str
    seconds: float
    processor: float


def outcome_of(
    command: list[str], environment: Mapping[str, str], until: Until | None = None
) -> Outcome:
    """Runs a command to its end, or kills it as soon as `until` holds of its output."""
    begun, used = time.monotonic(), _processor()
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen(  # noqa: S603 - our own programs
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        if until is not None:
            while process.poll() is None and not until(_read(output)):
                time.sleep(POLL_SECONDS)
            process.send_signal(signal.SIGKILL)
        _, errors = process.communicate()
        out = _read(output)
    lines = [line for line in out.splitlines() if line.startswith("{")]
    return Outcome(
        code=process.returncode,
        record=json.loads(lines[-1]) if lines else {},
        error=(errors.strip().splitlines() or [""])[-1][:REASON],
        seconds=time.monotonic() - begun,
        processor=_processor() - used,
    )


@dataclass(kw_only=True, slots=True)
class Naive:
    """The pipeline of tutorials.

    Attributes:
        python: of the venv with `requirements-naive.txt`.
        model: folder of all-MiniLM-L6-v2.
        store: where it keeps its vectors.
    """

    python: Path
    model: Path
    store: Path

    def command(self, *rest: str) -> list[str]:
        """The command line."""
        return [str(self.python), "-m", PIPELINE, str(self.model), str(self.store), *rest]

    @property
    def environment(self) -> dict[str, str]:
        """No model hub is asked."""
        return {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": ""}

    def ingest(self, folder: Path, how: str = "whole", until: Until | None = None) -> Outcome:
        """Takes in a folder, "whole" or "each" document by itself."""
        return outcome_of(self.command(how, str(folder)), self.environment, until)

    def stored(self) -> int:
        """How many chunks lie in the store, asked without the pipeline."""
        path = self.store / "chroma.sqlite3"
        return _count(path, "SELECT count(*) FROM embeddings")

    def ask(self, question: str) -> list[str]:
        """The nearest chunks, from a process that opens the store for this question."""
        with self.reader() as reader:
            return list(reader.ask(question)["texts"])

    def reader(self) -> "NaiveReader":
        """A process that keeps the store open."""
        return NaiveReader(self)


class NaiveReader:
    """Keeps the store open and answers."""

    def __init__(self, side: Naive) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            side.command("read"),
            cwd=ROOT,
            env={**os.environ, **side.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._next()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()

    def ask(self, question: str) -> dict[str, Any]:
        """The count that it sees and the nearest chunks."""
        assert self._process.stdin
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        return self._next()

    def _next(self) -> dict[str, Any]:
        assert self._process.stdout
        return dict(json.loads(self._process.stdout.readline()))


@dataclass(kw_only=True, slots=True)
class Caveat:
    """`python -m ingest` with the encoder that comes with it."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        if MODELS.is_dir() and not (self.data / "models").exists():
            (self.data / "models").symlink_to(MODELS)
        self.environment = {"CAVEAT_DATA_DIR": str(self.data), "ENCODER": "", "DEVICE": "cpu"}

    def ingest(self, folder: Path, until: Until | None = None) -> Outcome:
        """Takes in a folder."""
        return self.run("add", str(folder), "--quiet", until=until)

    def run(self, *arguments: str, until: Until | None = None) -> Outcome:
        """Runs an ingest command."""
        command = [sys.executable, "-m", "ingest", *arguments, "--json"]
        return outcome_of(command, self.environment, until)

    def vectors(self) -> int:
        """How many vectors lie in the library."""
        return _count(self.data / "library.db", "SELECT count(*) FROM vectors")


def _read(output: IO[str]) -> str:
    return os.pread(output.fileno(), MOST_OUTPUT, 0).decode()


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _count(path: Path, statement: str) -> int:
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return int(database.execute(statement).fetchone()[0])
    except sqlite3.Error:  # its tables are not there yet
        return 0

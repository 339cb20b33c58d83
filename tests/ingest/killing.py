"""Kills ingests at every kind of instruction and looks at what is left; a program of its own.

`python killing.py FOLDER SHARE add` makes a library of a few documents, changes them, and ingests
them again and again, each time killed (SIGKILL) at another step; with `retract` in place of `add`
it retracts one of them instead. A step is a statement on the library's
database, a file that is opened, renamed or removed in the data folder, or a batch that is embedded.
SHARE of all steps are tried, evenly spread. Everything runs in forks of this process, so that the
libraries are imported once. Prints a line of JSON for each kill.
"""

import contextlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

import ingest.commands
import ingest.shelf
from ingest.__main__ import main
from knowledge.encoders.encoder import Vectors
from knowledge.index import open_snapshot
from tests.fakes import WordEncoder, WordRuntime

FILE_EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect")


class Countdown:
    """Kills this process at the n-th step, or counts the steps."""

    def __init__(self, data: Path, kill_at: int | None) -> None:
        self.steps = 0
        self._data = str(data)
        self._kill_at = kill_at

    def step(self, *_arguments: object, **_more: object) -> None:
        self.steps += 1
        if self.steps == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name in FILE_EVENTS and self._data in str(arguments[0]):
            self.step()

    def watch(self) -> None:
        event.listen(Engine, "before_cursor_execute", self.step)
        event.listen(Engine, "commit", self.step)
        sys.addaudithook(self.audit)


class SteppingRuntime(WordRuntime):
    """Tells a countdown of each batch."""

    def __init__(self, step: Callable[[], None]) -> None:
        super().__init__()
        self._step = step

    def encode(self, texts: Sequence[str]) -> Vectors:
        self._step()
        return super().encode(texts)


def apart(action: Callable[[], object]) -> tuple[int, Any]:
    """Exit status and result of an action in a fork of this process."""
    reading, writing = os.pipe()
    if (process := os.fork()) == 0:
        os.close(reading)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = json.dumps(action())
        os.write(writing, result.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    _, status = os.waitpid(process, 0)
    return status, json.loads(text) if text else None


def command(*arguments: str) -> dict[str, Any]:
    """The JSON of a command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main([*arguments, "--json"])
    return {"code": code, **json.loads(out.getvalue() or "{}")}


def take_in(arguments: Sequence[str], data: Path, kill_at: int | None = None) -> int:
    """How many steps an ingest with these arguments takes, when it lives."""
    countdown = Countdown(data, kill_at)
    encoder = WordEncoder(runtime=SteppingRuntime(countdown.step))
    setattr(ingest.commands, "open_encoder", lambda _settings: encoder)  # noqa: B010 - for mypy
    ingest.shelf.VECTORS_AT_ONCE = 4
    os.environ["CAVEAT_DATA_DIR"] = str(data)
    countdown.watch()
    command(*arguments)
    return countdown.steps


def served(data: Path) -> list[str]:
    """The texts in service, sorted."""
    snapshot = open_snapshot(data)
    vector = WordEncoder().encode_queries(["weights"])[0]
    ids = [chunk for chunk, _ in snapshot.nearest(vector, 10_000)]
    texts = sorted(chunk.text for chunk in snapshot.chunks(ids).values())
    words = snapshot.matching("duty", 10_000)
    snapshot.close()
    return texts if len(words) == len(ids) == len(texts) else ["inconsistent"]


def look(data: Path) -> dict[str, Any]:
    """What library and index say of themselves."""
    os.environ["CAVEAT_DATA_DIR"] = str(data)
    return {
        "verified": command("verify"),
        "sources": sorted(
            [source["title"], *map(os.path.basename, source["sources"])]
            for source in command("list")["sources"]
        ),
        "served": served(data),
        "retracted": [
            [retraction["source_id"], retraction["why"]]
            for retraction in command("status")["retractions"]
        ],
        "told": told(data),
    }


def told(data: Path) -> list[list[str]]:
    """What the build in service tells of its past, times left out."""
    snapshot = open_snapshot(data)
    chronicle = snapshot.chronicle()
    snapshot.close()
    return [[change.what, change.title] for change in chronicle.changes]


def write(docs: Path, versions: dict[str, str]) -> None:
    for name, text in versions.items():
        lines = [f"{text}, line {line}, about the duty of the provider." for line in range(50)]
        (docs / name).write_text(f"# {name}\n\n" + "\n\n".join(lines), "utf-8")


def ids_in(data: Path) -> list[str]:
    os.environ["CAVEAT_DATA_DIR"] = str(data)
    return [source["source_id"] for source in command("list")["sources"]]


def prepare(folder: Path, name: str) -> list[str]:
    """Makes the library `base`; the arguments of the ingest to be killed."""
    docs, base = folder / "docs", folder / "base"
    docs.mkdir()
    write(docs, {"same.md": "It stays", "change.md": "It is old", "copy.md": "It is old"})
    apart(lambda: take_in(["add", str(docs)], base))
    if name == "retract":
        _, ids = apart(lambda: ids_in(base))
        return ["retract", ids[0], "--why", "It was withdrawn."]
    write(docs, {"change.md": "It is new", "more.md": "It is more"})
    return ["add", str(docs)]


def run(folder: Path, share: float, name: str) -> None:
    base = folder / "base"
    arguments = prepare(folder, name)
    _, old = apart(lambda: served(base))
    goal = folder / "goal"
    shutil.copytree(base, goal)
    _, steps = apart(lambda: take_in(arguments, goal))
    _, expected = apart(lambda: look(goal))
    tries = max(1, round(steps * share))
    for number in range(tries):
        kill_at = 1 + number * steps // tries
        data = folder / "data"
        shutil.copytree(base, data)
        status, _ = apart(lambda at=kill_at, data=data: take_in(arguments, data, at))  # type: ignore[misc]
        _, reader = apart(lambda data=data: served(data))  # type: ignore[misc]
        apart(lambda data=data: take_in(arguments, data))  # type: ignore[misc]
        _, after = apart(lambda data=data: look(data))  # type: ignore[misc]
        record = {
            "step": kill_at,
            "of": steps,
            "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
            "reader_whole": reader in (old, expected["served"]),
            "mended": after == expected,
            "verified": bool(after and after["verified"].get("ok")),
        }
        if not (record["reader_whole"] and record["mended"] and record["verified"]):
            record |= {"after": after, "expected": expected}
        sys.stdout.write(json.dumps(record) + "\n")
        sys.stdout.flush()
        shutil.rmtree(data)


if __name__ == "__main__":
    run(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3])

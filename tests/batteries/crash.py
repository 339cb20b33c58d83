"""Kills ingests at random instants while a reader looks on, and counts what is lost.

    .venv/bin/python -m tests.batteries.crash --runs 200 --seed 1

Each run changes some documents, starts an ingest of them, kills it (SIGKILL), asks `verify`, runs
the ingest again and holds the library against the files. Half of the kills come at a random instant
of the time that an ingest takes, the others shortly after a stage was entered. Prints a table;
exit code 1 when anything was violated.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from knowledge.index import current_build
from knowledge.settings import KnowledgeSettings
from tests.batteries.checks import after_kill, after_rerun
from tests.batteries.launcher import run_ingest
from tests.batteries.processes import end, forked, has_ended, wait_for
from tests.batteries.stages import STAGES, StageFile
from tests.batteries.tally import Tally
from tests.batteries.watcher import read_sightings, stop_watching, watch_index
from tests.batteries.website import website
from tests.batteries.world import World
from tests.fakes import WordEncoder

ROOT = Path(__file__).parents[2]
MODELS = ROOT / ".cache" / "test-models" / "models"  # exported by the tests: that takes 20 s
TARGETED = 0.5  # of all kills
AFTER_STAGE_SECONDS = (0.001, 0.02)  # at most, from the beginning of a stage to the kill
AGAIN = 0.25  # of all killed runs are followed by another one that is killed
POLL_SECONDS = 0.0002
FIRST_DOCUMENTS = 12


@dataclass(kw_only=True, slots=True)
class Battery:
    """Some documents, their ingest, and what became of it.

    Attributes:
        start: starts an ingest and gives its process.
        usual: seconds that an ingest took of late.
    """

    folder: Path
    world: World
    chance: random.Random
    start: Callable[[], int]
    tally: Tally
    usual: float = 1.0
    _stages: StageFile = field(init=False)

    def __post_init__(self) -> None:
        self._stages = StageFile(self.folder / "stage")

    def run(self, kills: int) -> None:
        """Goes on until so many ingests were killed."""
        self.world.change(FIRST_DOCUMENTS)
        while self.tally.kills < kills:
            if self._kill_one():
                self._check_kill()
                if self.tally.kills < kills and self.chance.random() < AGAIN:
                    self.world.change(self.chance.randint(0, 2))
                    continue
                self.world.change(self.chance.randint(0, 1))
            self._run_again()
            self.world.change(self.chance.randint(1, 4))
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{self.tally.kills} of {kills} ")

    def _kill_one(self) -> bool:
        """Starts an ingest and kills it; whether it was still running."""
        target = self.chance.choice(STAGES) if self.chance.random() < TARGETED else None
        self._stages.enter("start")
        begun = time.monotonic()
        process = self.start()
        if target is None:
            time.sleep(self.chance.uniform(0, self.usual))
        else:
            while self._stages.stage() != target and not has_ended(process):
                time.sleep(POLL_SECONDS)
            time.sleep(self.chance.uniform(0, self.chance.choice(AFTER_STAGE_SECONDS)))
        stage = self._stages.stage()
        code = end(process)
        if code == -signal.SIGKILL:
            self.tally.killed(stage, targeted=target is not None)
            return True
        self.tally.finished_first += 1
        if code != 0:
            self.tally.violate(self._said(f"an ingest that was not killed ended with {code}"))
        else:
            self.usual = time.monotonic() - begun
        return False

    def _check_kill(self) -> None:
        check = partial(after_kill, self.folder / "checked")
        self.tally.left.update(self._ask(check).get("left", {}))

    def _run_again(self) -> None:
        begun, before = time.monotonic(), current_build(self.folder / "data")
        code = wait_for(self.start())
        if code != 0:
            self.tally.violate(self._said(f"the re-run ended with {code}"))
            return
        self.usual = time.monotonic() - begun
        self.tally.reruns += 1
        data = self.folder / "data"
        check = partial(after_rerun, self.folder / "checked", self.world, data, before)
        self.tally.left.update(self._ask(check).get("left", {}))

    def _ask(self, check: Callable[[], int]) -> dict[str, dict[str, int]]:
        report = self.folder / "checked"
        report.unlink(missing_ok=True)
        code = wait_for(forked(check, self.folder / "output"))
        if code != 0 or not report.exists():
            self.tally.violate(self._said(f"the check ended with {code}"))
            return {}
        found = json.loads(report.read_text("utf-8"))
        for wrong in found.pop("wrong"):
            self.tally.violate(wrong)
        return dict(found)

    def _said(self, what: str) -> str:
        return f"{what}: {(self.folder / 'output').read_text('utf-8', 'replace')[-2000:]}"


@contextmanager
def battery(folder: Path, seed: int, tally: Tally, *, real: bool) -> Iterator[Battery]:
    """A battery in a folder, with a web server and a reader that end with it."""
    for name in ("docs", "pages", "data", "temporary"):
        (folder / name).mkdir(parents=True)
    data = folder / "data"
    if real and MODELS.is_dir():
        (data / "models").symlink_to(MODELS)
    os.environ |= {
        "CAVEAT_DATA_DIR": str(data),
        "INGEST_ALLOW_PRIVATE": "1",
        "TMPDIR": str(folder / "temporary"),
        "ENCODER": "",
        "DEVICE": "cpu",
    }
    tempfile.tempdir = None
    chance = random.Random(seed)  # noqa: S311 - no secret
    with website(folder / "pages") as site:
        world = World(docs=folder / "docs", pages=folder / "pages", site=site, chance=chance)
        report = folder / "sightings.json"
        watch = partial(_watch, data, report, seed, real=real)
        reader = forked(watch, folder / "reader.log")
        start = partial(_start_real if real else _start, folder, world)
        try:
            yield Battery(folder=folder, world=world, chance=chance, start=start, tally=tally)
        finally:
            stop_watching(reader)
            if report.exists():
                tally.saw(read_sightings(report))
            else:
                tally.violate(f"the reader died: {(folder / 'reader.log').read_text('utf-8')}")


def _watch(data: Path, report: Path, seed: int, *, real: bool) -> None:
    if real:
        from knowledge.encoders import open_encoder  # noqa: PLC0415 - in this process alone

        settings = KnowledgeSettings(CAVEAT_DATA_DIR=data, _env_file=None)
        watch_index(data, open_encoder(settings), report, seed)
    else:
        watch_index(data, WordEncoder(), report, seed)


def _arguments(world: World) -> tuple[str, ...]:
    return ("sync", str(world.manifest), "--prune", "--json", "--quiet")


def _start(folder: Path, world: World) -> int:
    action = partial(run_ingest, folder / "stage", _arguments(world))
    return forked(action, folder / "output")


def _start_real(folder: Path, world: World) -> int:
    program = [sys.executable, "-m", "tests.batteries.launcher", str(folder / "stage")]
    with (folder / "output").open("w") as output:
        started = subprocess.Popen(  # noqa: S603 - this interpreter
            [*program, *_arguments(world)], cwd=ROOT, stdout=output, stderr=output
        )
    started.returncode = 0  # it is waited for by its id
    return started.pid


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the battery; returns its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=200, help="ingests to kill (200)")
    parser.add_argument("--real-runs", type=int, default=10, help="of them with the real encoder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="crash-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        before = dict(os.environ)
        plain = options.runs - options.real_runs
        with battery(folder / "words", options.seed, tally, real=False) as words:
            words.run(plain)
        if options.real_runs:
            with battery(folder / "real", options.seed + 1, tally, real=True) as real:
                real.run(options.runs)
        os.environ.clear()
        os.environ |= before
        tempfile.tempdir = None
    print(tally.table())
    return 1 if tally.violations else 0


if __name__ == "__main__":
    sys.exit(main())

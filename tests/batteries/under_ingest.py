"""Answers without a pause while documents come, change and go; a program of its own.

`python -m tests.batteries.under_ingest FOLDER SEED` runs ten ingests beside one reader and prints
a JSON object: the chunks of each published build, and each answer with what it cites.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import ingest.commands
from ingest.__main__ import main as ingest_main
from knowledge.answer import Answerer
from knowledge.index import SnapshotKeeper, current_build, open_snapshot
from knowledge.search import Searcher
from tests.batteries.processes import forked, wait_for
from tests.batteries.world import SUBJECTS, World
from tests.fakes import WordEncoder

INGESTS = 10
PATIENCE_SECONDS = 10.0  # for the reader to answer from a new build


def answer_on(data: Path, report: Path, seed: int) -> None:
    """Answers until SIGTERM; writes a line of JSON for each answer."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    keeper = SnapshotKeeper(data, lambda _manifest: None)
    answerer = Answerer(Searcher(encoder=WordEncoder(), snapshots=keeper))
    chance = random.Random(seed)  # noqa: S311 - no secret
    with report.open("w", encoding="utf-8") as lines:
        while not stopping:
            subject = chance.choice(SUBJECTS)
            record: dict[str, object] = {"process": os.getpid()}
            try:
                answer = answerer.answer(f"Who answers for {subject}, the provider alike?")
                record |= {
                    "build": answer.build,
                    "outcome": answer.outcome,
                    "cited": [each.passage.chunk.id for each in answer.citations],
                }
            except Exception as error:  # noqa: BLE001 - any error is a finding
                record["error"] = f"{type(error).__name__}: {error}"
            lines.write(json.dumps(record) + "\n")
            lines.flush()
    answerer.close()


def chunk_ids(data: Path) -> list[str]:
    """The chunks of the build in service."""
    snapshot = open_snapshot(data)
    try:
        return sorted(snapshot.vector_keys())
    finally:
        snapshot.close()


def take_in(world: World) -> int:
    """Runs an ingest of the world in this process."""
    setattr(ingest.commands, "open_encoder", lambda _settings: WordEncoder())  # noqa: B010
    return ingest_main(["sync", str(world.manifest), "--prune", "--quiet"])


def waited_for(condition: Callable[[], bool]) -> bool:
    """Whether the condition held in time."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def run(folder: Path, seed: int) -> dict[str, object]:
    """What was published, and what was answered meanwhile."""
    data, report = folder / "data", folder / "answers.jsonl"
    for name in ("docs", "data"):
        (folder / name).mkdir()
    os.environ["CAVEAT_DATA_DIR"] = str(data)
    chance = random.Random(seed)  # noqa: S311 - no secret
    world = World(docs=folder / "docs", pages=folder / "docs", site="", chance=chance)
    builds: dict[str, list[str]] = {}
    unseen, codes = [], []

    def publish(edits: int) -> str:
        world.change(edits)
        codes.append(wait_for(forked(partial(take_in, world), folder / "output")))
        build = current_build(data) or ""
        listing = folder / "chunks.json"
        listed = forked(lambda: listing.write_text(json.dumps(chunk_ids(data))) * 0, os.devnull)
        wait_for(listed)
        builds[build] = json.loads(listing.read_text())
        return build

    publish(12)
    reader = forked(partial(answer_on, data, report, seed), folder / "reader.log")
    for _ in range(INGESTS):
        build = publish(chance.randint(1, 4))
        if not waited_for(lambda build=build: build in report.read_text("utf-8")):  # type: ignore[misc]
            unseen.append(build)
    os.kill(reader, signal.SIGTERM)
    ended = wait_for(reader)
    answers = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    return {
        "codes": codes,
        "builds": builds,
        "unseen": unseen,
        "reader": ended,
        "answers": answers,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")

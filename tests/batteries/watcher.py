"""A reader in a process of its own, which looks whether it ever sees half a document."""

import json
import os
import random
import signal
import sys
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

from knowledge.answer import Answerer
from knowledge.encoders import Encoder
from knowledge.errors import CaveatError, IndexMissingError
from knowledge.index import Snapshot, SnapshotKeeper, open_snapshot, read_manifest
from knowledge.model import Answer
from knowledge.search import Searcher
from tests.batteries.world import SUBJECTS, what_is_wrong

PAUSE_SECONDS = 0.02
FRESH = 0.1  # of all polls open the build in service anew, as a bot that starts


@dataclass(kw_only=True, slots=True)
class Sightings:
    """What the reader saw.

    Attributes:
        polls: questions asked; before the first build there is nothing to ask.
        answered: questions answered with citations.
        builds: different builds looked through as a whole.
        opened: times that the build in service was opened anew.
        violations: a sentence for each thing that no reader should see.
    """

    polls: int = 0
    answered: int = 0
    builds: int = 0
    opened: int = 0
    violations: list[str] = field(default_factory=list)


def watch_index(data: Path, encoder: Encoder, report: Path, seed: int) -> None:
    """Asks and looks until SIGTERM, then writes the sightings."""
    seen = Sightings()
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    keeper = SnapshotKeeper(data, lambda _manifest: None)
    watcher = _Watcher(data=data, encoder=encoder, keeper=keeper, seen=seen)
    chance = random.Random(seed)  # noqa: S311 - no secret
    while not stopping:
        try:
            watcher.poll(chance)
        except IndexMissingError:
            if seen.polls:
                seen.violations.append("the index went missing")
        except Exception as error:  # noqa: BLE001 - whatever it is, no reader should meet it
            seen.violations.append(f"{type(error).__name__}: {error}")
        time.sleep(PAUSE_SECONDS)
    keeper.close()
    report.write_text(json.dumps(asdict(seen)), "utf-8")


@dataclass(kw_only=True, slots=True)
class _Watcher:
    data: Path
    encoder: Encoder
    keeper: SnapshotKeeper
    seen: Sightings
    _looked_through: str | None = None

    def poll(self, chance: random.Random) -> None:
        snapshot = self.keeper.current()
        if snapshot.manifest.build != self._looked_through:
            self._look_through(snapshot)
        answerer = Answerer(Searcher(encoder=self.encoder, snapshots=self.keeper))
        subject = chance.choice(SUBJECTS)
        answer = answerer.answer(f"Who answers for {subject}, the provider alike?")
        self.seen.polls += 1
        self.seen.answered += bool(answer.citations)
        # the answer may come from the next build; the keeper then has just that one open
        now = self.keeper.current()
        if answer.build == now.manifest.build:
            self.seen.violations.extend(_wrong_citations(answer, now))
        if chance.random() < FRESH:
            self._open_anew()

    def _look_through(self, snapshot: Snapshot) -> None:
        build = snapshot.manifest.build
        keys = snapshot.vector_keys()
        vectors = {chunk_id for chunk_id, _ in snapshot.all_vectors()}
        counts = {len(keys), len(vectors), snapshot.count_words(), snapshot.manifest.chunks}
        if keys.keys() != vectors or len(counts) != 1:
            self.seen.violations.append(f"{build} does not agree with itself: {counts}")
        texts = defaultdict(list)
        for chunk in snapshot.chunks(list(keys)).values():
            texts[chunk.source_id].append(chunk.text)
        if texts.keys() != snapshot.sources.keys():
            self.seen.violations.append(f"{build} has sources without chunks")
        self.seen.violations.extend(f"{build}: {wrong}" for wrong in what_is_wrong(texts))
        self._looked_through = build
        self.seen.builds += 1

    def _open_anew(self) -> None:
        for _ in range(2):
            before = read_manifest(self.data)
            try:
                snapshot = open_snapshot(self.data)
            except CaveatError:
                # gone, because two builds were published meanwhile: the next is to be there
                if read_manifest(self.data) == before:
                    raise
                continue
            self._look_through(snapshot)
            snapshot.close()
            self.seen.opened += 1
            return


def _wrong_citations(answer: Answer, snapshot: Snapshot) -> list[str]:
    cited = {citation.passage.chunk.id: citation for citation in answer.citations}
    found = snapshot.chunks(list(cited))
    return [
        f"{answer.build}: a citation that is not in it: {citation.quote}"
        for chunk_id, citation in cited.items()
        if chunk_id not in found or citation.quote not in found[chunk_id].text
    ]


def read_sightings(report: Path) -> Sightings:
    """What a reader wrote at its end."""
    return Sightings(**json.loads(report.read_text("utf-8")))


def stop_watching(process: int) -> None:
    """Lets a reader write its sightings and end."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if code != 0:
        sys.stderr.write(f"The reader ended with {code}.\n")

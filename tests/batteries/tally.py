"""Counts what a crash battery did and saw."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.batteries.stages import STAGES
from tests.batteries.watcher import Sightings

SHOWN = 20  # kinds of violations
_NAME = re.compile(r"\S*\d\S*")  # of a build, a source, a number


@dataclass(kw_only=True, slots=True)
class Tally:
    """The counts; `table` prints them.

    Attributes:
        left: what kills left behind for the next run to remove, by kind.
        finished_first: ingests that were done before their kill came.
    """

    by_stage: Counter[str] = field(default_factory=Counter)
    targeted: int = 0
    finished_first: int = 0
    reruns: int = 0
    left: Counter[str] = field(default_factory=Counter)
    polls: int = 0
    answered: int = 0
    builds: int = 0
    opened: int = 0
    violations: list[str] = field(default_factory=list)
    _begun: float = field(default_factory=time.monotonic)

    @property
    def kills(self) -> int:
        """Ingests that were killed while they ran."""
        return self.by_stage.total()

    def killed(self, stage: str, *, targeted: bool) -> None:
        """Counts a kill."""
        self.by_stage[stage] += 1
        self.targeted += targeted

    def violate(self, what: str) -> None:
        """Notes something that must not be."""
        self.violations.append(f"after {self.kills} kills: {what}")

    def saw(self, sightings: Sightings) -> None:
        """Adds what a reader saw."""
        self.polls += sightings.polls
        self.answered += sightings.answered
        self.builds += sightings.builds
        self.opened += sightings.opened
        self.violations.extend(f"reader: {what}" for what in sightings.violations)

    def table(self) -> str:
        """The tally in Markdown."""
        rows = [(f"killed in: {stage}", self.by_stage[stage]) for stage in STAGES]
        rows += [
            ("kills", self.kills),
            ("of them aimed at a stage", self.targeted),
            ("done before the kill came", self.finished_first),
            ("runs that followed, all checked against the files", self.reruns),
        ]
        rows += [(f"left for the next run: {kind}", self.left[kind]) for kind in sorted(self.left)]
        rows += [
            ("reader: questions", self.polls),
            ("reader: answers with citations", self.answered),
            ("reader: builds looked through", self.builds),
            ("reader: builds opened anew", self.opened),
            ("violations", len(self.violations)),
            ("seconds", round(time.monotonic() - self._begun)),
        ]
        lines = ["| what | count |", "|---|---:|"]
        lines += [f"| {what} | {count} |" for what, count in rows]
        return "\n".join([*lines, "", *self._kinds()]).rstrip()

    def _kinds(self) -> list[str]:
        """The first violation of each kind, with how many are like it."""
        first: dict[str, str] = {}
        alike: Counter[str] = Counter()
        for what in self.violations:
            kind = _NAME.sub("", what)
            first.setdefault(kind, what)
            alike[kind] += 1
        return [f"{alike[kind]} times: {what}" for kind, what in list(first.items())[:SHOWN]]

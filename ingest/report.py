"""What an ingest did, source by source."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge.library import Holding, Locator

DEAD_AFTER = 3  # failures in a row


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A document that was not taken in, and why."""

    source: str
    reason: str


@dataclass(kw_only=True, slots=True)
class Report:
    """Filled while an ingest goes on.

    Attributes:
        added, updated, unchanged, removed: ids of sources, in order.
        changed: how many chunks came or went, by id of an updated source.
        warnings: what was taken in, but not whole.
        embedded: how many chunks were embedded, cached ones not counted.
        build: the build in service afterwards.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    chunks: int = 0
    embedded: int = 0
    build: str | None = None
    seconds: float = 0.0

    def to_json(self, holdings: Mapping[str, Holding]) -> dict[str, Any]:
        """The report as the command contract has it; `holdings` are those of the library now."""

        def listed(ids: list[str]) -> list[dict[str, Any]]:
            return [list_source(holdings[source_id]) for source_id in dict.fromkeys(ids)]

        return {
            "added": listed(self.added),
            "updated": [
                {**record, "changed": self.changed.get(record["source_id"], 0)}
                for record in listed(self.updated)
            ],
            "unchanged": listed(self.unchanged),
            "removed": self.removed,
            "rejected": [problem_json(problem) for problem in self.rejected],
            "failed": [problem_json(problem) for problem in self.failed],
            "warnings": [problem_json(problem) for problem in self.warnings],
            "chunks": self.chunks,
            "embedded": self.embedded,
            "build": self.build,
            "seconds": round(self.seconds, 3),
        }


def list_source(holding: Holding) -> dict[str, Any]:
    """A source as reports list it."""
    return {
        "source_id": holding.source.id,
        "title": holding.source.title,
        "sources": list(holding.locators),
        "chunks": holding.chunks,
    }


def problem_json(problem: Problem) -> dict[str, str]:
    """A problem as reports list it."""
    return {"source": problem.source, "reason": problem.reason}


def source_json(holding: Holding) -> dict[str, Any]:
    """The full record of a source in the library."""
    record = asdict(holding.source)
    return {
        "source_id": record.pop("id"),
        **record,
        "authors": list(holding.source.authors),
        "sources": list(holding.locators),
        "chunks": holding.chunks,
        "content_hash": holding.content_hash,
        "added": holding.added_at,
        "changed": holding.changed_at,
    }


def place_json(locator: Locator) -> dict[str, Any]:
    """Where a source is read, when it was last checked, and whether it can still be reached."""
    return {
        "source": locator.locator,
        "checked": locator.checked_at,
        "failures": locator.failures,
        "failing_since": locator.failed_at,
        "trouble": locator.trouble,
        "dead": is_dead(locator),
    }


def is_dead(locator: Locator) -> bool:
    """Whether a path or address failed so often in a row that a curator should look at it."""
    return locator.failures >= DEAD_AFTER

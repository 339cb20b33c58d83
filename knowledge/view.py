"""What the library holds, and what happened to it, as the build in service tells it."""

from dataclasses import dataclass

from knowledge.index import Snapshot
from knowledge.library import Change, Retraction
from knowledge.model import Source

__all__ = ["Change", "Entry", "LibraryView", "Retraction", "library_view"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A source of the library.

    Attributes:
        passages: how many passages it was cut into.
        added, changed: when it came, and when its text or record changed last; ISO 8601 in UTC,
            empty when an earlier version of Caveat made the build.
    """

    source: Source
    passages: int
    added: str
    changed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryView:
    """Everything a reader may know of the library.

    Attributes:
        build: its name.
        created: when it was made, ISO 8601 in UTC.
        entries: every source, in the order they were added.
        changes: what happened to sources, newest first, at most 500; none when an earlier version
            of Caveat made the build.
        retractions: what was taken out for a reason and not allowed back, newest first.
    """

    build: str
    created: str
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]
    retractions: tuple[Retraction, ...]


def library_view(snapshot: Snapshot) -> LibraryView:
    """What this build holds; it does not change any more.

    Raises:
        IndexUnreadableError: when the build is damaged.
    """
    chronicle, counts = snapshot.chronicle(), snapshot.passage_counts()
    entries = []
    for source_id, source in snapshot.sources.items():
        added, changed = chronicle.times.get(source_id, ("", ""))
        entries.append(
            Entry(source=source, passages=counts.get(source_id, 0), added=added, changed=changed)
        )
    return LibraryView(
        build=snapshot.manifest.build,
        created=snapshot.manifest.created,
        entries=tuple(entries),
        changes=chronicle.changes,
        retractions=chronicle.retractions,
    )

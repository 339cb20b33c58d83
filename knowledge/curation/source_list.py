"""Checks `sources.toml`: the documents that the library can be completed with."""

from collections.abc import Sequence

from knowledge.curation.problem import Findings
from knowledge.curation.toml_tables import Entry, entries_of
from knowledge.curation.values import (
    LOOKED_UP,
    missing,
    unknown,
    wrong_address,
    wrong_choice,
    wrong_date,
)
from knowledge.errors import RejectedSourceError
from knowledge.web import canonical_url

NEEDED = (
    "url",
    "title",
    "publisher",
    "kind",
    "stance",
    "status",
    "licence",
    "why",
    "checked",
)
FURTHER = ("jurisdiction", "published", "status_date", "superseded_by", "authors", "language")
# a page that is kept up to date bears no date, and a status that changed nothing has none
DATED_KINDS = ("law", "government", "research")
PLACED_KINDS = ("law", "government")
DATED_STATUSES = ("in-force", "superseded", "revoked", "vetoed", "withdrawn")


def source_list_problems(text: str) -> Findings:
    """What is wrong with a list of sources.

    Raises:
        MalformedTomlError: it cannot be read.
    """
    entries = entries_of(text, "source")
    for entry in entries:
        yield from _entry_problems(entry)
    yield from _repeated(entries)


def _entry_problems(entry: Entry) -> Findings:
    given = [name for name in NEEDED if entry.text(name)]
    for wrong in missing(given, NEEDED):
        yield entry.line, wrong
    for name in entry.values:
        if name not in NEEDED and name not in FURTHER:
            yield entry.line_of(name), unknown(name, (*NEEDED, *FURTHER))
        elif name in FURTHER and name != "authors" and not entry.text(name):
            yield entry.line_of(name), f"{name} is empty; fill it in or take it out"
    for name in ("kind", "stance", "status"):
        yield from _found(entry, name, wrong_choice(name, entry.text(name)))
    for name in ("published", "status_date"):
        yield from _found(entry, name, wrong_date(name, entry.text(name)))
    yield from _found(entry, "url", wrong_address("url", entry.text("url")))
    checked = entry.text("checked")
    if checked and checked not in LOOKED_UP:
        either = " or ".join(f'"{each}"' for each in LOOKED_UP)
        yield entry.line_of("checked"), f"checked has to be {either}"
    yield from _undated(entry)


def _undated(entry: Entry) -> Findings:
    """What a source of this kind or status has to tell of when and where."""
    if entry.text("kind") in DATED_KINDS and not entry.text("published"):
        yield entry.line, f"published is missing; every {entry.text('kind')} source has a date"
    if entry.text("kind") in PLACED_KINDS and not entry.text("jurisdiction"):
        yield entry.line, f"jurisdiction is missing; every {entry.text('kind')} source has one"
    if entry.text("status") in DATED_STATUSES and not entry.text("status_date"):
        yield (
            entry.line_of("status"),
            f'status "{entry.text("status")}" needs a status_date: since when?',
        )


def _found(entry: Entry, name: str, wrong: str | None) -> Findings:
    if entry.text(name) and wrong:
        yield entry.line_of(name), wrong


def _repeated(entries: Sequence[Entry]) -> Findings:
    seen: dict[str, int] = {}
    for entry in entries:
        try:
            url = canonical_url(entry.text("url"))
        except RejectedSourceError:
            continue  # told already
        if url in seen:
            yield (
                entry.line_of("url"),
                f"{url} is listed in line {seen[url]} already; keep one of them",
            )
        seen.setdefault(url, entry.line_of("url"))

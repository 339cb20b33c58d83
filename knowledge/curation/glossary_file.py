"""Checks `glossary.toml`: every term defined, sourced and reachable."""

import re
from collections.abc import Sequence

from knowledge.curation.problem import Findings
from knowledge.curation.toml_tables import Entry, entries_of
from knowledge.curation.values import missing, unknown, wrong_address, wrong_date
from knowledge.glossary import LONGEST_ID, LONGEST_TEXT

NEEDED = ("id", "term", "plain", "expert", "source")
FURTHER = ("also", "see")
SOURCE_NEEDED = ("title", "url")
SOURCE_KNOWN = (*SOURCE_NEEDED, "published")  # a page that is kept up to date bears no date
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def glossary_problems(text: str) -> Findings:
    """What is wrong with a glossary.

    Raises:
        MalformedTomlError: it cannot be read.
    """
    entries = entries_of(text, "term")
    for entry in entries:
        yield from _entry_problems(entry)
        yield from _source_problems(entry)
    yield from _repeated(entries)
    known = {entry.text("id") for entry in entries}
    for entry in entries:
        for each in _list(entry, "see"):
            if each == entry.text("id"):
                yield entry.line_of("see"), "it refers to itself; take that out"
            elif each not in known:
                yield entry.line_of("see"), f'see: there is no term with the id "{each}"'


def term_ids(text: str) -> frozenset[str]:
    """The ids of a glossary.

    Raises:
        MalformedTomlError: it cannot be read.
    """
    return frozenset(entry.text("id") for entry in entries_of(text, "term"))


def _entry_problems(entry: Entry) -> Findings:
    given = [name for name in NEEDED if entry.text(name)]
    given += ["source"] if "source" in entry.values else []
    for wrong in missing(given, NEEDED):
        yield entry.line, wrong
    for name, value in entry.values.items():
        if name not in NEEDED and name not in FURTHER:
            yield entry.line_of(name), unknown(name, (*NEEDED, *FURTHER))
        elif name in FURTHER and not _is_list(value):
            yield entry.line_of(name), f"{name} has to be a list of texts"
    found = entry.text("id")
    if found and (not _ID.fullmatch(found) or len(found) > LONGEST_ID):
        yield (
            entry.line_of("id"),
            f'id "{found}" has to be lower-case words with hyphens, at most {LONGEST_ID} long',
        )
    for name in ("plain", "expert"):
        if len(entry.text(name)) > LONGEST_TEXT:
            long = f"{name} has {len(entry.text(name))} characters"
            yield entry.line_of(name), f"{long}, at most {LONGEST_TEXT} fit; cut it"


def _source_problems(entry: Entry) -> Findings:
    source = entry.values.get("source")
    if source is None:
        return
    line = entry.line_of("source")
    if not isinstance(source, dict):
        yield line, "source has to be { title = …, url = …, published = … }"
        return
    for wrong in missing([name for name, value in source.items() if value], SOURCE_NEEDED):
        yield line, f"of its source, {wrong}"
    for name in source:
        if name not in SOURCE_KNOWN:
            yield line, unknown(f"source.{name}", SOURCE_KNOWN)
    for name, check in (("url", wrong_address), ("published", wrong_date)):
        value = source.get(name)
        wrong_value = check(name, str(value)) if value else None
        if wrong_value:
            yield line, f"of its source, {wrong_value}"


def _repeated(entries: Sequence[Entry]) -> Findings:
    ids: dict[str, int] = {}
    names: dict[str, int] = {}
    for entry in entries:
        each = entry.text("id")
        if each and each in ids:
            yield entry.line_of("id"), f'id "{each}" stands in line {ids[each]} already'
        ids.setdefault(each, entry.line_of("id"))
        for name in dict.fromkeys(map(_folded, (entry.text("term"), *_list(entry, "also")))):
            if name and name in names:
                owner = f"that of the term in line {names[name]} too"
                yield entry.line, f'the name "{name}" is {owner}; keep it in one of them'
            names.setdefault(name, entry.line)


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", " ", name.casefold()).strip()


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _list(entry: Entry, name: str) -> Sequence[str]:
    value = entry.values.get(name)
    return value if isinstance(value, list) and _is_list(value) else ()

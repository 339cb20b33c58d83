"""What must hold after a kill, and after the run that follows it."""

import contextlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.__main__ import main
from ingest.extract import extract
from knowledge.index import current_build, index_dir, open_snapshot
from knowledge.library import Library, connect_library
from tests.batteries.world import World, number_of, version_in, what_is_wrong

# What a kill may leave, and what the next ingest does away with by itself.
LEFT_BEHIND = {
    "The next one removes it.": "a folder half built",
    "The next ingest drops them.": "vectors of no chunk",
    "is not what the library holds": "library ahead of the index",
    "Nothing is published.": "nothing published yet",
}
MOST_BUILDS = 2  # the one in service and the one before


def command(*arguments: str) -> dict[str, Any]:
    """The JSON that a command prints, with its exit code."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main([*arguments, "--json"])
    return {"code": code, **json.loads(out.getvalue() or "{}")}


def after_kill(report: Path) -> int:
    """Writes what `verify` says: the leftovers by kind, and what is wrong."""
    left: Counter[str] = Counter()
    wrong = []
    for problem in command("verify").get("problems", ["verify said nothing"]):
        kind = next((kind for mark, kind in LEFT_BEHIND.items() if mark in problem), None)
        if kind is None:
            wrong.append(f"verify after the kill: {problem}")
        else:
            left[kind] += 1
    report.write_text(json.dumps({"left": left, "wrong": wrong}), "utf-8")
    return 0


def after_rerun(report: Path, world: World, data: Path, before: str | None) -> int:
    """Writes what is left and what is wrong once the ingest was run again.

    Args:
        report: where it is written.
        world: what the library should hold.
        data: the data folder.
        before: the build that was in service before that run.
    """
    verified = command("verify")
    wrong = [f"verify after the re-run: {problem}" for problem in verified["problems"]]
    library = Library(connect_library(data))
    try:
        wrong.extend(_unlike_the_files(library, world))
        wrong.extend(_unlike_the_library(library, data))
    finally:
        library.close()
    wrong.extend(_left_over(data))
    # builds are pruned when one is published, so a run without news leaves what a kill has left
    build = current_build(data)
    others = {path.name for path in index_dir(data).iterdir()} - {"CURRENT", build}
    more = len(others) + 1 - MOST_BUILDS
    if more > 0 and build != before:
        wrong.append(f"builds in the index folder: {sorted(others)}, in service {build}")
    left = {"an old build, as the re-run had no news to publish": more} if more > 0 else {}
    report.write_text(json.dumps({"left": left, "wrong": wrong}), "utf-8")
    return 0


def _unlike_the_files(library: Library, world: World) -> Iterator[str]:
    expected = {world.locator(name): name for name in world.versions}
    known = {each.locator: each.source_id for each in library.locators()}
    if known.keys() != expected.keys():
        yield f"the library has other places: {sorted(known.keys() ^ expected.keys())}"
    owners = Counter(known.values())
    if any(count > 1 for count in owners.values()) or len(library.holdings()) != len(known):
        yield "the library has sources too many"
    for place, name in expected.items():
        found = library.document(known[place]) if place in known else None
        text = extract(world.path(name).read_bytes(), name=name).document.text
        if found is None or found[0].text != text:
            yield f"the text of {name} is not what its file says"
        elif version_in([text]) != (number_of(name), world.versions[name]):
            yield f"{name} is not of its version"


def _unlike_the_library(library: Library, data: Path) -> Iterator[str]:
    snapshot = open_snapshot(data)
    try:
        shown = snapshot.chunks(list(snapshot.vector_keys()))
    finally:
        snapshot.close()
    held = {
        chunk.id: chunk
        for holding in library.holdings()
        for chunk, _ in library.chunks(holding.source.id)
    }
    if shown != held:
        yield "the index does not show just the chunks that the library holds"
    places = Counter((chunk.source_id, chunk.start) for chunk in held.values())
    if any(count > 1 for count in places.values()):
        yield "a chunk is there twice"
    texts = defaultdict(list)
    for chunk in held.values():
        texts[chunk.source_id].append(chunk.text)
    yield from what_is_wrong(texts)


def _left_over(data: Path) -> Iterator[str]:
    names = {path.name for path in index_dir(data).iterdir()}
    hidden = sorted(name for name in names if name.startswith("."))
    if hidden:
        yield f"left in the index folder: {hidden}"
    if current_build(data) not in names:
        yield f"builds in the index folder: {sorted(names)}, none in service"

"""Goes back to the build before the one in service."""

import sqlite3
from collections.abc import Collection
from pathlib import Path

from knowledge.errors import IndexMissingError, IndexUnreadableError
from knowledge.index.catalogue import Catalogue
from knowledge.index.manifest import (
    Manifest,
    index_dir,
    read_build_manifest,
    require_current,
    write_durably,
)
from knowledge.index.segmenting import has_segments


def roll_back(data_dir: Path, *, retracted: Collection[str] = ()) -> Manifest:
    """The manifest of the build before the one in service, after it was put in service again.

    The library stays as it is: the next ingest publishes it anew.

    Args:
        data_dir: where builds lie.
        retracted: ids of sources that may not come back; a build that holds one is passed over.

    Raises:
        IndexMissingError: when there is no build to go back to.
    """
    root = index_dir(data_dir)
    current = require_current(data_dir)
    earlier = sorted(
        path for path in root.iterdir() if path.name < current and not path.name.startswith(".")
    )
    held: set[str] = set()
    for path in reversed(earlier):
        try:
            manifest = read_build_manifest(path)
            back = _sources(path) & set(retracted)
        except (IndexUnreadableError, sqlite3.Error):
            continue
        if not has_segments(path):
            continue  # made by an earlier version, which alone can read it
        if back:
            held |= back
            continue
        write_durably(root / "CURRENT", f"{manifest.build}\n")
        return manifest
    if held:
        raise IndexMissingError(
            f"The build before {current} holds what was retracted since: "
            f"{', '.join(sorted(held))}. `python -m ingest restore ID` allows it again."
        )
    raise IndexMissingError(f"There is no earlier build than {current} to go back to.")


def _sources(build: Path) -> set[str]:
    catalogue = Catalogue(build / "catalogue.db")
    try:
        return set(catalogue.sources)
    finally:
        catalogue.close()

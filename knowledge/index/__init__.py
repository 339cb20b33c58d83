"""The published, immutable index: a build directory that readers open and nobody changes.

`data/index/<build>/` holds `chroma/` (nearest vectors), `lexical/` (BM25), `segments/` (vectors of
chunks and of their tokens, by source), `catalogue.db` (sources and chunks) and `manifest.json`;
`data/index/CURRENT` names the build that is served.
"""

from knowledge.index.chronicle import Chronicle
from knowledge.index.manifest import (
    Manifest,
    current_build,
    index_dir,
    read_build_manifest,
    read_manifest,
    require_current,
)
from knowledge.index.naming import NamedGroup, Naming
from knowledge.index.publish import publish
from knowledge.index.rollback import roll_back
from knowledge.index.segments import SourceVectors
from knowledge.index.snapshot import Snapshot, SnapshotKeeper, open_snapshot

__all__ = [
    "Chronicle",
    "Manifest",
    "NamedGroup",
    "Naming",
    "Snapshot",
    "SnapshotKeeper",
    "SourceVectors",
    "current_build",
    "index_dir",
    "open_snapshot",
    "publish",
    "read_build_manifest",
    "read_manifest",
    "require_current",
    "roll_back",
]

"""The published, immutable index: a build directory that readers open and nobody changes.

`data/index/<build>/` holds `chroma/` (vectors), `lexical/` (BM25), `catalogue.db` (sources and
chunks) and `manifest.json`; `data/index/CURRENT` names the build that is served.
"""

from knowledge.index.manifest import (
    Manifest,
    current_build,
    index_dir,
    read_build_manifest,
    read_manifest,
    require_current,
)
from knowledge.index.publish import publish, roll_back
from knowledge.index.snapshot import Snapshot, SnapshotKeeper, open_snapshot

__all__ = [
    "Manifest",
    "Snapshot",
    "SnapshotKeeper",
    "current_build",
    "index_dir",
    "open_snapshot",
    "publish",
    "read_build_manifest",
    "read_manifest",
    "require_current",
    "roll_back",
]

"""The library: sources, documents, chunks and cached vectors, in one SQL database.

It is the only truth; every index is built from it.
"""

from knowledge.library.database import FileIdentity, connect_library, library_file
from knowledge.library.gaps import COUNTS_KEPT_FOR, QUESTIONS_KEPT_FOR, CountedGap, Gap
from knowledge.library.records import Acquisition, Holding, Locator, Version
from knowledge.library.store import Library

__all__ = [
    "COUNTS_KEPT_FOR",
    "QUESTIONS_KEPT_FOR",
    "Acquisition",
    "CountedGap",
    "FileIdentity",
    "Gap",
    "Holding",
    "Library",
    "Locator",
    "Version",
    "connect_library",
    "library_file",
]

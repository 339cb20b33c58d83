"""The library: sources, documents, chunks and cached vectors, in one SQL database.

It is the only truth; every index is built from it.
"""

from knowledge.library.database import FileIdentity, connect_library, library_file
from knowledge.library.gaps import COUNTS_KEPT_FOR, QUESTIONS_KEPT_FOR, CountedGap, Gap
from knowledge.library.history import MOST_CHANGES, History
from knowledge.library.records import (
    Acquisition,
    Change,
    Holding,
    Locator,
    Retraction,
    Version,
)
from knowledge.library.store import Library

__all__ = [
    "COUNTS_KEPT_FOR",
    "MOST_CHANGES",
    "QUESTIONS_KEPT_FOR",
    "Acquisition",
    "Change",
    "CountedGap",
    "FileIdentity",
    "Gap",
    "History",
    "Holding",
    "Library",
    "Locator",
    "Retraction",
    "Version",
    "connect_library",
    "library_file",
]

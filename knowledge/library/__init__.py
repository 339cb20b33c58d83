"""The library: sources, documents, chunks and cached vectors, in one SQL database.

It is the only truth; every index is built from it.
"""

from knowledge.library.database import (
    FileIdentity,
    Place,
    connect_library,
    is_busy,
    library_file,
    library_place,
)
from knowledge.library.gaps import COUNTS_KEPT_FOR, QUESTIONS_KEPT_FOR, CountedGap, Gap
from knowledge.library.history import MOST_CHANGES, History
from knowledge.library.records import (
    Acquisition,
    Change,
    Holding,
    Locator,
    Retraction,
    Suggestion,
    SuggestionStatus,
    Version,
)
from knowledge.library.store import Library
from knowledge.library.suggestible import MOST_OF_ONE, MOST_PENDING
from knowledge.library.suggestions import Suggestions

__all__ = [
    "COUNTS_KEPT_FOR",
    "MOST_CHANGES",
    "MOST_OF_ONE",
    "MOST_PENDING",
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
    "Place",
    "Retraction",
    "Suggestion",
    "SuggestionStatus",
    "Suggestions",
    "Version",
    "connect_library",
    "is_busy",
    "library_file",
    "library_place",
]

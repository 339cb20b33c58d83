"""The library: sources, documents, chunks and cached vectors, in one SQL database.

It is the only truth; every index is built from it.
"""

from knowledge.library.database import connect_library
from knowledge.library.records import Acquisition, Holding, Locator, Version
from knowledge.library.store import Library

__all__ = ["Acquisition", "Holding", "Library", "Locator", "Version", "connect_library"]

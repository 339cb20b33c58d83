"""Reads documents in a process of its own, so that none can take the ingest down with it."""

from ingest.sandbox.extractor import Extractor, run_extraction
from ingest.sandbox.limits import Limits

__all__ = ["Extractor", "Limits", "run_extraction"]

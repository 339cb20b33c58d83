"""Reads documents from the public web, and from nowhere else.

A curator's list, a suggestion from a reader or a redirect may name any address; what is dialled
is only an address that was checked, and what is read is bounded in size and in time.
"""

from ingest.fetch.fetcher import Fetcher
from ingest.fetch.pace import Pace
from ingest.fetch.records import Fetched, Limits, Seen, Surroundings, Validators
from ingest.fetch.statuses import explain

__all__ = [
    "Fetched",
    "Fetcher",
    "Limits",
    "Pace",
    "Seen",
    "Surroundings",
    "Validators",
    "explain",
]

"""Placeholder until the real module is written over it."""

from ingest.fetch.records import Fetched, Validators
from knowledge.errors import FailedSourceError


class Fetcher:
    """To be replaced."""

    def __init__(self, *, allow_private: bool) -> None:
        self.allow_private = allow_private

    def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        """Never succeeds."""
        raise FailedSourceError(f"web pages cannot be read yet: {url} {validators}")

    def close(self) -> None:
        """Nothing to let go of."""

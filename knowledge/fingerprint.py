"""Tells whether a document is the one that was read."""

import hashlib
import json
from collections.abc import Sequence


def content_hash(text: str, links: Sequence[tuple[int, int, str]] = ()) -> str:
    """SHA-256 of a document's text, and of its links where it has some; hexadecimal."""
    hashed = f"{text}\n{json.dumps(links)}" if links else text
    return hashlib.sha256(hashed.encode()).hexdigest()

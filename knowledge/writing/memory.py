"""Remembers what was made a moment ago, in this process and by a hash only."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")

MOST_KEPT = 256


class Memory(Generic[Kept]):
    """The latest things, found again by their keys; safe to use from several threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: str) -> Kept | None:
        """What was kept under a key, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def forget_all(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()

    def keep(self, key: str, kept: Kept) -> None:
        """Keeps something, and forgets what was not used for longest."""
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def key_of(parts: Iterable[str]) -> str:
    """The SHA-256 of some texts, hexadecimal."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()

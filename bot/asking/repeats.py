"""Finds the first answer to a question that is asked again, without keeping the question."""

import asyncio
import hashlib
import re
import secrets
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from bot.asking.plain import plain

SECONDS = 60.0  # after which a question is asked anew
LONGEST_WAIT = 60.0  # seconds, for an answer that is being made
LONGEST_IN_THE_MAKING = 900.0  # seconds, after which Discord takes no answer to a command
MOST_KNOWN = 1_000
MOST_WAITING = 100

_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(eq=False, kw_only=True, slots=True)
class _First:
    """The first answer to a question: `url` is None as long as it is being made."""

    asked: float
    done: asyncio.Event = field(default_factory=asyncio.Event)
    url: str | None = None


class Repeats:
    """Remembers for a minute which questions were asked in a channel, by a hash.

    For public channels only: a link to a private answer leads nowhere, and tells of it.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._secret = secrets.token_bytes(32)
        self._firsts: OrderedDict[bytes, _First] = OrderedDict()
        self._waiting = 0

    async def find(self, channel_id: int, question: str) -> str | None:
        """The jump URL of the first answer in the last minute, or None when this is the first.

        An answer that is being made is waited for. Who gets None makes the answer, and calls
        `note`, or `forget` when none came.
        """
        key = self._key(channel_id, question)
        give_up = self._now() + LONGEST_WAIT
        while True:
            self._drop_old()
            first = self._firsts.get(key)
            if first is None:
                self._remember(key)
                return None
            if first.url is not None:
                return first.url
            left = give_up - self._now()
            if left <= 0 or self._waiting >= MOST_WAITING:
                return None
            self._waiting += 1
            try:
                await asyncio.wait_for(first.done.wait(), left)
            except TimeoutError:
                return None
            finally:
                self._waiting -= 1

    def note(self, channel_id: int, question: str, url: str) -> None:
        """Notes where the first answer stands, for whoever waits or asks again."""
        first = self._firsts.get(self._key(channel_id, question))
        if first is not None and first.url is None:
            first.url = url
            first.done.set()

    def forget(self, channel_id: int, question: str) -> None:
        """Notes that no answer came; does nothing when one was noted. Who waits longest tries."""
        key = self._key(channel_id, question)
        first = self._firsts.get(key)
        if first is not None and first.url is None:
            del self._firsts[key]
            first.done.set()

    def drop(self, url: str) -> None:
        """Forgets an answer whose message was deleted."""
        for key in [key for key, first in self._firsts.items() if first.url == url]:
            del self._firsts[key]

    def _key(self, channel_id: int, question: str) -> bytes:
        text = f"{channel_id}:{normalised(question)}"
        return hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=32
        ).digest()

    def _remember(self, key: bytes) -> None:
        self._firsts[key] = _First(asked=self._now())
        while len(self._firsts) > MOST_KNOWN:
            _, oldest = self._firsts.popitem(last=False)
            oldest.done.set()

    def _drop_old(self) -> None:
        now = self._now()
        for key, first in list(self._firsts.items()):
            if now - first.asked <= SECONDS:
                break  # they stand in the order in which they were asked
            if first.url is not None or now - first.asked > LONGEST_IN_THE_MAKING:
                del self._firsts[key]
                first.done.set()


def normalised(question: str) -> str:
    """The question without what does not change it: case, white space, punctuation, letter forms.

    Nor do invisible characters, letters held down ("whaaat") and words said over and over.

    Of a question that is nothing but such marks, they are what counts.
    """
    text = unicodedata.normalize("NFKC", plain(question)).casefold()
    bare = "".join(" " if unicodedata.category(letter)[0] in "PZC" else letter for letter in text)
    said = " ".join(word for word, _ in groupby(_STRETCHED.sub(r"\1", bare).split()))
    return said or " ".join(text.split())

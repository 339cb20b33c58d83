"""Cuts a text into the words that word search compares."""

import re
from functools import lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN

_WORD = re.compile(r"\w+(?:[.\-’']\w+)*")  # noqa: RUF001 - the typographic apostrophe
_PARTS = re.compile(r"[.\-’']")  # noqa: RUF001
_STOPWORDS = frozenset(STOPWORDS_EN)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def words(text: str) -> list[str]:
    """Stemmed words of a text, without stop words.

    A compound ("open-weight", "GV-1.3") counts as itself and as each of its parts.
    """
    found: list[str] = []
    for match in _WORD.finditer(text.lower()):
        compound = match.group()
        parts = [part for part in _PARTS.split(compound) if part]
        found.extend(part for part in parts if part not in _STOPWORDS)
        if len(parts) > 1:
            found.append(compound)
    stemmed: list[str] = _stemmer().stemWords(found)
    return stemmed

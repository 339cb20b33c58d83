"""Cuts a text into the words that word search compares."""

import re
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"\w+(?:[.\-’']\w+)*")  # noqa: RUF001 - the typographic apostrophe
# inside a compound: at its joints, and where letters meet digits ("EO14110", "GV-1.3")
_JOINT = re.compile(r"[.\-’']|(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")  # noqa: RUF001
# words that tell nothing about what a question is after
_FUNCTION_WORDS = frozenset(
    """
    a about actually after again all also am an and any anybody anyone anything are aren as at be
    because been before being but by can cannot could couldn d did didn do does doesn doing don
    done everybody everyone everything for from get gets give given gives go goes going got had
    hadn has hasn have haven having he her here hers him his how i if in into is isn it its just
    let ll like m make makes many may me mean means might more most much must my need needn no
    nobody not nothing of on one only or other our ours out over own please re really s said same
    say says shall shan she should shouldn so some somebody someone something such t tell than that
    the their theirs them then there these they thing things this those to too under up us use ve
    very was wasn we were weren what when where whether which while who whom whose why will with
    won would wouldn yes you your yours
    """.split()  # noqa: SIM905 - a list of that many strings reads worse
)


def is_function_word(word: str) -> bool:
    """Whether a word, in whatever case, tells nothing about what a text is about."""
    return word.lower() in _FUNCTION_WORDS


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def stems(found: Sequence[str]) -> list[str]:
    """The stem of each word, in lower case."""
    stemmed: list[str] = _stemmer().stemWords([word.lower() for word in found])
    return stemmed


def words(text: str) -> list[str]:
    """Stemmed words of a text, without function words.

    A compound ("open-weight", "EO14110", "GV-1.3") counts as itself and as each of its parts.
    """
    found: list[str] = []
    for match in _WORD.finditer(text.lower()):
        compound = match.group()
        if compound.isalpha():  # most words, and it halves the time
            if compound not in _FUNCTION_WORDS:
                found.append(compound)
            continue
        parts = [part for part in _JOINT.split(compound) if part]
        found.extend(part for part in parts if part not in _FUNCTION_WORDS)
        if len(parts) > 1:
            found.append(compound)
    stemmed: list[str] = _stemmer().stemWords(found)
    return stemmed

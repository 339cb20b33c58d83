"""Joins the lines of a paragraph, words that were divided at line ends made whole."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_HYPHENATED = re.compile(r"([^\W\d_]+)-\Z")
_BEGINNING = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TAIL = 400  # characters: longer than any word
_DIVIDERS = ("-", "\u2013", "—", "/")


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """How often each word, hyphens included, occurs in lower case; divided words are left out."""
    words: Counter[str] = Counter()
    divided = False
    for line in lines:
        found = _WORD.findall(line.lower())
        end = line.rstrip()[-1:]
        whole = found[1 if divided else 0 : -1 if end == "-" else None]
        words.update(whole)
        divided = end == "-"
    return words


def join_lines(lines: Sequence[str], words: Counter[str], *, typeset: bool) -> str:
    """The lines as one, given the words of their document.

    Typesetting divides words; who types lines by hand rarely does, so there a hyphen is real
    unless the undivided word occurs too.
    """
    done: list[str] = []
    tail = ""
    for line in lines:
        tail = mended(tail, line, words, typeset=typeset) + line if tail else line
        # only the end of what was joined matters; searching all of it for each line is quadratic
        if len(tail) > 2 * _TAIL:
            done.append(tail[:-_TAIL])
            tail = tail[-_TAIL:]
    return "".join(done) + tail


def mended(before: str, after: str, words: Counter[str], *, typeset: bool = True) -> str:
    """`before` as it must end for `after` to follow: with a space, with a hyphen, or with neither.

    The document's own spelling decides: "open-weight" keeps its hyphen, "licens-ing" does not.
    """
    match = _HYPHENATED.search(before[-_TAIL:])
    if match is None:
        divided = before.endswith(_DIVIDERS) and not before.endswith((" -", " \u2013", " —", " /"))
        return before if divided and after[:1].isalnum() else before + " "
    follows = _BEGINNING.match(after)
    if follows is None:
        return before + " "
    whole = words[(match[1] + follows[0]).lower()]
    parted = words[f"{match[1]}-{follows[0]}".lower()]
    if not follows[0][0].islower():
        return before[:-1] if whole > parted else before
    known_apart = whole == 0 and words[match[1].lower()] > 0 and words[follows[0].lower()] > 0
    keeps = parted > whole or known_apart or (whole == 0 and not typeset)
    return before if keeps else before[:-1]

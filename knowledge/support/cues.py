"""The small words that turn what a sentence says: denials and modals."""

from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from knowledge.support.lexicon import lexicon
from knowledge.support.tokens import Token

Kind = Literal[
    "denial",
    "duty",
    "leave",
    "possible",
    "likely",
    "advice",
    "plan",
    "future",
    "sure",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
MODAL: frozenset[Kind] = frozenset(KINDS) - {"denial"}
_LONGEST_PHRASE = 5
_COMPARED = frozenset(["more", "less", "most", "least"])


@cache
def _phrases() -> dict[tuple[str, ...], frozenset[Kind]]:
    found: dict[tuple[str, ...], set[Kind]] = {}
    words = lexicon()
    tables = {"denial": words.denial, **words.modality}
    for kind in KINDS:
        for phrase in tables[kind]:
            found.setdefault(tuple(phrase.split()), set()).add(kind)
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}


def cues(tokens: Sequence[Token]) -> tuple[frozenset[Kind], ...]:
    """What each cue of a sentence may be, the longest where several begin; none lies in another."""
    phrases = _phrases()
    # "May" is the month, but in front
    lowers = [
        "" if token.text == "May" and token.start else _plain(token.lower) for token in tokens
    ]
    found: list[frozenset[Kind]] = []
    place = 0
    while place < len(lowers):
        for length in range(min(_LONGEST_PHRASE, len(lowers) - place), 0, -1):
            phrase = tuple(lowers[place : place + length])
            kinds = phrases.get(phrase)
            if kinds and not (phrase == ("likely",) and place and lowers[place - 1] in _COMPARED):
                found.append(kinds)
                place += length
                break
        else:
            place += 1
    return tuple(found)


def _plain(lower: str) -> str:
    return "n't" if lower.endswith("n't") and lower != "can't" else lower.replace("can't", "cannot")

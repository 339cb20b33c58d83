"""Tells by its words and their order how likely a message is of each side.

A linear model over words, their neighbours and their parts, so that it also reads words that it
never saw. Its weights lie in `phrasing.npz`, fitted by `tests/evals/fit_phrasing.py`.
"""

import itertools
import math
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from knowledge.policy.lexicon import is_known
from knowledge.policy.normal import undisguised
from knowledge.policy.topics import Rule
from knowledge.shorthand import spelled_out

Array = NDArray[np.floating[Any]]
Side = Literal["open", "declined", "crisis"]

SIDES: tuple[Side, ...] = ("open", "declined", "crisis")
AREAS: tuple[Rule, ...] = tuple(rule for rule in get_args(Rule) if rule != "crisis")
PLACES = 1 << 17  # for traits to share
SHORTEST, LONGEST = 3, 5  # letters of a part of a word
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[?!]")  # noqa: RUF001 - as people type it


def readable(text: str) -> str:
    """A message in lower case, without disguises of its letters and the shorthand of chats."""
    # letters set apart are joined first, or shorthand would read each as a word
    return undisguised(spelled_out(undisguised(text, is_known)), is_known)


def traits(text: str) -> Mapping[int, float]:
    """What a readable message shows: by place the share it has, for words and their parts."""
    tokens = _TOKEN.findall(text)
    found: dict[int, float] = {}
    for group in (_sequences(tokens), _parts(tokens)):
        share = 1 / math.sqrt(len(group)) if group else 0.0
        for trait in group:
            place = zlib.crc32(trait.encode()) % PLACES
            found[place] = found.get(place, 0.0) + share
    return found


def scores_of(text: str) -> Array:
    """How much speaks for each side of a readable message, as logarithms of odds."""
    learnt = _learnt()
    return _scores(text, learnt["sides"], learnt["sides_bias"])


def area_of(text: str) -> Rule:
    """What a message that is declined most likely asks for."""
    learnt = _learnt()
    return AREAS[int(_scores(text, learnt["areas"], learnt["areas_bias"]).argmax())]


def _scores(text: str, weights: Array, bias: Array) -> Array:
    found = traits(text)
    places = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
    shares = np.fromiter(found.values(), dtype=np.float32, count=len(found))
    scores: Array = shares @ weights[places].astype(np.float32) + bias
    return scores


def _sequences(tokens: list[str]) -> set[str]:
    framed = ["^", *tokens, "$"]
    found = set(tokens)
    found.update(_joined(itertools.pairwise(framed)))
    found.update(_joined(zip(framed, framed[1:], framed[2:], strict=False)))
    found.update(f"{one} _ {other}" for one, other in zip(framed, framed[2:], strict=False))
    return found


def _joined(runs: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return (" ".join(run) for run in runs)


def _parts(tokens: list[str]) -> set[str]:
    found: set[str] = set()
    for token in tokens:
        if len(token) > 1:
            framed = f" {token} "
            for length in range(SHORTEST, LONGEST + 1):
                found.update(
                    f"#{framed[start : start + length]}"
                    for start in range(len(framed) - length + 1)
                )
    return found


@cache
def _learnt() -> Mapping[str, Array]:
    packaged = files("knowledge.policy") / "phrasing.npz"
    with packaged.open("rb") as file, np.load(file, allow_pickle=False) as learnt:
        return {name: learnt[name] for name in learnt.files}

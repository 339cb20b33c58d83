"""The general English that the check reads by, from `lexicon.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from knowledge.words import stems

Groups = Mapping[str, frozenset[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """What words mean to each other; all by lemma unless said otherwise.

    Attributes:
        lemmas: of forms that do not show theirs, in lower case.
        same: the groups of words of like meaning that a lemma stands in.
        modality: phrases in lower case, by class.
        denial: words and phrases in lower case.
        light: of words that say little by themselves.
        places: the places that a word in lower case names.
    """

    lemmas: Mapping[str, str]
    same: Groups
    modality: Mapping[str, frozenset[str]]
    denial: frozenset[str]
    light: frozenset[str]
    places: Groups


@cache
def lexicon() -> Lexicon:
    """The whole of it, read once."""
    packaged = files("knowledge.support") / "lexicon.toml"
    with packaged.open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    forms = {form: lemma for lemma, written in raw["irregular"].items() for form in written.split()}
    lemmas = {**{lemma: lemma for lemma in raw["irregular"]}, **forms}
    found = {form: stems([lemma])[0] for form, lemma in lemmas.items()}

    def lemma_all(words: Iterable[str]) -> list[str]:
        return [found.get(word) or stems([word])[0] for word in words]

    return Lexicon(
        lemmas=MappingProxyType(found),
        same=_groups(lemma_all(line.split()) for line in raw["same"]["groups"]),
        modality={name: frozenset(words) for name, words in raw["modality"].items()},
        denial=frozenset(raw["denial"]["words"]),
        light=frozenset(lemma_all(raw["light"]["known"].split())),
        places=_groups(line.split() for line in raw["places"]["names"]),
    )


def lemma_of(word: str) -> str:
    """The common form of a word in lower case."""
    known = lexicon().lemmas.get(word)
    return known if known is not None else stems([word])[0]


def _groups(lines: Iterable[list[str]]) -> Groups:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line:
            found.setdefault(word, set()).add(number)
    return MappingProxyType({word: frozenset(numbers) for word, numbers in found.items()})

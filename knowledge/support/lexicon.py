"""The general English that the check reads by, from `lexicon.toml`."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
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
        opposed: the sides that a lemma stands on: 2n against 2n + 1.
        modality: phrases in lower case, by class.
        denial: words and phrases in lower case.
        denied_by: of words that can stand where another text denies.
        range: words and phrases in lower case, by class.
        speech: lemmas of verbs of saying.
        hedged: those that tell an opinion.
        speakers: the kinds of speakers that a lemma names.
        verbs: forms of what can be done.
        things: those forms of them that are more often nouns.
        agents: of who can do something.
        light: of words that say little by themselves.
        places: the places that a word in lower case names.
    """

    lemmas: Mapping[str, str]
    same: Groups
    opposed: Groups
    modality: Mapping[str, frozenset[str]]
    denial: frozenset[str]
    denied_by: frozenset[str]
    range: Mapping[str, frozenset[str]]
    speech: frozenset[str]
    hedged: frozenset[str]
    speakers: Groups
    verbs: frozenset[str]
    things: frozenset[str]
    agents: frozenset[str]
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

    sides = [side.split() for pair in raw["opposed"]["pairs"] for side in pair.split(" / ")]
    return Lexicon(
        lemmas=MappingProxyType(found),
        same=_groups(lemma_all(line.split()) for line in raw["same"]["groups"]),
        opposed=_groups(lemma_all(side) for side in sides),
        modality={name: frozenset(words) for name, words in raw["modality"].items()},
        denial=frozenset(raw["denial"]["words"]),
        denied_by=frozenset(lemma_all(raw["denial"]["otherwise"].split())),
        range={name: frozenset(words) for name, words in raw["range"].items()},
        speech=frozenset(lemma_all(raw["speech"]["verbs"])),
        hedged=frozenset(lemma_all(raw["speech"]["hedged"])),
        speakers=_groups(lemma_all(line.split()) for line in raw["speech"]["kinds"]),
        verbs=frozenset(_forms(raw["verbs"]["known"].split(), lemmas)),
        things=frozenset(
            form for thing in raw["verbs"]["things"].split() for form in (thing, f"{thing}s")
        ),
        agents=frozenset(lemma_all(raw["agents"]["known"].split())),
        light=frozenset(lemma_all(raw["light"]["known"].split())),
        places=_groups(line.split() for line in raw["places"]["names"]),
    )


_OF_NOUNS = (
    "ion",
    "ance",
    "iant",
    "able",
    "ief",
    "oof",
    "ice",
    "ive",
    "ial",
    "ence",
    "theft",
    "pt",
    "ure",
    "ory",
    "tent",
    "weight",
    "ponse",
    "ight",
    "ength",
    "ngthy",
)


def _forms(verbs: Iterable[str], irregular: Mapping[str, str]) -> Iterator[str]:
    """What verbs look like, regular or not."""
    yield from (
        form
        for form, lemma in irregular.items()
        if lemma in verbs and not form.removesuffix("s").endswith(_OF_NOUNS)
    )
    for verb in verbs:
        stem = verb.removesuffix("e")
        yield verb
        yield from (f"{stem}ed", f"{stem}ing", f"{stem}{stem[-1]}ed", f"{stem}{stem[-1]}ing")
        yield from (f"{verb}s", f"{verb}es")
        if verb.endswith("y"):
            yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")


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

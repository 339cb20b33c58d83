"""Finds where in a passage each word of a sentence comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from knowledge.support.lexicon import lexicon
from knowledge.support.tokens import Sentence, Token, read_sentences, read_tokens

Key = TypeVar("Key")

MOST_READ = 200  # sentences of a passage
MOST_SENTENCES = 3  # that a sentence is merged from
LIGHT = 0.5  # what a word counts that says little by itself
EXACT, FORM, MEANING = 1.0, 0.9, 0.8
_LEAST_GAIN = 0.08
_SHORTEST_STEM = 4
_LONGEST_ENDING = 5


@dataclass(frozen=True, slots=True)
class Indexed:
    """A sentence of a passage, to look words up in."""

    sentence: Sentence
    lemmas: dict[str, tuple[int, ...]]
    groups: dict[int, tuple[int, ...]]
    starts: dict[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Alignment:
    """Where the words of a sentence come from.

    Attributes:
        tokens: of the sentence.
        region: numbers of the passage's sentences that it comes from, the best first.
        uncovered: content words that nothing holds.
        best: share of the content words that the best sentence holds, 0 to 1.
        whole: share that passage, title and headings hold.
    """

    tokens: tuple[Token, ...]
    region: tuple[int, ...]
    uncovered: frozenset[int]
    best: float
    whole: float


@lru_cache(maxsize=512)
def indexed(text: str) -> tuple[Indexed, ...]:
    """The sentences of a passage, to look words up in."""
    return tuple(_index(sentence) for sentence in read_sentences(text)[:MOST_READ])


@lru_cache(maxsize=512)
def indexed_heading(about: str) -> Indexed:
    """Title and headings as one sentence."""
    return _index(Sentence((0, len(about)), read_tokens(about[:2_000])))


def _index(sentence: Sentence) -> Indexed:
    lemmas: dict[str, list[int]] = {}
    groups: dict[int, list[int]] = {}
    starts: dict[str, list[int]] = {}
    same = lexicon().same
    for place, token in enumerate(sentence.tokens):
        lemmas.setdefault(token.lemma, []).append(place)
        if token.content:
            starts.setdefault(token.lemma[:_SHORTEST_STEM], []).append(place)
        for group in same.get(token.lemma, ()):
            groups.setdefault(group, []).append(place)
    return Indexed(sentence, _fixed(lemmas), _fixed(groups), _fixed(starts))


def _fixed(found: dict[Key, list[int]]) -> dict[Key, tuple[int, ...]]:
    return {key: tuple(places) for key, places in found.items()}


def found_in(token: Token, where: Indexed) -> tuple[float, tuple[int, ...]]:
    """How surely a sentence holds a word, 0 to 1, and where."""
    places = where.lemmas.get(token.lemma)
    if places:
        return EXACT, places
    near = tuple(
        place
        for place in where.starts.get(token.lemma[:_SHORTEST_STEM], ())
        if _same_word(token.lemma, where.sentence.tokens[place].lemma)
    )
    if near:
        return FORM, near
    for group in lexicon().same.get(token.lemma, ()):
        if group in where.groups:
            return MEANING, where.groups[group]
    return 0.0, ()


def _same_word(one: str, other: str) -> bool:
    """Whether two stems are of one word: "regul" and "regulatori"."""
    shorter, longer = sorted((one, other), key=len)
    common = 0
    for mine, theirs in zip(shorter, longer, strict=False):
        if mine != theirs:
            break
        common += 1
    return (
        common >= _SHORTEST_STEM
        and common >= len(shorter) - 1
        and len(longer) - common <= _LONGEST_ENDING
    )


def aligned(tokens: tuple[Token, ...], passage: Sequence[Indexed], heading: Indexed) -> Alignment:
    """Where the words of a sentence come from."""
    content = [place for place, token in enumerate(tokens) if token.content]
    table = [_found(tokens, content, each) for each in passage]
    region = _region(content, table)
    near = _strengths(content, region, table)
    rest = [place for place in content if place not in near]
    elsewhere = frozenset(
        place
        for place in rest
        if any(place in found for found in table) or found_in(tokens[place], heading)[0]
    )
    worth = {place: LIGHT if tokens[place].lemma in lexicon().light else 1.0 for place in content}
    total = sum(worth.values()) or 1.0
    held = sum(strength * worth[place] for place, strength in near.items())
    first = table[region[0]] if region else {}
    best = sum(strength * worth[place] for place, (strength, _) in first.items())
    return Alignment(
        tokens=tokens,
        region=tuple(region),
        uncovered=frozenset(rest) - elsewhere,
        best=best / total,
        whole=(held + sum(worth[place] for place in elsewhere)) / total if content else 1.0,
    )


def _found(
    tokens: Sequence[Token], content: Sequence[int], where: Indexed
) -> dict[int, tuple[float, tuple[int, ...]]]:
    """Of each content word that a sentence holds, how surely and where."""
    by_lemma = {tokens[place].lemma: tokens[place] for place in content}
    found = {lemma: found_in(token, where) for lemma, token in by_lemma.items()}
    return {place: found[tokens[place].lemma] for place in content if found[tokens[place].lemma][0]}


def _region(
    content: Sequence[int], table: Sequence[dict[int, tuple[float, tuple[int, ...]]]]
) -> list[int]:
    """The sentences that hold most of the words, each as long as it adds to those before."""
    region: list[int] = []
    held = dict.fromkeys(content, 0.0)
    while len(region) < MOST_SENTENCES:
        gains = [
            (sum(max(0.0, found[0] - held[place]) for place, found in each.items()), -number)
            for number, each in enumerate(table)
            if number not in region
        ]
        if not gains:
            break
        gain, number = max(gains)
        if gain <= (_LEAST_GAIN * len(content) if region else 0.0):
            break
        region.append(-number)
        for place, found in table[-number].items():
            held[place] = max(held[place], found[0])
    return region


def _strengths(
    content: Sequence[int],
    region: Sequence[int],
    table: Sequence[dict[int, tuple[float, tuple[int, ...]]]],
) -> dict[int, float]:
    """How surely the region holds each word that it holds, the better sentence being preferred."""
    found: dict[int, float] = {}
    for place in content:
        options = [
            (table[number][place][0] - 0.05 * order, number)
            for order, number in enumerate(region)
            if place in table[number]
        ]
        if options:
            found[place] = table[max(options)[1]][place][0]
    return found

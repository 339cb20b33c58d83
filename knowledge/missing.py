"""Notices that the answer may stand in a numbered provision that the library lacks.

A law of which one article was never taken in reads as if that article did not exist: its
neighbours come near the question, and say "pursuant to Article 23". Where the library holds nearly
all numbers of a text, what it lacks between them is a hole, and a question whose best passages
point to a hole, or stand right beside one, may well have its answer there.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from knowledge.index import Snapshot
from knowledge.model import Passage
from knowledge.quoting import Sentence
from knowledge.references import heading_references, own_references
from knowledge.search import Found

LEAST_NUMBERS = 10  # provisions of one kind that make a numbered text
LEAST_SHARE = 0.8  # of the numbers up to the last one, that the library must hold of the text
PASSAGES = 5
SENTENCES = 8

_WHOLE = re.compile(r"(article|section|recital) (\d+)(?![\d.])")


def missing_provisions(found: Found, ranked: Sequence[Sentence]) -> tuple[str, ...]:
    """Provisions, such as "article 23", that the library lacks and the best passages point to.

    Args:
        found: what a search found.
        ranked: its sentences, best first.
    """
    holes = _Holes(found.snapshot, found.hidden)
    named: list[str] = []
    for passage in found.passages[:PASSAGES]:
        named += _pointed_to(holes, passage, passage.chunk.text)
        named += _beside(holes, passage, 0)
    for sentence in ranked[:SENTENCES]:
        named += _pointed_to(holes, sentence.passage, sentence.text)
        named += _beside(holes, sentence.passage, sentence.spans[sentence.index][0])
    return tuple(dict.fromkeys(named))


def _by_kind(names: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for kind, number in _numbered(names):
        found.setdefault(kind, set()).add(number)
    return found


def _numbered(names: Collection[str]) -> Iterator[tuple[str, int]]:
    """Kind and number of provisions in their one spelling; parts count as their whole."""
    for name in names:
        match = _WHOLE.match(name)
        if match:
            yield match[1], int(match[2])


class _Holes:
    """What is lacking between the numbers that a library holds of its texts."""

    def __init__(self, snapshot: Snapshot, hidden: Collection[str]) -> None:
        held = {key: names for key, names in snapshot.provisions().items() if key not in hidden}
        self._of_source = {key: _by_kind(names) for key, names in held.items()}
        self._titled: dict[str, set[int]] = {}  # where every provision is a source of its own
        self._anywhere: dict[str, set[int]] = {}
        for key, numbers in self._of_source.items():
            for kind, found in numbers.items():
                self._anywhere.setdefault(kind, set()).update(found)
            for kind, number in _numbered(heading_references((snapshot.sources[key].title,))):
                self._titled.setdefault(kind, set()).add(number)

    def has(self, source_id: str, kind: str, number: int) -> bool:
        """Whether the text that a source is, or is a part of, lacks this number."""
        series = self._of_source.get(source_id, {}).get(kind, set())
        if len(series) < LEAST_NUMBERS:
            series = self._titled.get(kind, set())
        if len(series) < LEAST_NUMBERS or not 0 < number < max(series):
            return False
        whole = len(series) >= LEAST_SHARE * max(series)
        return whole and number not in self._anywhere[kind]


def _pointed_to(holes: _Holes, passage: Passage, text: str) -> list[str]:
    return [
        f"{kind} {number}"
        for kind, number in _numbered(own_references(text))
        if holes.has(passage.source.id, kind, number)
    ]


def _beside(holes: _Holes, passage: Passage, position: int) -> list[str]:
    headings = (passage.source.title, *passage.chunk.heading_path_at(position))
    return [
        f"{kind} {near}"
        for kind, number in _numbered(heading_references(headings))
        for near in (number - 1, number + 1)
        if holes.has(passage.source.id, kind, near)
    ]

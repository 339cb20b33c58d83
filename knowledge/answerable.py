"""What a question takes for granted, and whether the best sentences can bear it.

Closeness of topic says little on whether a question is answered. Some questions say themselves
what an answer needs: whether a text still holds needs its status; how things stand at the moment
needs a dated sentence; what somebody's licence says needs that licence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answer_types import names_in, names_one
from knowledge.fitness import asks_standing, tells_standing
from knowledge.model import Passage
from knowledge.quoting import Sentence
from knowledge.search import Found
from knowledge.words import stems, words

BEST_SENTENCES = 4
LEAST_LETTERS = 2  # of a word that names something; "R" and "1" of "R1" do not

# which, who or how many at the moment: a rule on how a list is kept does not tell what is on it
_ASKS_PRESENT = re.compile(
    r"\b(which|who|how (many|much)|what)\b.*\b(right now|at (the|this) moment|as of (now|today)|"
    r"so far|to date|currently|today|(this|last) (week|month|year))\b",
    re.IGNORECASE,
)
_TELLS_PRESENT = re.compile(
    r"\b(19|20)\d\d\b|\b(currently|at present|(?<!up )to date|so far|as of)\b", re.IGNORECASE
)
_DOCUMENT = (
    r"(?P<noun>licen[cs]es?|terms|polic(?:y|ies)|report|order|act|law|laws|bill|regulation|directive|"
    r"guidelines?|framework|statement|letter|charter|code)\b"
)
_NAME = r"(?P<name>[A-Z][\w.\-]*(?: [A-Z0-9][\w.\-]*){0,3})"
# "Mistral's research licence", "the terms of use of Gemma", "the Mistral licence"
_ASKS_DOCUMENT = (
    re.compile(rf"\b{_NAME}['’]s? (?:[\w\-]+ ){{0,2}}?{_DOCUMENT}"),  # noqa: RUF001
    re.compile(rf"\b{_DOCUMENT}(?: of use)? (?:of|for|by|from) (?:the )?{_NAME}"),
    re.compile(rf"(?<=[a-z] ){_NAME} (?P<noun>[Ll]icen[cs]es?)\b"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _NamedDocument:
    name: frozenset[str]
    nouns: frozenset[str]


def can_bear(found: Found, ranked: Sequence[Sentence]) -> bool:
    """Whether the best of what was found has what the question itself says an answer needs."""
    text, best = found.question.text, ranked[:BEST_SENTENCES]
    if asks_standing(text) and not _tell_standing(found, best):
        return False
    if _ASKS_PRESENT.search(text) and not any(_TELLS_PRESENT.search(each.text) for each in best):
        return False
    return all(_is_spoken_of(document, found.passages) for document in _documents(text))


def _tell_standing(found: Found, best: Sequence[Sentence]) -> bool:
    """Whether a sentence on what is named tells it, or the status of the text asked about does."""
    names = names_in(found.question.read)
    asked_about = {source for group in found.question.groups for source in group.sources}
    asked_about |= {each.passage.source.id for each in best[:1]}
    return any(
        (tells_standing(each.text) and names_one(each, names))
        or (
            each.passage.source.id in asked_about
            and each.passage.source.status not in ("unknown", "final")
        )
        for each in best
    )


def _documents(text: str) -> Iterator[_NamedDocument]:
    for pattern in _ASKS_DOCUMENT:
        for match in pattern.finditer(text):
            name = frozenset(word for word in words(match["name"]) if len(word) >= LEAST_LETTERS)
            if name:
                yield _NamedDocument(name=name, nouns=_spellings(match["noun"].lower()))


def _spellings(noun: str) -> frozenset[str]:
    """Its stem, of a licence in British and in American spelling."""
    return frozenset(stems((noun, noun.replace("cenc", "cens"), noun.replace("cens", "cenc"))))


def _is_spoken_of(document: _NamedDocument, passages: Sequence[Passage]) -> bool:
    """Whether some passage is of this document, or names it in one of its lines."""
    for passage in passages:
        source = passage.source
        about = " ".join((source.title, source.publisher or "", *passage.chunk.heading_path))
        if document.name & set(words(about)):
            return True
        for line in re.split(r"(?<=[.;:])\s|\n", passage.chunk.text):
            held = set(words(line))
            if document.nouns & held and document.name & held:
                return True
    return False

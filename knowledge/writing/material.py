"""Picks the passages that a chat model is given to write from."""

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from knowledge.instructions import is_instruction
from knowledge.labels import one_place, standing
from knowledge.model import Citation, Passage
from knowledge.policy import is_operational
from knowledge.quoting import Sentence
from knowledge.sentences import sentence_spans
from knowledge.sides import OPPOSITE_SHARE, SIDES
from knowledge.support import Given
from knowledge.wording import tokens_of
from knowledge.words import is_function_word

MOST_PASSAGES = 8
NEAR_SHARE = 0.5  # of the best sentence's score, for a passage that is not quoted to be given
MOST_CHARACTERS = 10_000  # of all passages, about 2,500 tokens
ENGLISH_SHARE = 0.15  # of the words, from which a text with so many English function words is so


def material(
    cited: Sequence[Citation], rankings: Sequence[Sequence[Sentence]], *, contested: bool
) -> tuple[Passage, ...]:
    """The passages to write from, best first; those that are quoted are among them.

    What must not be quoted is not given either. The check reads English only, and so does this.

    Args:
        cited: what the quoted answer shows.
        rankings: of each search, best sentence first.
        contested: whether both sides are to be heard.
    """
    near = [_near(ranked) for ranked in rankings]
    voices = _voices(rankings) if contested else []
    turns = chain.from_iterable(zip_longest(*near))
    wanted = [*(each.passage for each in cited), *voices, *(each for each in turns if each)]
    taken: dict[str, Passage] = {}
    room = MOST_CHARACTERS
    for passage in wanted:
        if passage.chunk.id in taken or not may_be_given(passage):
            continue
        if taken and len(passage.chunk.text) > room:
            continue
        taken[passage.chunk.id] = passage
        room -= len(passage.chunk.text)
        if len(taken) == MOST_PASSAGES:
            break
    return tuple(taken.values())


def given(passages: Sequence[Passage]) -> tuple[Given, ...]:
    """Passages as the writer and the check have them, numbered from 1."""
    return tuple(
        Given(
            number=number,
            text=passage.chunk.text,
            about=about(passage),
            heading=heading(passage),
        )
        for number, passage in enumerate(passages, start=1)
    )


def heading(passage: Passage) -> str:
    """Who published a passage, in what, under which headings."""
    source = passage.source
    where = " > ".join((source.title, *_headings(passage)))
    return f"{source.publisher}: {where}" if source.publisher else where


def about(passage: Passage) -> str:
    """The same, and how that stands."""
    source = passage.source
    parts = (
        source.title,
        *_headings(passage),
        f"published by {source.publisher}" if source.publisher else "",
        f"published {source.published}" if source.published else "",
        source.jurisdiction or "",
        standing(source),
        f"superseded by {source.superseded_by}" if source.superseded_by else "",
    )
    return "; ".join(" ".join(part.split()) for part in parts if part)


def _headings(passage: Passage) -> list[str]:
    chunk = passage.chunk
    paths = (chunk.heading_path, *(path for _, path in chunk.heading_breaks))
    headings = dict.fromkeys(one_place(path[-1]) for path in paths if path)
    headings.pop(one_place(passage.source.title), None)
    return list(headings)


def may_be_given(passage: Passage) -> bool:
    """Whether a passage may be shown to a model: harmless, without orders to it, in English."""
    text = passage.chunk.text
    return (
        bool(text.strip())
        and not is_operational(text)
        and not any(is_instruction(text[start:end]) for start, end in sentence_spans(text))
        and _is_english(text)
    )


def _near(ranked: Sequence[Sentence]) -> list[Passage]:
    """The passages of the sentences that come near the best one."""
    least = NEAR_SHARE * ranked[0].score if ranked else 0.0
    return _distinct(each.passage for each in ranked if each.score >= least)


def _voices(rankings: Sequence[Sequence[Sentence]]) -> list[Passage]:
    """The nearest passage of each side, where one comes near enough."""
    found: list[Passage] = []
    for side in SIDES:
        for ranked in rankings:
            own = [each for each in ranked if each.passage.source.stance == side]
            if own and own[0].score >= OPPOSITE_SHARE * ranked[0].score:
                found.append(own[0].passage)
                break
    return found


def _distinct(passages: Iterable[Passage]) -> list[Passage]:
    return list({passage.chunk.id: passage for passage in passages}.values())


def _is_english(text: str) -> bool:
    spoken = [token.plain for token in tokens_of(text) if token.plain[0].isalpha()]
    return sum(map(is_function_word, spoken)) >= ENGLISH_SHARE * len(spoken)

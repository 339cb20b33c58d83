"""Chooses what to show behind an answer: more of it, or the other side."""

from collections import Counter
from collections.abc import Collection, Sequence

from knowledge.choosing import MAX_QUOTES, Quote, choose_quotes
from knowledge.gate import confidence
from knowledge.model import Source
from knowledge.quoting import Sentence
from knowledge.reading import Reading
from knowledge.sides import SIDE_NAMES, SIDES, hear_both
from knowledge.words import words

MORE_SHARE = 0.65  # of the best sentence's score, from which an unseen one is near enough
SAME_WORDS = 0.7  # share of common words above which a quote says what was seen
MOST_OF_SIDE = 3  # quotes, when both sides are shown
NOTHING_MORE = "My library holds nothing more that comes near this."


def more_quotes(reading: Reading, seen: Collection[str], least: float) -> tuple[Quote, ...]:
    """The next best quotes, none of which repeats what was seen; none when nothing comes near.

    Args:
        reading: of the question.
        seen: quotes that were shown, word for word.
        least: confidence that the unseen sentences must reach by themselves.
    """
    shown = [_flat(quote) for quote in seen]
    held = [frozenset(words(quote)) for quote in shown]
    left = [each for each in reading.ranked if not _is_seen(each.text, shown, held)]
    if not left or reading.found is None or confidence(reading.found, left) < least:
        return ()
    near = [each for each in left if each.score >= MORE_SHARE * reading.ranked[0].score]
    quotes = hear_both(reading.found.question, near)
    return tuple(quote for quote in quotes if not _is_seen(quote.text, shown, held))


def side_quotes(ranked: Sequence[Sentence], sides: Sequence[str]) -> tuple[Quote, ...]:
    """The best quotes of each side's sources."""
    most = MOST_OF_SIDE if len(sides) > 1 else MAX_QUOTES
    return tuple(
        quote
        for side in sides
        for quote in choose_quotes([each for each in ranked if _stance(each) == side])[:most]
    )


def unheard(heard: Collection[str]) -> tuple[str, ...]:
    """The sides that were heard least, of stances that were heard once each or more often."""
    counts = Counter(heard)
    fewest = min(counts[side] for side in SIDES)
    return tuple(side for side in SIDES if counts[side] == fewest)


def not_of(sides: Collection[str], sources: Collection[Source]) -> frozenset[str]:
    """The ids of the sources that take none of these sides."""
    return frozenset(source.id for source in sources if source.stance not in sides)


def side_silence(sides: Sequence[str], sources: Collection[Source]) -> str:
    """What to say when no source of these sides comes near, or when there is none."""
    named = " or ".join(SIDE_NAMES[side] for side in sides)
    if any(source.stance in sides for source in sources):
        return f"No source {named} in my library comes near this."
    return f"My library holds no source {named}."


def _stance(sentence: Sentence) -> str:
    return sentence.passage.source.stance


def _flat(text: str) -> str:
    return " ".join(text.split())


def _is_seen(text: str, shown: Sequence[str], held: Sequence[Collection[str]]) -> bool:
    flat = _flat(text)
    mine = frozenset(words(flat))
    return any(flat in quote or quote in flat for quote in shown) or any(
        len(mine & other) > SAME_WORDS * len(mine) for other in map(frozenset, held)
    )

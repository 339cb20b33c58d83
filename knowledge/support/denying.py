"""Whether the same words are denied in the sentence and in its passage."""

from collections.abc import Sequence

from knowledge.support.comparing import Comparison
from knowledge.support.cues import Cue
from knowledge.support.lexicon import lexicon
from knowledge.support.tokens import Token

GOVERNED = 2  # content words behind a denial that it denies
REACH = 7  # words to either side in which a denial may stand otherwise
FAR = 10  # the same in the other text
_PREFIXES = ("un", "non", "dis", "in", "im", "ir", "il", "mis")


def denying_traits(comparison: Comparison) -> dict[str, float]:
    """How many denials of words that were taken over were lost."""
    links = comparison.alignment.links
    lost = 0
    back = {(link.sentence, link.given): link.claimed for link in links}
    for number, found in comparison.theirs.items():
        tokens = comparison.given(number)
        for cue in found:
            if "denial" in cue.kinds and not _doubled(tokens, found, cue):
                governed = _governed(tokens, cue)
                linked = [back[number, place] for place in governed if (number, place) in back]
                lost += bool(linked) and not any(
                    denied_near(comparison.tokens, comparison.mine, place) for place in linked
                )
    return {"denial-lost": float(lost)}


def _doubled(tokens: Sequence[Token], found: Sequence[Cue], one: Cue) -> bool:
    """Whether two denials cancel each other: "must not ... without", "no ... unless"."""
    excepted = any(
        token.lower in {"unless", "until", "except"}
        for token in tokens[one.end : one.end + 2 * REACH]
    )
    return excepted or any(
        "denial" in cue.kinds and cue != one and abs(cue.start - one.start) <= 2 * REACH
        for cue in found
    )


def _governed(tokens: Sequence[Token], cue: Cue) -> list[int]:
    """The first content words behind a denial, or before it when none is there."""
    found = [
        place
        for place in range(cue.end, min(len(tokens), cue.end + REACH))
        if tokens[place].content and tokens[place].clause - cue.clause <= 1
    ]
    return found[:GOVERNED]


def denied_near(tokens: Sequence[Token], found: Sequence[Cue], place: int) -> bool:
    """Whether something near a word, or the word itself, denies it."""
    near = range(max(0, place - FAR), min(len(tokens), place + FAR + 1))
    if any("denial" in cue.kinds and cue.start in near for cue in found):
        return True
    known = lexicon()
    return any(
        tokens[each].lemma in known.denied_by
        or (tokens[each].lower.startswith(_PREFIXES) and tokens[each].lemma in known.opposed)
        for each in near
    )

"""Understands a follow-up ("and for closed models?") by what was asked before.

A question that stands alone is never touched. No model is used, and nothing is remembered;
`python -m tests.evals.followups` measures it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from knowledge.conversation_words import BOUNDARIES, OPPOSITES, PLACES, PREPOSITIONS
from knowledge.leaning import is_fragment, leans, without_tie
from knowledge.references import named_references
from knowledge.smalltalk import smalltalk
from knowledge.wording import Token, is_empty, tokens_of

MOST_EARLIER = 5  # questions
MOST_CARRIED = 200  # characters

_PROVISION = re.compile(
    r"\b(articles?|art\.?|sections?|sec\.?|recitals?|annex(es)?|chapter|§)\s*"
    r"(\d+[a-z]?(\.\d+)*(\s?\(\d+[a-z]?\))*|[IVXL]+\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(19|20)\d\d\b")


def standalone(question: str, earlier: Sequence[str]) -> str:
    """The question with the topic that it takes from earlier ones; itself when it needs none.

    Args:
        question: as written.
        earlier: by the same person in the same conversation, the newest first; `MOST_EARLIER` are
            looked at. What was smalltalk is passed over.
    """
    return _understood(question, topic_before(earlier))


def topic_before(earlier: Sequence[str]) -> str:
    """What the questions before one were about, in their own words; "" when there were none.

    Args:
        earlier: as of `standalone`.
    """
    topic = ""
    for said in reversed(earlier[:MOST_EARLIER]):
        if said.strip() and not smalltalk(said):
            topic = _understood(said, topic)
    return topic


def joined(question: str, topic: str) -> str:
    """The question with what it takes over from a topic, whether it leans on it or not."""
    taken = carried(question, topic)
    return f"{taken}: {question.strip()}" if taken else question


def carried(question: str, before: str) -> str:
    """What a question that leans takes over from the one before it, in that one's words."""
    left = _without_replaced(question, before)
    tokens = tokens_of(left)
    while tokens and not tokens[0].is_name and is_empty(tokens[0]):
        tokens = tokens[1:]
    kept = [token for token in tokens if not is_empty(token)]
    words = " ".join(dict.fromkeys(token.text for token in kept))
    return words if len(words) <= MOST_CARRIED else words[:MOST_CARRIED].rsplit(" ", 1)[0]


def _understood(question: str, topic: str) -> str:
    return joined(question, topic) if topic and leans(question) else question


def _without_replaced(question: str, before: str) -> str:
    """The earlier question without what the follow-up asks for something else instead of."""
    left = before
    if named_references(question):
        left = _PROVISION.sub(" ", left)
    if _YEAR.search(question):
        left = _YEAR.sub(" ", left)
    tokens = tokens_of(question)
    spoken = {token.plain for token in tokens}
    for one, other in OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if spoken & mine and not spoken & theirs:
                left = _without_words(left, theirs)
    if not named_references(question) and is_fragment(question, tokens):
        left = _without_parallel(without_tie(tokens), left)
    return left


def _without_parallel(fragment: Sequence[Token], before: str) -> str:
    """The earlier question without the part whose place a fragment takes."""
    if not fragment:
        return before
    opening = fragment[0].plain
    if opening in PREPOSITIONS:
        left = _without_phrase(opening, before)
        if left != before or not any(token.plain in PLACES for token in fragment):
            return left
    mine = [token for token in fragment if token.is_name]
    if not mine:
        return before
    place = any(token.plain in PLACES for token in mine)
    for span in _names(before):
        if any(token.plain in PLACES for token in span) == place:
            return f"{before[: span[0].start]} {before[span[-1].end :]}"
    return before


def _without_phrase(preposition: str, before: str) -> str:
    """The earlier question without its last phrase with a preposition."""
    tokens = tokens_of(before)
    places = [n for n, token in enumerate(tokens) if token.plain == preposition and n > 0]
    if not places:
        return before
    first = places[-1]
    end = first + 1
    while end < len(tokens) and tokens[end].plain not in PREPOSITIONS | BOUNDARIES:
        end += 1
    return f"{before[: tokens[first].start]} {before[tokens[end - 1].end :]}"


def _names(text: str) -> Iterator[list[Token]]:
    """The names in a text, each with the words next to each other that it consists of."""
    for is_name, run in groupby(tokens_of(text), key=lambda token: token.is_name):
        if is_name:
            yield list(run)


def _without_words(text: str, gone: Collection[str]) -> str:
    kept, end = [], 0
    for token in tokens_of(text):
        if token.plain in gone:
            kept.append(text[end : token.start])
            end = token.end
    return " ".join([*kept, text[end:]])

"""Notices that a question or sentence cannot be understood without what was said before it.

In doubt it stands alone: what would be carried over into it would only mislead the search.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from knowledge.conversation_words import (
    ABOUT,
    AUXILIARIES,
    BINDERS,
    BOUNDARIES,
    ENGLISH_OPENINGS,
    GERMAN_OPENINGS,
    GERMAN_POINTING,
    GERMAN_POSSESSIVES,
    GERMAN_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    REQUESTS,
)
from knowledge.wording import Token, is_german, is_topic, tokens_of

FULL = 3  # names and words of its own, from which "what about ...?" needs nothing from before
RICH = 4  # words of a topic in front of a pronoun, from which it stands for one of them
NAMED = 2  # words of a topic behind "that", from which it points at nothing else
BRIEF = 2  # words of a topic
FRAGMENT_WORDS = 5  # of a question that begins with a preposition

# "it" that stands for nothing: "is it true that", "does it matter whether", "gibt es"
_EMPTY_IT = re.compile(
    r"\b(is|was|isn['’]?t|wasn['’]?t|be|would|will|how \w+ is)( it| it be)( \w+){1,3}? "  # noqa: RUF001
    r"(to|2|that|if|whether|when)\b|"
    r"\bit (\w+ )?(matters?|takes?|costs?|makes? sense|helps?|means?|looks?|seems?) "
    r"(\w+ )?(to|that|if|whether|when|like)\b|"
    r"\bit (\w+ )?\w+ for .+ to \w+|"
    r"\b(gibt|gäbe|geht) es\b|\bes (gibt|geht um)\b|"
    r"\b(ist|war|wäre) es \w+( \w+)?,? (dass|ob|wenn|\w+ (zu )?\w+)\b",
    re.IGNORECASE,
)
# "that" and "this" that point at what was said, and not at a noun or clause of the question
_POINTING = re.compile(
    r"(?:^|(?<=[.!?] )|\b(?:is|was|are|were|do|does|did|can|could|will|would|should|has|have|why|"
    r"how|and|but|about|against|for|of|like|than|on|with|by|from|to|in|at|isn['’]?t|"  # noqa: RUF001
    r"doesn['’]?t) )that\b|"  # noqa: RUF001 - the typographic apostrophe
    r"\bthat(?=\W*$)|"
    r"\bthis\b(?! (?:bot|server|channel|thread|year|month|week|project|library|time)\b)|"
    r"\bthese\b(?! days)|\bthose\b(?! (?:who|that|with|of|in|from|for|found|\w+ed)\b)|"
    r"\bones\b|\bthe (?:former|latter|other side)\b|"
    r"\b(?:the (?:same|other|best|worst|most|least)|either|otherwise)(?=\W*$)|"
    r"(?<!no )\bone(?=\W*$)|(?<!is )(?<!are )(?<!was )\bthere(?=\W*$)|"
    r"\b(?:anything|what|who|anyone|where) else\b",
    re.IGNORECASE,
)
_GERMAN_DAS = re.compile(
    r"\bdas(?=\W*$| (?:auch|denn|wirklich|so|noch|schon|genau|dann|nur|nicht|legal|erlaubt|"
    r"verboten|möglich|sicher|heute|immer|überhaupt|alles|wahr|richtig|strafbar|in|für|mit|bei|von)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Standing:
    """The words of a language that stand for others."""

    pronouns: Collection[str]
    possessives: Collection[str]


def leans(text: str) -> bool:
    """Whether a question or sentence cannot be understood without what was said before."""
    tokens = tokens_of(text)
    if not tokens:
        return False
    return is_fragment(text, tokens) or not any(map(is_topic, tokens)) or _points_back(text, tokens)


def is_brief(text: str) -> bool:
    """Whether a question says so little that it may go on with the topic of the one before."""
    tokens = tokens_of(text)
    return bool(tokens) and sum(map(is_topic, tokens)) <= BRIEF


def without_tie(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words of a question without the one that ties it to the one before, such as "and"."""
    ties = ENGLISH_OPENINGS | GERMAN_OPENINGS
    return tokens[1:] if len(tokens) > 1 and tokens[0].plain in ties else tokens


def is_fragment(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a question lacks the clause that it belongs to: "and for closed models?"."""
    flat = " ".join(token.plain for token in tokens)
    rest = without_tie(tokens)
    if flat.startswith(ABOUT) or " ".join(token.plain for token in rest).startswith(ABOUT):
        return not _is_full(tokens)
    opening = rest[0].plain
    if len(rest) < len(tokens):
        return opening in PREPOSITIONS or not _has_clause(rest)
    return opening in PREPOSITIONS and len(rest) <= FRAGMENT_WORDS and text.rstrip().endswith("?")


def _has_clause(tokens: Sequence[Token]) -> bool:
    """Whether there is a verb that does not belong to a relative clause."""
    if tokens[0].plain in AUXILIARIES | REQUESTS:
        return True
    return any(
        token.plain in AUXILIARIES and before.plain not in RELATIVES
        for before, token in pairwise(tokens)
    )


def _is_full(tokens: Sequence[Token]) -> bool:
    """Whether a fragment names its own topic: "what about the Arup deepfake fraud?"."""
    topics = [token for token in tokens if is_topic(token)]
    names = [run for is_name, run in groupby(topics, key=lambda token: token.is_name) if is_name]
    others = sum(not token.is_name for token in topics)
    lettered = any(token.is_name and token.plain[0].isalpha() for token in topics)
    return lettered and len(names) + others >= FULL


def _points_back(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a word stands for something outside the question."""
    if is_german([token.plain for token in tokens]):
        pointing = [*_GERMAN_DAS.finditer(text)]
        pointed = {token.start for token in tokens if token.plain in GERMAN_POINTING}
        words = _Standing(pronouns=GERMAN_PRONOUNS, possessives=GERMAN_POSSESSIVES)
    else:
        pointing, pointed = [*_POINTING.finditer(text)], set()
        words = _Standing(pronouns=PRONOUNS, possessives=POSSESSIVES)
    ends = {match.end() for match in pointing}
    pointed |= {token.start for token in tokens if any(_meets(token, end) for end in ends)}
    return _has_free(text, tokens, words, pointed)


def _meets(token: Token, end: int) -> bool:
    return token.start < end <= token.end


def _has_free(
    text: str, tokens: Sequence[Token], words: _Standing, pointed: Collection[int]
) -> bool:
    """Whether a pronoun is not bound by a noun of its own question.

    A possessive is bound by any noun in front of it, another pronoun by one of an earlier clause
    or by several: "once people have it", but not "what does Meta say about it".
    """
    empty = bool(_EMPTY_IT.search(" ".join(text.split())))
    topics, named, bound = 0, False, False
    for place, token in enumerate(tokens):
        if token.plain in words.possessives and not named:
            return True
        if not bound and (token.start in pointed or _is_pronoun(token, words, place)):
            if not (_is_named_at(tokens, place) or (empty and token.plain in ("it", "es"))):
                return True
            empty = empty and token.plain not in ("it", "es")
        topics += is_topic(token)
        named = named or bool(topics) or token.plain in BINDERS
        bound = bound or topics >= RICH or (named and _opens_clause(tokens, place))
    return False


def _is_pronoun(token: Token, words: _Standing, place: int) -> bool:
    formal = token.text == "Sie" and place > 0
    return token.plain in words.pronouns and not formal and token.text != "IT"


def _is_named_at(tokens: Sequence[Token], place: int) -> bool:
    """Whether what a word points at is named right behind it ("that Arup deepfake call").

    And whether a "they" is nobody in particular, in a question with a topic of its own.
    """
    behind = tokens[place + 1 : place + 1 + NAMED]
    if tokens[place].plain == "they":
        return sum(map(is_topic, tokens)) >= FULL
    return len(behind) == NAMED and all(map(is_topic, behind))


def _opens_clause(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.plain in BOUNDARIES or not token.plain[0].isalnum():
        return True
    return token.plain.endswith("ing") and place > 0 and tokens[place - 1].plain in PREPOSITIONS

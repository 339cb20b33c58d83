"""Understands a follow-up ("and for closed models?") by what was asked before.

A question that stands alone is never touched: what is carried over into it would only mislead the
search. No model is used; `python -m tests.evals.followups` measures it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from knowledge.conversation_words import (
    ABOUT,
    AUXILIARIES,
    BINDERS,
    BOUNDARIES,
    ENGLISH_OPENINGS,
    GENERIC,
    GERMAN,
    GERMAN_OPENINGS,
    GERMAN_POINTING,
    GERMAN_POSSESSIVES,
    GERMAN_PRONOUNS,
    INTERROGATIVES,
    OPPOSITES,
    PLACES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    REQUESTS,
    SHARED,
)
from knowledge.references import named_references
from knowledge.smalltalk import smalltalk
from knowledge.words import is_function_word, stems

MOST_EARLIER = 5  # questions
MOST_CARRIED = 200  # characters
FULL = 3  # names and words of its own, from which "what about ...?" needs nothing from before
NAMED = 2  # words of a topic behind "that", from which it points at nothing else
FRAGMENT_WORDS = 5  # of a question that begins with a preposition

_TOKEN = re.compile(r"(?P<word>\w+(?:[.\-’']\w+)*)|(?P<stop>[,;:()–—.!?])")  # noqa: RUF001 - as phones type it
_APOSTROPHES = re.compile(r"['’]")  # noqa: RUF001 - the same
_POSSESSIVE_END = re.compile(r"['’]s?$")  # noqa: RUF001 - the same
_PROVISION = re.compile(
    r"\b(articles?|art\.?|sections?|sec\.?|recitals?|annex(es)?|chapter|§)\s*"
    r"(\d+[a-z]?(\.\d+)*(\s?\(\d+[a-z]?\))*|[IVXL]+\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(19|20)\d\d\b")
# "it" that stands for nothing: "is it true that", "does it matter whether", "gibt es"
_EMPTY_IT = re.compile(
    r"\b(is|was|isn['’]?t|wasn['’]?t|be|would|will|how \w+ is)( it| it be)( \w+){1,3}? "  # noqa: RUF001
    r"(to|that|if|whether|when)\b|"
    r"\bit (\w+ )?(matters?|takes?|costs?|makes? sense|helps?|means?|looks?|seems?) "
    r"(\w+ )?(to|that|if|whether|when|like)\b|"
    r"\bit (\w+ )?\w+ for .+ to \w+|"
    r"\b(gibt|gäbe|geht) es\b|\bes (gibt|geht um)\b|"
    r"\b(ist|war|wäre) es \w+( \w+)?,? (dass|ob|wenn|\w+ (zu )?\w+)\b",
    re.IGNORECASE,
)
# "that" and "this" that point at what was said, and not at a noun or clause of the question
_POINTING = re.compile(
    r"(?:^|(?<=[.!?] )|\b(?:is|was|are|were|do|does|did|can|could|will|would|should|has|have|why|how|"
    r"and|but|about|against|for|of|like|than|on|with|by|from|to|in|at|isn['’]?t|doesn['’]?t) )that\b|"  # noqa: RUF001
    r"\bthat\W*$|\bthis\b(?! (?:bot|server|channel|thread|year|month|week|project|library|time)\b)|"
    r"\bthese\b(?! days)|\bthose\b(?! (?:who|that|with|of|in|from|for|found|\w+ed)\b)|"
    r"\bones\b|\bthe (?:former|latter|other side)\b|\b(?:the (?:same|other)|either|otherwise)\W*$|"
    r"(?<!no )\bone\W*$|(?<!is )(?<!are )(?<!was )\bthere\W*$|"
    r"\b(?:anything|what|who|anyone|where) else\b",
    re.IGNORECASE,
)
_GERMAN_DAS = re.compile(
    r"\bdas(?=\W*$| (?:auch|denn|wirklich|so|noch|schon|genau|dann|nur|nicht|legal|erlaubt|verboten|"
    r"möglich|sicher|heute|immer|überhaupt|alles|wahr|richtig|strafbar|in|für|mit|bei|von)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Token:
    """A word of a question; `plain` is in lower case without apostrophes."""

    text: str
    plain: str
    start: int
    end: int
    is_name: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Standing:
    """The words of a language that stand for others."""

    pronouns: Collection[str]
    possessives: Collection[str]


def standalone(question: str, earlier: Sequence[str]) -> str:
    """The question with the topic that it takes from earlier ones; itself when it needs none.

    Args:
        question: as written.
        earlier: by the same person in the same conversation, the newest first; `MOST_EARLIER` are
            looked at. What was smalltalk is passed over.
    """
    topic = ""
    for said in reversed(earlier[:MOST_EARLIER]):
        if said.strip() and not smalltalk(said):
            topic = _joined(said, topic)
    return _joined(question, topic)


def leans(text: str) -> bool:
    """Whether a question or sentence cannot be understood without what was said before."""
    tokens = _tokens(text)
    if not tokens:
        return False
    return (
        _is_fragment(text, tokens) or not any(map(_is_topic, tokens)) or _points_back(text, tokens)
    )


def carried(question: str, before: str) -> str:
    """What a question that leans takes over from the one before it, in that one's words."""
    left = _without_replaced(question, before)
    tokens = _tokens(left)
    while tokens and not tokens[0].is_name and _is_empty(tokens[0]):
        tokens = tokens[1:]
    spoken = {token.plain for token in _tokens(question)}
    kept = [token for token in tokens if not _is_empty(token)]
    words = " ".join(dict.fromkeys(token.text for token in kept))
    return words if len(words) <= MOST_CARRIED else words[:MOST_CARRIED].rsplit(" ", 1)[0]


def _joined(question: str, topic: str) -> str:
    if not topic or not leans(question):
        return question
    taken = carried(question, topic)
    return f"{taken}: {question.strip()}" if taken else question


def _tokens(text: str) -> list[_Token]:
    matches = list(_TOKEN.finditer(text))
    plains = [_APOSTROPHES.sub("", match.group()).lower() for match in matches]
    german = _is_german(plains)
    found: list[_Token] = []
    opens = True
    for match, plain in zip(matches, plains, strict=True):
        word = match.group()
        odd = word[0].isdigit() or any(sign.isupper() or sign.isdigit() for sign in word[1:])
        # every German noun has a capital, and every first word
        capital = word[0].isupper() and not ((opens or german) and _is_common(plain))
        found.append(
            _Token(
                text=word,
                plain=plain,
                start=match.start(),
                end=match.end(),
                is_name=odd or capital,
            )
        )
        opens = word in ".!?"
    return found


def _is_common(plain: str) -> bool:
    return (
        is_function_word(plain)
        or plain in GERMAN
        or _is_generic(plain)
        or plain in INTERROGATIVES
        or plain in AUXILIARIES
        or plain in REQUESTS
    )


def _is_empty(token: _Token) -> bool:
    """Whether a token says nothing about a topic."""
    return not token.plain[0].isalnum() or (
        not token.is_name
        and (
            is_function_word(token.plain)
            or token.plain in AUXILIARIES
            or (token.plain in GERMAN)
            or token.plain in INTERROGATIVES
            or token.plain in REQUESTS
        )
    )


def _is_topic(token: _Token) -> bool:
    """Whether a token names something that one can ask about without saying more."""
    return not _is_empty(token) and (token.is_name or not _is_generic(token.plain))


@lru_cache(maxsize=4096)
def _is_generic(plain: str) -> bool:
    return plain in GENERIC or stems([plain])[0] in _generic_stems()


@lru_cache(maxsize=1)
def _generic_stems() -> frozenset[str]:
    return frozenset(stems(sorted(GENERIC)))


def _is_german(plains: Sequence[str]) -> bool:
    telling = [plain for plain in plains if plain not in SHARED]
    return sum(plain in GERMAN for plain in telling) > sum(map(is_function_word, telling))


def _bare(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """The question without the word that ties it to the one before."""
    ties = ENGLISH_OPENINGS | GERMAN_OPENINGS
    return tokens[1:] if len(tokens) > 1 and tokens[0].plain in ties else tokens


def _is_fragment(text: str, tokens: Sequence[_Token]) -> bool:
    """Whether a question lacks the clause that it belongs to: "and for closed models?"."""
    flat = " ".join(token.plain for token in tokens)
    rest = _bare(tokens)
    if flat.startswith(ABOUT) or " ".join(token.plain for token in rest).startswith(ABOUT):
        return not _is_full(tokens)
    opening = rest[0].plain
    if len(rest) < len(tokens):
        return opening in PREPOSITIONS or not _has_clause(rest)
    return opening in PREPOSITIONS and len(rest) <= FRAGMENT_WORDS and text.rstrip().endswith("?")


def _has_clause(tokens: Sequence[_Token]) -> bool:
    """Whether there is a verb that does not belong to a relative clause."""
    if tokens[0].plain in AUXILIARIES | REQUESTS:
        return True
    return any(
        token.plain in AUXILIARIES and before.plain not in RELATIVES
        for before, token in pairwise(tokens)
    )


def _is_full(tokens: Sequence[_Token]) -> bool:
    """Whether a fragment names its own topic: "what about the Arup deepfake fraud?"."""
    topics = [token for token in tokens if _is_topic(token)]
    names = [run for is_name, run in groupby(topics, key=lambda token: token.is_name) if is_name]
    others = sum(not token.is_name for token in topics)
    lettered = any(token.is_name and token.plain[0].isalpha() for token in topics)
    return lettered and len(names) + others >= FULL


def _points_back(text: str, tokens: Sequence[_Token]) -> bool:
    """Whether a word stands for something outside the question."""
    if _is_german([token.plain for token in tokens]):
        pointing = [*_GERMAN_DAS.finditer(text)]
        pointed = {token.start for token in tokens if token.plain in GERMAN_POINTING}
        words = _Standing(pronouns=GERMAN_PRONOUNS, possessives=GERMAN_POSSESSIVES)
    else:
        pointing, pointed = [*_POINTING.finditer(text)], set()
        words = _Standing(pronouns=PRONOUNS, possessives=POSSESSIVES)
    ends = {match.end() for match in pointing}
    pointed |= {token.start for token in tokens if any(_meets(token, end) for end in ends)}
    return _has_free(text, tokens, words, pointed)


def _meets(token: _Token, end: int) -> bool:
    return token.start < end <= token.end


def _has_free(
    text: str, tokens: Sequence[_Token], words: _Standing, pointed: Collection[int]
) -> bool:
    """Whether a pronoun is not bound by a noun of its own question.

    A possessive is bound by any noun in front of it, another pronoun only by one of an earlier
    clause: "once people have it", but not "what does Meta say about it".
    """
    empty = bool(_EMPTY_IT.search(" ".join(text.split())))
    named = bound = False
    for place, token in enumerate(tokens):
        if token.plain in words.possessives and not named:
            return True
        if not bound and (token.start in pointed or _is_pronoun(token, words, place)):
            if not (_is_named_at(tokens, place) or (empty and token.plain in ("it", "es"))):
                return True
            empty = empty and token.plain not in ("it", "es")
        named = named or _is_topic(token) or token.plain in BINDERS
        bound = bound or (named and _opens_clause(tokens, place))
    return False


def _is_pronoun(token: _Token, words: _Standing, place: int) -> bool:
    formal = token.text == "Sie" and place > 0
    return token.plain in words.pronouns and not formal and token.text != "IT"


def _is_named_at(tokens: Sequence[_Token], place: int) -> bool:
    """Whether what a word points at is named right behind it ("that Arup deepfake call").

    And whether a "they" is nobody in particular, in a question with a topic of its own.
    """
    behind = tokens[place + 1 : place + 1 + NAMED]
    if tokens[place].plain == "they":
        return sum(map(_is_topic, tokens)) >= FULL
    return len(behind) == NAMED and all(map(_is_topic, behind))


def _opens_clause(tokens: Sequence[_Token], place: int) -> bool:
    token = tokens[place]
    if token.plain in BOUNDARIES or not token.plain[0].isalnum():
        return True
    return token.plain.endswith("ing") and place > 0 and tokens[place - 1].plain in PREPOSITIONS


def _without_replaced(question: str, before: str) -> str:
    """The earlier question without what the follow-up asks for something else instead of."""
    left = before
    if named_references(question):
        left = _PROVISION.sub(" ", left)
    if _YEAR.search(question):
        left = _YEAR.sub(" ", left)
    spoken = {token.plain for token in _tokens(question)}
    for one, other in OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if spoken & mine and not spoken & theirs:
                left = _cut(left, lambda token, gone=theirs: token.plain in gone)
    rest = _bare(_tokens(question))
    if not named_references(question) and _is_fragment(question, _tokens(question)):
        left = _without_parallel(rest, left)
    return left


def _without_parallel(fragment: Sequence[_Token], before: str) -> str:
    """The earlier question without the part whose place a fragment takes."""
    if not fragment:
        return before
    opening = fragment[0].plain
    if opening in PREPOSITIONS:
        return _without_phrase(opening, before)
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
    tokens = _tokens(before)
    places = [n for n, token in enumerate(tokens) if token.plain == preposition and n > 0]
    if not places:
        return before
    first = places[-1]
    end = first + 1
    while end < len(tokens) and tokens[end].plain not in PREPOSITIONS | BOUNDARIES:
        end += 1
    return f"{before[: tokens[first].start]} {before[tokens[end - 1].end :]}"


def _names(text: str) -> Iterator[list[_Token]]:
    """The names in a text, each with the words next to each other that it consists of."""
    for is_name, run in groupby(_tokens(text), key=lambda token: token.is_name):
        if is_name:
            yield list(run)


def _cut(text: str, gone) -> str:
    kept, end = [], 0
    for token in _tokens(text):
        if gone(token):
            kept.append(text[end : token.start])
            end = token.end
    return " ".join([*kept, text[end:]])

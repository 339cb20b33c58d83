"""Tells the words of a question that say what it is about from those that any question has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.conversation_words import (
    AUXILIARIES,
    BOUNDARIES,
    GENERIC,
    GERMAN,
    INTERROGATIVES,
    PREPOSITIONS,
    REQUESTS,
    SHARED,
)
from knowledge.words import is_function_word, stems

_TOKEN = re.compile(r"(?P<word>\w+(?:[.\-’']\w+)*)|(?P<stop>[,;:()–—.!?])")  # noqa: RUF001 - as phones type it
_APOSTROPHES = re.compile(r"['’]")  # noqa: RUF001 - the same
_EMPTY = AUXILIARIES | BOUNDARIES | GERMAN | INTERROGATIVES | PREPOSITIONS | REQUESTS


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word of a question, or a mark between its words.

    Attributes:
        plain: in lower case, without apostrophes.
        start, end: its span in the question.
        is_name: whether it is written as a name is: with a capital or a digit.
    """

    text: str
    plain: str
    start: int
    end: int
    is_name: bool


def tokens_of(text: str) -> list[Token]:
    """The words of a text and the marks between them, in order."""
    matches = list(_TOKEN.finditer(text))
    plains = [_APOSTROPHES.sub("", match.group()).lower() for match in matches]
    german = is_german(plains)
    found: list[Token] = []
    opens = True
    for match, plain in zip(matches, plains, strict=True):
        word = match.group()
        odd = word[0].isdigit() or any(sign.isupper() or sign.isdigit() for sign in word[1:])
        # every German noun has a capital, and every first word
        capital = word[0].isupper() and not ((opens or german) and _is_common(plain))
        found.append(
            Token(
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
    return is_function_word(plain) or plain in _EMPTY or _is_generic(plain)


def is_empty(token: Token) -> bool:
    """Whether a token says nothing about a topic."""
    plain = token.plain
    return not plain[0].isalnum() or (
        not token.is_name and (is_function_word(plain) or plain in _EMPTY)
    )


def is_topic(token: Token) -> bool:
    """Whether a token names something that one can ask about without saying more."""
    return not is_empty(token) and (token.is_name or not _is_generic(token.plain))


@lru_cache(maxsize=4096)
def _is_generic(plain: str) -> bool:
    return plain in GENERIC or stems([plain])[0] in _generic_stems()


@lru_cache(maxsize=1)
def _generic_stems() -> frozenset[str]:
    return frozenset(stems(sorted(GENERIC)))


def is_german(plains: Sequence[str]) -> bool:
    """Whether words, in lower case, are rather German than English."""
    telling = [plain for plain in plains if plain not in SHARED]
    return sum(plain in GERMAN for plain in telling) > sum(map(is_function_word, telling))

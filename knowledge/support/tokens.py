"""Cuts a text into words that know their sentence."""

import re
from dataclasses import dataclass

from knowledge.sentences import Span, sentence_spans
from knowledge.support.lexicon import lemma_of
from knowledge.words import is_function_word

LONGEST = 20_000  # characters of a passage that are read

_TOKEN = re.compile(r"n['’]t\b|[^\W_]+(?:['’](?!s\b)[^\W_]+)*|[,;:()\[\]–—]")  # noqa: RUF001
_BREAKS = frozenset(",;:()[]–—")  # noqa: RUF001
# numbers, dates and their units are compared for themselves
_NO_CONTENT = frozenset(
    """
    n't percent per cent percentage zero one two three four five six seven eight nine ten eleven
    twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million billion trillion dozen half third thirds
    january february march april june july august september october november december usd eur gbp
    dollar dollars euro euros according without within during upon whether among between across
    toward towards via however therefore thus instead rather than per etc eg ie since until unless
    although though while whereas against along already ever every each both either neither nor
    yet still even quite too also both such toward else every without behind beyond
    """.split()  # noqa: SIM905 - a list reads worse
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word.

    Attributes:
        text: as it stands.
        lower: in lower case.
        lemma: what its forms share.
        start: its first character in the text.
        end: the character after it.
        content: whether it says something by itself.
    """

    text: str
    lower: str
    lemma: str
    start: int
    end: int
    content: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words."""

    span: Span
    tokens: tuple[Token, ...]


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; what is longer than `LONGEST` is not read."""
    text = text[:LONGEST]
    return tuple(
        Sentence(span, read_tokens(text[span[0] : span[1]], span[0]))
        for span in sentence_spans(text)
    )


def read_tokens(text: str, offset: int = 0) -> tuple[Token, ...]:
    """The words of one sentence."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word in _BREAKS:
            continue
        lower = word.lower().replace("’", "'")  # noqa: RUF001
        start, end = match.start() + offset, match.end() + offset
        content = not is_function_word(lower) and lower not in _NO_CONTENT and lower.isalpha()
        # "Annex A" is named by its letter
        content |= word == "A" and bool(found) and found[-1].text[0].isupper()
        lemma = lemma_of(lower)
        found.append(Token(word, lower, lemma, start, end, content))
    return tuple(found)

"""Mends the misspelt words of a question, before it is embedded and searched for."""

import re
from dataclasses import dataclass

from knowledge.encoders import Encoder
from knowledge.index import Snapshot
from knowledge.words import is_function_word

# letters only, and no piece of an address, a file name, a handle or a contraction
_WORD = re.compile(r"(?<![\w.@/\\’'])[^\W\d_]+(?![\w@/\\’']|\.\w)")  # noqa: RUF001
_ENDS = ".!?:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mended:
    """A question with its misspelt words mended.

    Attributes:
        searched: for word search: what was meant stands in brackets behind what was written.
        read: for the embedding model: what was meant stands instead, where the model knows it.
    """

    searched: str
    read: str


def mend(snapshot: Snapshot, encoder: Encoder, text: str) -> Mended:
    """The text with its misspelt words mended; the very text when there are none.

    A word is taken to be misspelt when no chunk of the build holds it, one that some chunk holds
    is near (`Spelling.meant`), and the embedding model does not know it either: a tokenizer
    learns common words whole and cuts a slip of the pen into pieces. Names, which are written
    with a capital inside a sentence, stay as they are.
    """
    searched, read, end = [], [], 0
    for match in _WORD.finditer(text):
        forms = _meant(snapshot, encoder, match)
        if not forms:
            continue
        known = next((form for form in forms if _is_known(encoder, form)), None)
        between = text[end : match.start()]
        searched += [between, f"{match.group()} ({known or forms[0]})"]
        read += [between, known or match.group()]
        end = match.end()
    rest = text[end:]
    return Mended(searched="".join([*searched, rest]), read="".join([*read, rest]))


def _meant(snapshot: Snapshot, encoder: Encoder, match: re.Match[str]) -> tuple[str, ...]:
    word = match.group()
    if is_function_word(word) or _is_name(match):
        return ()
    forms = snapshot.meant(word)
    return () if forms and _is_known(encoder, word) else forms


def _is_known(encoder: Encoder, word: str) -> bool:
    return encoder.count_tokens(word) == 1


def _is_name(match: re.Match[str]) -> bool:
    """Whether a word has a capital where no sentence begins."""
    word, before = match.group(), match.string[: match.start()].rstrip()
    opening = not before or before[-1] in _ENDS
    return not (word[1:] if opening else word).islower()

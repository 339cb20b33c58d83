"""Writes a message in one plain form, so that disguises of its letters change nothing."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from knowledge.policy.patterns import compiled, table

LEAST_LEET = 2  # words with digits for letters, from which a digit alone is one, too
LEAST_SPACED = 8  # single letters, from which a line may be written letter by letter
SPACED_SHARE = 0.7
LONGEST = 8_000  # characters that are looked at, half from each end

# letters of other scripts that look like Latin ones
_PAIRS = (
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd ԛq ԝw һh αa βb εe ιi κk νv οo ρp τt υu χx "  # noqa: RUF001
    "ɑa ɡg ɩi ıi ᴀa ʙb ᴄc ᴅd ᴇe ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz"  # noqa: RUF001
)
_LOOKALIKES = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_LEET = str.maketrans("013457@$!|€", "oieastasiie")
_LEET_AS_L = str.maketrans("013457@$!|€", "oleastaslle")
_LEET_SIGN = re.compile(r"[013457@$!|€]")
_SPACED = re.compile(
    r"(?<![^\W_])[^\W_](?P<gap>[ ._*/|~-])[^\W_](?![^\W_])(?:(?P=gap)[^\W_](?![^\W_])){2,}"
)
_INSIDE = re.compile(r"(?<=[^\W_])[.*_~|·•\\^](?=[^\W\d_])")
_HELD = re.compile(r"([^\W\d_])\1{2,}")
_GAP = re.compile(r"\s{2,}")
_BLANK = re.compile(r"[^\S\n]+")
_ALONE = {"1": "i", "4": "a", "2": "to"}
_ENDS = ".,;:!?\"'()[]{}<>*_~`"


def plain(text: str, known: Callable[[str], bool]) -> str:
    """A message in lower case, with Latin letters without accents and single spaces.

    Invisible characters, look-alike letters, digits for letters, letters set apart and held down
    are undone; lines stay lines.

    Args:
        text: of any length; of a very long one the middle is left out.
        known: whether a word means something to the reader, for what is only a guess.
    """
    text = undisguised(text, known)
    for pattern, replacement in _phrases():
        text = pattern.sub(replacement, text)
    return text


def undisguised(text: str, known: Callable[[str], bool]) -> str:
    """The same as `plain`, but with every phrase in the words of its writer."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
    text = _letters(text)
    lines = (
        _SPACED.sub(lambda match: _closed(match[0]), _together(line)) for line in text.split("\n")
    )
    return _BLANK.sub(" ", "\n".join(_words(line, known) for line in lines))


def folded(word: str) -> str:
    """A word in lower case without accents, as `plain` writes it."""
    return _letters(word)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (compiled(each["written"], {}), each["plain"]) for each in table("phrases")["phrase"]
    )


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = [
        sign
        for sign in decomposed
        if sign in "\n\t" or unicodedata.category(sign) not in {"Mn", "Me", "Cf", "Cc", "Co", "Cs"}
    ]
    return "".join(kept).translate(_LOOKALIKES).casefold()


def _together(line: str) -> str:
    """A line that was written letter by letter, with wider gaps between its words, as words."""
    signs = line.split()
    single = sum(len(sign) == 1 for sign in signs)
    if single < LEAST_SPACED or single < SPACED_SHARE * len(signs):
        return line
    return " ".join(_closed(part) for part in _GAP.split(line.strip()))


def _closed(spaced: str) -> str:
    """Letters that were set apart as one word."""
    return "".join(sign for sign in spaced if sign.isalnum())


def _words(line: str, known: Callable[[str], bool]) -> str:
    written = line.split()
    read = [_undisguised(word, known) for word in written]
    leet = sum(
        bool(_LEET_SIGN.search(one)) and one != two for one, two in zip(written, read, strict=True)
    )
    if leet >= LEAST_LEET:
        read = [_ALONE.get(word, word) for word in read]
    return " ".join(read)


def _undisguised(word: str, known: Callable[[str], bool]) -> str:
    bare = word.strip(_ENDS)
    if not bare or known(bare):
        return word
    for form in _guesses(bare):
        if form != bare and known(form):
            return word.replace(bare, form, 1)
    return word


def _guesses(bare: str) -> list[str]:
    """What a word may be meant to be, other than what it is."""
    guesses: list[str] = []
    lettered = any(map(str.isalpha, bare))
    if lettered and _LEET_SIGN.search(bare):
        guesses += [bare.translate(_LEET), bare.translate(_LEET_AS_L)]
    if _INSIDE.search(bare):
        guesses.append(_INSIDE.sub("", bare))
    if "-" in bare:
        guesses.append(bare.replace("-", ""))
    guesses += [
        _HELD.sub(times, form)
        for form in [bare, *guesses]
        for times in (r"\1", r"\1\1")
        if _HELD.search(form)
    ]
    return guesses

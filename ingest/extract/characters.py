"""The characters of the library's texts: composed, visible, with one kind of space."""

import re
import unicodedata

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Symbol fonts put their bullets into the private use area.
_BULLETS = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf076": "•", "\uf0fc": "•"}
_SUBSTITUTES = str.maketrans(
    _LIGATURES | _BULLETS | {"\u2028": "\n", "\u2029": "\n\n", "\x85": "\n", "\x0b": "\n"}
)
# Characters that are there to be nothing: fillers, joiners and selectors of variants, of which a
# text may be written that nobody sees.
_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]"
)
# Control, format (soft hyphen, zero width, direction), private, surrogate.
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_PLAIN = re.compile(r"[\n -~]*\Z")
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """`text` in NFC without invisible characters, each run of spaces made one space.

    Line feeds stay; every other line end becomes one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    if not _PLAIN.match(text):
        text = _NOTHING.sub("", _NONCHARACTER.sub("", text.translate(_SUBSTITUTES)))
        text = "".join(
            character
            for character in text
            if character in "\n\t" or unicodedata.category(character) not in _INVISIBLE
        )
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text)


def one_line(text: str) -> str:
    """`text` cleaned, its lines joined by single spaces, without space at either end."""
    return " ".join(clean(text).split())

"""What a question says once everything is taken away that nobody sees."""

import re
import unicodedata

MOST_MARKS = 4  # on a letter: pointed Hebrew with a cantillation sign has no more

# marks of Latin, Greek and Cyrillic letters: one that stays apart after composition, and heaps
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_STACKED = re.compile(f"{_MARKS}+")
_HEAP = re.compile(f"(?<![\u0370-\u03ff]){_MARKS}{{3,}}")  # only old Greek letters have three
# blank, though Unicode counts them among letters, symbols and marks
_BLANK = re.compile(r"[\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]|[\ufe00-\ufe0f\ufe20-\ufe2f]")
_KEPT = "\n\t"
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}


def plain(text: str) -> str:
    """The text without invisible characters, marks of direction and heaps of accents.

    It is for looking things up; people are shown what was written.
    """
    composed = unicodedata.normalize("NFC", _HEAP.sub("", unicodedata.normalize("NFD", text)))
    seen = "".join(
        letter
        for letter in _STACKED.sub("", _BLANK.sub("", composed))
        if letter in _KEPT or unicodedata.category(letter) not in _HIDDEN
    )
    return _thinned(seen)


def _thinned(text: str) -> str:
    """The text with at most so many marks on a letter."""
    letters: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks <= MOST_MARKS:
            letters.append(letter)
    return "".join(letters)

"""Finds the word that was meant by a misspelt one, among those that a build holds."""

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.words import stems

LEAST_LETTERS = 5  # of a word; a shorter one is one slip away from too many others
LONG_STEM = 8  # letters, from which two slips are mended
SHORTEST_STEM = 4  # letters

_ENDINGS = ("", "e", "s", "es", "ion", "ing", "ed", "al", "ity", "ment", "er", "ly")


class Spelling:
    """Knows which stem of a build a misspelt word was meant to have."""

    def __init__(self, places: Mapping[str, int]) -> None:
        """Sorts the stems; 30,000 take about 10 ms.

        Args:
            places: in how many chunks each stem stands.
        """
        self._places = places
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for stem in places:
            if len(stem) >= SHORTEST_STEM and stem.isalpha():
                self._beginning[stem[0]].append(stem)

    def meant(self, word: str) -> tuple[str, ...]:
        """Words, real ones among them, with the stem that a misspelt word comes nearest to.

        The first letter is hardly ever wrong and must agree. Of the others one may be wrong,
        missing, too many or swapped with its neighbour, and two in a stem of `LONG_STEM` letters
        or more (Damerau-Levenshtein distance); of stems that are equally near, the one in the most
        chunks was meant. Without a near one, nothing is returned. One look-up takes about 0.3 ms
        among 30,000 stems.

        Args:
            word: of letters only.
        """
        word = word.lower()
        if len(word) < LEAST_LETTERS:
            return ()
        near = [
            (distance, -self._places[stem], stem)
            for written in _stems_of(word)
            for stem, distance, _ in process.extract(
                written,
                self._beginning.get(word[0], ()),
                scorer=DamerauLevenshtein.distance,
                score_cutoff=1 if len(written) < LONG_STEM else 2,
                limit=None,
            )
        ]
        return _forms(min(near)[2]) if near else ()


def _stems_of(word: str) -> set[str]:
    """What the stem of a word that is no word may be: the stemmer cuts a slip where it should not.

    "documnent" loses its "ent", which "document" keeps; "saftey" keeps the "y" that becomes "i" in
    "safety".
    """
    (stem,) = stems([word])
    return {f"{stem[:-1]}i" if stem.endswith("y") else stem, word.removesuffix("s")}


def _forms(stem: str) -> tuple[str, ...]:
    """Words with this stem, which itself may have another one ("decis" has "deci")."""
    forms = [stem + ending for ending in _ENDINGS] + [f"{stem[:-1]}y"]
    return tuple(form for form, own in zip(forms, stems(forms), strict=True) if own == stem)

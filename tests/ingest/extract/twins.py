"""Measures extraction against clean twins: how many words are kept, and how many were added.

    DOCUMENTS_DIR=... .venv/bin/python -m pytest -m slow tests/ingest/extract/test_twins.py -s

Words are maximal runs of letters and digits after NFKC and lower-casing. With E the multiset of
the words of the extracted text and T that of the twin's, precision is |E ∩ T| / |E| and recall
|E ∩ T| / |T|. The order of words is not looked at.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Word precision and recall, 0 to 1, and the commonest words that only one side has."""

    precision: float
    recall: float
    added: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]


def agreement(extracted: str, twin: str) -> Agreement:
    """How far the words of two texts agree."""
    ours, theirs = _words(extracted), _words(twin)
    common = (ours & theirs).total()
    return Agreement(
        precision=common / max(1, ours.total()),
        recall=common / max(1, theirs.total()),
        added=tuple((ours - theirs).most_common(20)),
        lost=tuple((theirs - ours).most_common(20)),
    )


def without_front_matter(text: str) -> str:
    """The body of a text that begins with a block between "---" lines."""
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))

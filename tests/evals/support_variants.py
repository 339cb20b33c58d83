"""Sentences of a passage, lightly changed as an honest writer would, to fit the support check.

Pairs that writers made hold few of them: who writes a right sentence rewords the passage, who
writes a wrong one changes a word of it. A check that learnt that would reject whatever is close to
its passage.
"""

import re
from collections.abc import Iterable, Iterator

from knowledge.sentences import sentence_spans
from tests.evals.support_pairs import Pair

LEAST_WORDS = 6
_OPENERS = re.compile(
    r"^(?:However|Nevertheless|Still|Therefore|In addition|Moreover|Also|Until then|Finally),? "
)
_ASIDE = re.compile(r", (?:which|and|but|since|while|including|such as)\b[^,.;]*(?=[.,])")
_SAME = (
    ("shall", "must"),
    ("must", "has to"),
    ("use", "employ"),
    ("found", "discovered"),
    ("show", "demonstrate"),
    ("companies", "firms"),
    ("about", "around"),
    ("before", "prior to"),
    ("required", "obliged"),
    ("started", "began"),
    ("said", "stated"),
    ("help", "assist"),
    ("such as", "like"),
    ("because", "since"),
)


def near_copies(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Right sentences that keep nearly all words of their passage."""
    for passage, about in sorted({(pair.passage, pair.about) for pair in pairs}):
        for start, end in sentence_spans(passage):
            sentence = passage[start:end]
            for changed in dict.fromkeys(_changed(sentence, about)):
                if changed != sentence and len(changed.split()) >= LEAST_WORDS:
                    yield Pair(
                        passage=passage,
                        about=about,
                        sentence=changed,
                        kind="supported",
                    )


def _changed(sentence: str, about: str) -> Iterator[str]:
    bare = _OPENERS.sub("", sentence)
    yield bare[0].upper() + bare[1:]
    yield _ASIDE.sub("", sentence, count=1)
    if about and not sentence[:2].isupper():
        yield f"According to {about.partition(':')[0].strip()}, {sentence[0].lower()}{sentence[1:]}"
    for word, other in _SAME:
        sentence = re.sub(rf"\b{word}\b", other, sentence)
    yield sentence

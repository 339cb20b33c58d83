"""What a question asks for, as search and quoting need to know it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders import Encoder
from knowledge.encoders.tokens import QuestionVectors
from knowledge.index import NamedGroup, Snapshot
from knowledge.mending import mend
from knowledge.paraphrase import paraphrased
from knowledge.references import named_references
from knowledge.shorthand import spelled_out
from knowledge.words import stems, words

NUMBER_WEIGHT = 3.0
MOST_GROUPS = 4
LEAST_TOPIC = 2  # words

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Question:
    """A question, understood against one build.

    Attributes:
        text: with single spaces.
        read: `text` as it is encoded: shorthand and idioms put plainly, misspelt words mended.
        searched: `text` with its abbreviations spelled out and its misspelt words mended, each
            behind what was written.
        topic: `searched` without the names of sources, for a search among those: in the texts of
            NIST, the word "NIST" says nothing.
        vectors: of the question, its misspelt words mended, and its tokens.
        weights: what each of those words counts, adding up to 1: rare ones more than others.
        token_weights: (tokens,), the same for the tokens of `vectors`, adding up to 1.
        groups: sources it names.
        references: provisions it names, such as "article 53(2)".
    """

    text: str
    read: str
    searched: str
    topic: str
    vectors: QuestionVectors
    weights: Mapping[str, float]
    token_weights: NDArray[np.float32]
    groups: tuple[NamedGroup, ...]
    references: tuple[str, ...]


def understand(snapshot: Snapshot, encoder: Encoder, text: str) -> Question:
    """A question with what the library tells about its words."""
    flat = " ".join(text.split())
    full = paraphrased(spelled_out(flat))
    groups = snapshot.naming.named_in(full)[:MOST_GROUPS]
    names = {stem for group in groups for name in group.names for stem in name.split()}
    mending = mend(snapshot, encoder, full)
    searched = snapshot.naming.spelled_out(mending.searched)
    vectors = encoder.encode_question(mending.read)
    weights = weigh_words(snapshot, mending.read)
    return Question(
        text=flat,
        read=mending.read,
        searched=searched,
        topic=_without_names(searched, names),
        vectors=vectors,
        weights=weights,
        token_weights=_weigh_tokens(snapshot, mending.read, vectors),
        groups=groups,
        references=named_references(flat),
    )


def _without_names(text: str, names: Collection[str]) -> str:
    """The text without what names the sources, unless hardly anything else is left."""
    kept, end = [], 0
    for match in _WORD.finditer(text):
        if stems([match.group()])[0] in names:
            kept.append(text[end : match.start()])
            end = match.end()
    topic = " ".join("".join([*kept, text[end:]]).split())
    return topic if len(words(topic)) >= LEAST_TOPIC else text


def weigh_words(snapshot: Snapshot, question: str) -> dict[str, float]:
    """What each word of a question counts, adding up to 1: rare words more than common ones.

    A word with a digit counts `NUMBER_WEIGHT` times: "14110", "53" and "3.1" name one thing and
    no other. A word that the library lacks counts like its rarest.
    """
    asked = list(dict.fromkeys(words(question)))
    rarity = snapshot.rarity(asked)
    unknown = max(rarity.values(), default=1.0)
    weights = {
        word: rarity.get(word, unknown) * (NUMBER_WEIGHT if _DIGIT.search(word) else 1.0)
        for word in asked
    }
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()}


def _weigh_tokens(
    snapshot: Snapshot, question: str, vectors: QuestionVectors
) -> NDArray[np.float32]:
    """Each token counts what its word counts by rarity; a function word nothing."""
    spans = [(match.start(), match.end()) for match in _WORD.finditer(question)]
    stemmed = [words(question[start:end]) for start, end in spans]
    rarity = snapshot.rarity([stem for found in stemmed for stem in found])
    unknown = max(rarity.values(), default=1.0)
    counts = [max((rarity.get(stem, unknown) for stem in found), default=0.0) for found in stemmed]
    weights = np.zeros(len(vectors.spans), dtype=np.float32)
    for place, (start, end) in enumerate(vectors.spans):
        middle = (start + end) / 2
        for (first, last), count in zip(spans, counts, strict=True):
            if first <= middle <= last:
                weights[place] = count
                break
    if not weights.any():  # nothing but function words
        weights += 1.0
    total = weights.sum()
    return weights / total if total else weights

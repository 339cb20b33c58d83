"""Makes libraries of any size whose embedding takes seconds, from the sentences of the briefs.

Each distinct sentence of the starter corpus is encoded once. A chunk is a random choice of them,
of about as many tokens as a real one. Its text, its sizes and its number of token vectors are those
of real chunks; its vector is the mean of its sentences' vectors, and its token vectors are those of
the sentences, which a model that read the whole chunk would have made a little different. So what
is found means nothing, but finding it takes what it takes. Two things are harder than in a real
library: all chunks share the words of eight briefs, so each word stands in many more of them, and
all are about one topic.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.extract import extract
from knowledge.chunking import TARGET_TOKENS
from knowledge.encoders import Encoded, Encoder, TokenVectors
from knowledge.encoders.tokens import unit
from knowledge.library import Acquisition, Library, Locator
from knowledge.model import Chunk, Document, Source
from knowledge.sentences import sentence_spans
from knowledge.words import is_function_word

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"
CHUNKS_A_SOURCE = 100
LEAST_WORDS = 5  # of a sentence
WHEN = "2026-01-01T00:00:00+00:00"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sentence:
    """A sentence with what the encoder made of it."""

    text: str
    tokens: int
    encoded: Encoded


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Piece:
    """A chunk's text and what stands for it."""

    text: str
    encoded: Encoded


def corpus_sentences() -> list[str]:
    """The distinct sentences of the starter briefs, headings and stubs left out."""
    found: dict[str, None] = {}
    for path in sorted(CORPUS.glob("*.md")):
        document = extract(path.read_bytes(), name=path.name).document
        headings = {heading.start for heading in document.headings}
        for start, end in sentence_spans(document.text):
            text = document.text[start:end]
            if start not in headings and len(text.split()) >= LEAST_WORDS:
                found[text] = None
    return list(found)


def encode_sentences(encoder: Encoder, texts: Sequence[str]) -> list[Sentence]:
    """The texts with their vectors."""
    return [
        Sentence(text=text, tokens=encoder.count_tokens(text), encoded=encoded)
        for text, encoded in zip(texts, encoder.encode_with_tokens(texts), strict=True)
    ]


def joined(parts: Sequence[Encoded]) -> Encoded:
    """What stands for texts that one character each parts."""
    starts, length = [], 0
    for part in parts:
        starts.append(part.tokens.starts + np.int32(length))
        length += part.tokens.length + 1
    return Encoded(
        vector=unit(np.mean([part.vector for part in parts], axis=0)[None])[0],
        tokens=TokenVectors(
            values=np.concatenate([part.tokens.values for part in parts]),
            scales=np.concatenate([part.tokens.scales for part in parts]),
            starts=np.concatenate(starts),
            length=length - 1,
        ),
    )


def pieces(title: Encoded, sentences: Sequence[Sentence], chance: random.Random) -> Iterator[Piece]:
    """Chunks below a title without end."""
    while True:
        chosen: list[Sentence] = []
        while True:
            found = chance.choice(sentences)
            if sum(each.tokens for each in chosen) + found.tokens > TARGET_TOKENS and chosen:
                break
            chosen.append(found)
        encoded = joined([title, *(each.encoded for each in chosen)])
        yield Piece(text=" ".join(each.text for each in chosen), encoded=encoded)


def fill(
    library: Library, encoder: Encoder, sentences: Sequence[Sentence], chunks: int, *, seed: int = 1
) -> Iterator[Piece]:
    """Puts that many chunks into a library, source by source; hands each of them out."""
    chance = random.Random(seed)  # noqa: S311 - the same library each time
    counts = [CHUNKS_A_SOURCE] * (chunks // CHUNKS_A_SOURCE)
    if chunks % CHUNKS_A_SOURCE:
        counts.append(chunks % CHUNKS_A_SOURCE)
    titles = [f"Recombined briefs, volume {number}" for number in range(1, len(counts) + 1)]
    for title, count, encoded in zip(
        titles, counts, encoder.encode_with_tokens(titles), strict=True
    ):
        endless = pieces(encoded, sentences, chance)
        made = [next(endless) for _ in range(count)]
        acquisition = _acquisition(title, made)
        vectors = (each.encoded for each in made)
        library.vectors.keep(
            encoder.identity, dict(zip(acquisition.text_hashes, vectors, strict=True))
        )
        library.take_in(acquisition, now=WHEN)
        yield from made


def questions(sentences: Sequence[Sentence], count: int, *, seed: int = 2) -> list[str]:
    """Questions after three to six content words of a sentence each."""
    chance = random.Random(seed)  # noqa: S311 - the same questions each time
    made: list[str] = []
    while len(made) < count:
        said = dict.fromkeys(
            word.strip(".,;:()\"'") for word in chance.choice(sentences).text.split()
        )
        telling = [word for word in said if word.isalpha() and not is_function_word(word)]
        if len(telling) >= 3:
            chosen = chance.sample(telling, min(len(telling), chance.randint(3, 6)))
            made.append(f"What is said about {', '.join(chosen[:-1])} and {chosen[-1]}?")
    return made


def _acquisition(title: str, made: Sequence[Piece]) -> Acquisition:
    identifier = _digest(title)[:16]
    text = "\n\n".join(piece.text for piece in made)
    chunks: list[Chunk] = []
    start = 0
    for ordinal, piece in enumerate(made):
        chunk = Chunk(
            id=_digest(f"{identifier} {ordinal}")[:24],
            source_id=identifier,
            text=piece.text,
            start=start,
            end=start + len(piece.text),
            ordinal=ordinal,
        )
        chunks.append(chunk)
        start = chunk.end + 2
    digest = _digest(text)
    locator = Locator(
        locator=f"recombined/{identifier}.txt",
        source_id=identifier,
        bytes_hash=digest,
        reading="",
        checked_at="",
    )
    return Acquisition(
        source=Source(id=identifier, title=title, kind="brief", licence="Apache-2.0"),
        overrides={},
        document=Document(text=text, media_type="text/plain", content_hash=digest),
        embedded_title=title,
        chunks=tuple(chunks),
        text_hashes=tuple(_digest(f"{title}\n{piece.text}") for piece in made),
        locator=locator,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Cuts a document into chunks and says what is to be embedded for each."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.chunking import CHUNKER_VERSION, Budget, chunk_document, embedding_text
from knowledge.encoders import Encoder
from knowledge.library import Acquisition, Holding, Locator
from knowledge.model import Document

EXTRACTOR_VERSION = 3  # a change here makes the next ingest read every file anew
READING = f"{EXTRACTOR_VERSION}.{CHUNKER_VERSION}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A document that was read and cut, and waits for its vectors.

    Attributes:
        texts: what is embedded, by its SHA-256.
        twins: further files with the same text.
    """

    acquisition: Acquisition
    texts: Mapping[str, str]
    twins: list[Locator] = field(default_factory=list)


def cut(
    holding: Holding, document: Document, title: str, locator: Locator, *, encoder: Encoder
) -> Prepared:
    """The document of a source, cut for this encoder.

    Args:
        holding: the source, with what a curator said about it.
        document: its text.
        title: put in front of each chunk that is embedded.
        locator: where it was read.
        encoder: what will embed it.
    """
    prompt = encoder.count_tokens(encoder.identity.passage_prompt)
    budget = Budget(
        count_tokens=encoder.count_tokens, max_tokens=encoder.identity.max_tokens - prompt
    )
    chunks = chunk_document(document, source_id=holding.source.id, title=title, budget=budget)
    texts = [embedding_text(title, chunk, budget) for chunk in chunks]
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    return Prepared(
        acquisition=Acquisition(
            source=holding.source,
            overrides=holding.overrides,
            document=document,
            embedded_title=title,
            chunks=chunks,
            text_hashes=tuple(hashes),
            locator=locator,
        ),
        texts=dict(zip(hashes, texts, strict=True)),
    )

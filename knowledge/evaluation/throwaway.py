"""An index of a set's own documents, in a data folder of its own, replaced by the next set's.

Only the vectors stay, by the text they stand for: what was embedded once is not embedded again.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.chunking import Budget, chunk_document, embedding_text
from knowledge.compose import open_library, open_searcher
from knowledge.encoders import Encoder, open_encoder
from knowledge.evaluation.bars import bar
from knowledge.evaluation.beir import BeirDocument
from knowledge.index import publish
from knowledge.library import Acquisition, Library, Locator
from knowledge.locking import writer_lock
from knowledge.model import Document, Source
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings

VECTORS_AT_ONCE = 128  # stored together: what a killed run loses at most
MOST_UNUSED = 20_000  # vectors of earlier sets and trials that are kept; half a gigabyte


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A document that was cut.

    Attributes:
        texts: what is embedded, by its SHA-256.
    """

    acquisition: Acquisition
    texts: Mapping[str, str]


def evaluation_dir(settings: KnowledgeSettings) -> Path:
    """The folder for everything that evaluation keeps."""
    return settings.data_dir / "evaluation"


def source_id(document_id: str) -> str:
    """The id of the source that a set's document becomes."""
    return hashlib.sha256(document_id.encode()).hexdigest()[:16]


@contextmanager
def throw_away_searcher(
    settings: KnowledgeSettings, documents: Sequence[BeirDocument]
) -> Iterator[Searcher]:
    """Something that searches in these documents and no others, while the context is open.

    Raises:
        LibraryLockedError: when another evaluation runs on the same data folder.
        CaveatError: when the model or the index cannot be used.
    """
    apart = settings.model_copy(update={"data_dir": evaluation_dir(settings), "database_url": None})
    with writer_lock(apart.data_dir):
        share_models(settings.data_dir, apart.data_dir)
        encoder = open_encoder(settings)
        library = open_library(apart)
        try:
            shelve(library, encoder, documents)
            # always fresh: what search indexes may have changed while the documents did not
            publish(library, encoder.identity, apart.data_dir, fresh=True)
            if library.vectors.count_unused(encoder.identity) > MOST_UNUSED:
                library.vectors.forget_unused(encoder.identity)
        finally:
            library.close()
        searcher = open_searcher(apart)
        try:
            yield searcher
        finally:
            searcher.close()


def share_models(data_dir: Path, apart: Path) -> None:
    """Lets a data folder inside another one use its exported models."""
    models, link = data_dir / "models", apart / "models"
    with suppress(OSError):  # no links here: the model is exported once more
        models.mkdir(parents=True, exist_ok=True)
        apart.mkdir(parents=True, exist_ok=True)
        if not link.exists():
            link.symlink_to(os.path.relpath(models, apart), target_is_directory=True)


def shelve(library: Library, encoder: Encoder, documents: Sequence[BeirDocument]) -> int:
    """Makes a library hold exactly these documents; returns how many texts were embedded."""
    with bar("Cutting", len(documents)) as advance:
        prepared = []
        for document in documents:
            prepared.append(cut(document, encoder))
            advance(1)
    texts = {key: text for each in prepared for key, text in each.texts.items()}
    embedded = embed_missing(library, encoder, texts)
    held = {holding.source.id: holding.source for holding in library.holdings()}
    wanted = {each.acquisition.source.id: each.acquisition for each in prepared}
    stale = {
        known
        for known, source in held.items()
        if known not in wanted or not _is_held(library, source, wanted[known])
    }
    missing = [wanted[known] for known in wanted if known not in held or known in stale]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with bar("Storing", len(stale) + len(missing)) as advance:
        for known in stale:
            library.remove(known, now=now)
            advance(1)
        for acquisition in missing:
            library.take_in(acquisition, now=now)
            advance(1)
    return embedded


def embed_missing(library: Library, encoder: Encoder, texts: Mapping[str, str]) -> int:
    """Embeds the texts, by their SHA-256, that a library has no vector of; returns how many."""
    known = library.vectors.known(encoder.identity, texts)
    # texts of like length share a batch: less of the arithmetic is spent on padding
    missing = sorted(texts.keys() - known, key=lambda key: (-len(texts[key]), key))
    if not missing:
        return 0
    with bar("Embedding", len(missing)) as advance:
        for start in range(0, len(missing), VECTORS_AT_ONCE):
            batch = missing[start : start + VECTORS_AT_ONCE]
            encoded = encoder.encode_with_tokens([texts[key] for key in batch], progress=advance)
            library.vectors.keep(encoder.identity, dict(zip(batch, encoded, strict=True)))
    return len(missing)


def cut(document: BeirDocument, encoder: Encoder) -> Prepared:
    """A document of a set, cut for this encoder as ingest cuts a text without headings."""
    text = document.text.strip() or document.title  # one of the two says something
    content = Document(
        text=text,
        media_type="text/plain",
        content_hash=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
    )
    source = Source(id=source_id(document.id), title=document.title)
    prompt = encoder.count_tokens(encoder.identity.passage_prompt)
    budget = Budget(
        count_tokens=encoder.count_tokens, max_tokens=encoder.identity.max_tokens - prompt
    )
    chunks = chunk_document(content, source_id=source.id, title=source.title, budget=budget)
    texts = [embedding_text(source.title, chunk, budget) for chunk in chunks]
    keys = [hashlib.sha256(each.encode("utf-8", "replace")).hexdigest() for each in texts]
    locator = Locator(
        locator=f"evaluation/{source.id}",
        source_id=source.id,
        bytes_hash=content.content_hash,
        reading="",
        checked_at="",
    )
    return Prepared(
        acquisition=Acquisition(
            source=source,
            overrides={},
            document=content,
            embedded_title=source.title,
            chunks=chunks,
            text_hashes=tuple(keys),
            locator=locator,
        ),
        texts=dict(zip(keys, texts, strict=True)),
    )


def _is_held(library: Library, source: Source, wanted: Acquisition) -> bool:
    if source != wanted.source:
        return False
    keys = zip((chunk.id for chunk in wanted.chunks), wanted.text_hashes, strict=True)
    held = library.document(source.id)
    same = held is not None and held[0].content_hash == wanted.document.content_hash
    return same and library.chunk_keys(source.id) == tuple(keys)

"""The cached vectors: what was embedded once is not embedded again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
)

from knowledge.encoders import Encoded, EncoderIdentity, TokenVectors
from knowledge.errors import LibraryError
from knowledge.library import schema

BATCH = 500  # below SQLite's limit of bound values in one statement

Item = TypeVar("Item")
Vectors = Mapping[str, NDArray[np.float32]]


class VectorCache:
    """Vectors and token vectors, by the SHA-256 of the text they stand for and their encoder."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def known(self, encoder: EncoderIdentity, text_hashes: Iterable[str]) -> set[str]:
        """Which of these texts already have a vector and token vectors of this encoder."""
        table = schema.vectors
        with self._engine.connect() as connection:
            return {
                found
                for batch in _batches(sorted(set(text_hashes)))
                for found in connection.execute(
                    select(table.c.text_hash)
                    .join(schema.token_vectors, _same_text())
                    .where(table.c.encoder_key == encoder.key, table.c.text_hash.in_(batch))
                ).scalars()
            }

    def incomplete_sources(self, encoder: EncoderIdentity) -> set[str]:
        """Ids of the sources with a chunk that lacks its vector or its token vectors."""
        chunks, table = schema.chunks.c, schema.vectors
        complete = (
            select(table.c.text_hash)
            .join(schema.token_vectors, _same_text())
            .where(table.c.encoder_key == encoder.key, table.c.text_hash == chunks.text_hash)
        )
        with self._engine.connect() as connection:
            lacking = select(chunks.source_id).distinct().where(~complete.exists())
            return set(connection.execute(lacking).scalars())

    def get(self, encoder: EncoderIdentity, text_hashes: Sequence[str]) -> Vectors:
        """Vectors of this encoder by text; a text without one is missing from the result."""
        table = schema.vectors
        found: dict[str, NDArray[np.float32]] = {}
        with self._engine.connect() as connection:
            for batch in _batches(sorted(set(text_hashes))):
                for text_hash, blob in connection.execute(
                    select(table.c.text_hash, table.c.vector).where(
                        table.c.encoder_key == encoder.key, table.c.text_hash.in_(batch)
                    )
                ):
                    found[text_hash] = np.frombuffer(blob, dtype="<f4")
        return found

    def get_tokens(
        self, encoder: EncoderIdentity, text_hashes: Collection[str]
    ) -> Mapping[str, TokenVectors]:
        """Token vectors by text; one without is missing. About 30 KB each, so ask for a few.

        Raises:
            LibraryError: when some of them are damaged.
        """
        table = schema.token_vectors
        found: dict[str, TokenVectors] = {}
        with self._engine.connect() as connection:
            for batch in _batches(sorted(set(text_hashes))):
                for text_hash, blob in connection.execute(
                    select(table.c.text_hash, table.c.tokens).where(
                        table.c.encoder_key == encoder.key, table.c.text_hash.in_(batch)
                    )
                ):
                    try:
                        found[text_hash] = TokenVectors.from_bytes(blob)
                    except ValueError as error:
                        raise LibraryError(
                            f"Token vectors in the library are damaged ({error}). Run `python -m "
                            "ingest verify` to see of which source; remove it and add it again."
                        ) from error
        return found

    def keep(self, encoder: EncoderIdentity, encoded: Mapping[str, Encoded]) -> None:
        """Caches what an encoder made of texts; what a text already has stays as it is."""
        if not encoded:
            return
        with self._engine.begin() as connection:
            exists = select(schema.encoders.c.key).where(schema.encoders.c.key == encoder.key)
            if connection.execute(exists).first() is None:
                connection.execute(
                    insert(schema.encoders).values(key=encoder.key, identity=encoder.as_dict())
                )
            vectors = {key: each.vector.astype("<f4").tobytes() for key, each in encoded.items()}
            _insert_new(connection, schema.vectors, encoder, vectors)
            tokens = {key: each.tokens.to_bytes() for key, each in encoded.items()}
            _insert_new(connection, schema.token_vectors, encoder, tokens)

    def any_encoder(self) -> EncoderIdentity | None:
        """An encoder that made some of the vectors, or None when there are none."""
        with self._engine.connect() as connection:
            values = connection.execute(select(schema.encoders.c.identity)).scalars().first()
        return EncoderIdentity.from_dict(values) if values else None

    def count_unused(self, encoder: EncoderIdentity) -> int:
        """How many vectors of this encoder no chunk refers to."""
        table = schema.vectors
        with self._engine.connect() as connection:
            return connection.execute(
                select(func.count()).where(
                    table.c.encoder_key == encoder.key,
                    table.c.text_hash.not_in(select(schema.chunks.c.text_hash)),
                )
            ).scalar_one()

    def forget_unused(self, encoder: EncoderIdentity) -> int:
        """Drops what no chunk refers to or another encoder made; returns how many vectors."""
        with self._engine.begin() as connection:
            used = select(schema.chunks.c.text_hash)
            dropped = 0
            for table in (schema.token_vectors, schema.vectors):
                dropped = connection.execute(
                    delete(table).where(
                        or_(table.c.text_hash.not_in(used), table.c.encoder_key != encoder.key)
                    )
                ).rowcount
            return dropped


def _same_text() -> ColumnElement[bool]:
    vectors, tokens = schema.vectors.c, schema.token_vectors.c
    return and_(vectors.text_hash == tokens.text_hash, vectors.encoder_key == tokens.encoder_key)


def _insert_new(
    connection: Connection, table: Table, encoder: EncoderIdentity, blobs: Mapping[str, bytes]
) -> None:
    """Inserts a row for each text that has none of this encoder."""
    known = {
        found
        for batch in _batches(sorted(blobs))
        for found in connection.execute(
            select(table.c.text_hash).where(
                table.c.encoder_key == encoder.key, table.c.text_hash.in_(batch)
            )
        ).scalars()
    }
    column = tuple(table.columns)[-1].name
    rows = [
        {"text_hash": text_hash, "encoder_key": encoder.key, column: blob}
        for text_hash, blob in blobs.items()
        if text_hash not in known
    ]
    if rows:
        connection.execute(insert(table), rows)


def _batches(items: Sequence[Item]) -> Iterator[Collection[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]

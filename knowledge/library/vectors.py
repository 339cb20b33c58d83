"""The cached vectors: what was embedded once is not embedded again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, delete, func, insert, or_, select

from knowledge.encoders import EncoderIdentity
from knowledge.library import schema

BATCH = 500  # below SQLite's limit of bound values in one statement

Item = TypeVar("Item")
Vectors = Mapping[str, NDArray[np.float32]]


class VectorCache:
    """Vectors by the SHA-256 of the text they stand for, and by the encoder that made them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def known(self, encoder: EncoderIdentity, text_hashes: Iterable[str]) -> set[str]:
        """Which of these texts already have a vector of this encoder."""
        table = schema.vectors
        with self._engine.connect() as connection:
            return {
                found
                for batch in _batches(sorted(set(text_hashes)))
                for found in connection.execute(
                    select(table.c.text_hash).where(
                        table.c.encoder_key == encoder.key, table.c.text_hash.in_(batch)
                    )
                ).scalars()
            }

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

    def keep(self, encoder: EncoderIdentity, vectors: Vectors) -> None:
        """Caches vectors of an encoder; a text that already has one keeps it."""
        with self._engine.begin() as connection:
            exists = select(schema.encoders.c.key).where(schema.encoders.c.key == encoder.key)
            if connection.execute(exists).first() is None:
                connection.execute(
                    insert(schema.encoders).values(key=encoder.key, identity=encoder.as_dict())
                )
            known = set(
                connection.execute(
                    select(schema.vectors.c.text_hash).where(
                        schema.vectors.c.encoder_key == encoder.key,
                        schema.vectors.c.text_hash.in_(list(vectors)),
                    )
                ).scalars()
            )
            rows = [
                {
                    "text_hash": text_hash,
                    "encoder_key": encoder.key,
                    "vector": vector.astype("<f4").tobytes(),
                }
                for text_hash, vector in vectors.items()
                if text_hash not in known
            ]
            if rows:
                connection.execute(insert(schema.vectors), rows)

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
        """Drops vectors that no chunk refers to or that another encoder made; returns how many."""
        table = schema.vectors
        with self._engine.begin() as connection:
            used = select(schema.chunks.c.text_hash)
            return connection.execute(
                delete(table).where(
                    or_(table.c.text_hash.not_in(used), table.c.encoder_key != encoder.key)
                )
            ).rowcount


def _batches(items: Sequence[Item]) -> Iterator[Collection[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]

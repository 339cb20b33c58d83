"""The encoder that everything else is given: texts in, unit vectors out."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.encoders.identity import EncoderIdentity
from knowledge.encoders.tokens import (
    Encoded,
    QuestionVectors,
    RawEncoding,
    Vectors,
    content_tokens,
    question_tokens,
    unit,
)

__all__ = ["Encoder", "Runtime", "Vectors"]


class Runtime(Protocol):
    """What runs the model."""

    @property
    def batch_size(self) -> int:
        """How many texts are best given at once."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector for each text, of any length: (texts, dimensions). There is at least one."""
        ...

    def encode_tokens(self, texts: Sequence[str]) -> Sequence[RawEncoding]:
        """For each text the vector that `encode` gives, and those of its tokens."""
        ...

    def count_tokens(self, text: str) -> int:
        """The tokens of the whole text, without special tokens."""
        ...


class Encoder(Embeddings):
    """Turns texts into unit vectors whose dot product is their similarity.

    It is a LangChain `Embeddings`, so any LangChain program can use it. Safe to share between
    threads.
    """

    def __init__(self, identity: EncoderIdentity, runtime: Runtime) -> None:
        self.identity = identity
        self._runtime = runtime

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, (texts, dimensions), with the model's prompt for questions."""
        return self._encode([self.identity.query_prompt + text for text in texts], None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Unit vectors of passages, (texts, dimensions), with the model's prompt for passages.

        Args:
            texts: what is longer than `identity.max_tokens` is cut off.
            progress: called after each batch with the number of texts newly done.
        """
        return self._encode([self.identity.passage_prompt + text for text in texts], progress)

    def encode_with_tokens(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        """What `encode_passages` returns for each text, with the vectors of its content words.

        Args:
            texts: what is longer than `identity.max_tokens` is cut off.
            progress: called after each batch with the number of texts newly done.
        """
        prompt = self.identity.passage_prompt
        encoded: dict[int, Encoded] = {}
        for batch in self._batches([prompt + text for text in texts]):
            given = [_encodable(prompt + texts[index]) for index in batch]
            for index, text, raw in zip(
                batch, given, self._runtime.encode_tokens(given), strict=True
            ):
                tokens = content_tokens(text[len(prompt) :], raw, prompt=len(prompt))
                encoded[index] = Encoded(vector=unit(raw.vector[None])[0], tokens=tokens)
            if progress is not None:
                progress(len(batch))
        return [encoded[index] for index in range(len(texts))]

    def encode_question(self, text: str) -> QuestionVectors:
        """What `encode_queries` returns for one question, with the vectors of all its tokens."""
        prompt = self.identity.query_prompt
        (raw,) = self._runtime.encode_tokens([_encodable(prompt + text)])
        tokens, spans = question_tokens(raw, prompt=len(prompt))
        return QuestionVectors(vector=unit(raw.vector[None])[0], tokens=tokens, spans=tuple(spans))

    def count_tokens(self, text: str) -> int:
        """The tokens of the whole text, nothing cut off, without special tokens."""
        return self._runtime.count_tokens(_encodable(text))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """What `encode_passages` returns, as LangChain wants it."""
        vectors: list[list[float]] = self.encode_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """What `encode_queries` returns for one question, as LangChain wants it."""
        vector: list[float] = self.encode_queries([text])[0].tolist()
        return vector

    def _encode(self, texts: Sequence[str], progress: Callable[[int], None] | None) -> Vectors:
        vectors = np.empty((len(texts), self.identity.dimensions), dtype=np.float32)
        for batch in self._batches(texts):
            vectors[batch] = self._runtime.encode([_encodable(texts[index]) for index in batch])
            if progress is not None:
                progress(len(batch))
        return unit(vectors)

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        # Texts of like length share a batch, or most of the arithmetic would be spent on padding.
        # The longest come first, so that too little memory shows at once.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        for start in range(0, len(order), self._runtime.batch_size):
            yield order[start : start + self._runtime.batch_size]


def _encodable(text: str) -> str:
    """The text with lone surrogates, which no tokenizer takes, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")

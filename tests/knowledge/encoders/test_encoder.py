import asyncio
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from knowledge.encoders import Encoder, EncoderIdentity
from knowledge.encoders.tokens import RawEncoding

IDENTITY = EncoderIdentity(
    id="lengths", weights="0" * 64, precision="fp32", dimensions=3, max_tokens=8
)


class Lengths:
    """A runtime whose vector tells the length of the text, and that remembers its batches."""

    batch_size = 4

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches.append(list(texts))
        return np.array([[len(text), 1, 0] for text in texts], dtype=np.float32)

    def encode_tokens(self, texts: Sequence[str]) -> list[RawEncoding]:
        """A token for each character."""
        return [
            RawEncoding(
                vector=vector,
                tokens=np.array([[ord(each), 1] for each in text], dtype=np.float32).reshape(-1, 2),
                spans=np.array([[at, at + 1] for at in range(len(text))], dtype=np.int32),
            )
            for text, vector in zip(texts, self.encode(texts), strict=True)
        ]

    def count_tokens(self, text: str) -> int:
        return len(text.split())


def test_vectors_come_back_in_the_order_of_the_texts() -> None:
    texts = ["x" * length for length in (3, 50, 1, 20, 7, 2, 90, 11, 5)]
    vectors = Encoder(IDENTITY, Lengths()).encode_passages(texts)
    lengths = vectors[:, 0] / vectors[:, 1]
    assert lengths.round().tolist() == [len(text) for text in texts]


def test_texts_of_like_length_share_a_batch() -> None:
    runtime = Lengths()
    Encoder(IDENTITY, runtime).encode_passages(["x" * n for n in (1, 90, 2, 91, 3, 92, 4, 93)])
    assert [sorted(map(len, batch)) for batch in runtime.batches] == [
        [90, 91, 92, 93],
        [1, 2, 3, 4],
    ]


def test_progress_gets_the_number_newly_done() -> None:
    done: list[int] = []
    Encoder(IDENTITY, Lengths()).encode_passages(["text"] * 10, progress=done.append)
    assert done == [4, 4, 2]


def test_prompts_stand_in_front_of_the_texts_they_are_for() -> None:
    runtime = Lengths()
    encoder = Encoder(replace(IDENTITY, query_prompt="q: ", passage_prompt="p: "), runtime)
    encoder.encode_queries(["one"])
    encoder.encode_passages(["two"])
    encoder.embed_query("three")
    encoder.embed_documents(["four"])
    assert runtime.batches == [["q: one"], ["p: two"], ["q: three"], ["p: four"]]


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)
    assert encoder.embed_documents([]) == []


def test_a_vector_of_zeros_stays_one() -> None:
    class Silent(Lengths):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.zeros((len(texts), 3), dtype=np.float32)

    assert Encoder(IDENTITY, Silent()).encode_queries(["text"]).tolist() == [[0, 0, 0]]


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=400), min_size=1, max_size=5))
def test_every_vector_has_length_one(encoder: Encoder, texts: list[str]) -> None:
    vectors = encoder.encode_passages(texts)
    assert vectors.shape == (len(texts), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_half_a_surrogate_pair_does_not_stop_the_encoder(encoder: Encoder) -> None:
    assert encoder.encode_queries(["broken \ud83d text"]).shape == (1, 384)
    assert encoder.count_tokens("broken \ud83d text") == encoder.count_tokens("broken ? text")


def test_tokens_are_counted_beyond_what_the_model_reads(encoder: Encoder) -> None:
    assert encoder.identity.max_tokens == 256
    assert encoder.count_tokens("") == 0
    assert encoder.count_tokens("open weights") == 2
    assert encoder.count_tokens("open " * 1000) == 1000


def test_the_model_reads_256_tokens_though_its_tokenizer_file_says_128(encoder: Encoder) -> None:
    # 254 words and two special tokens fill the window: changes within count, those beyond do not.
    words = ["open"] * 300
    within = [*words[:200], *["cake"] * 54, *words[254:]]
    beyond = [*words[:254], *["cake"] * 46]
    vectors = encoder.encode_passages([" ".join(each) for each in (words, within, beyond)])
    assert vectors[0] @ vectors[1] < 0.99
    assert vectors[0] @ vectors[2] == pytest.approx(1, abs=1e-6)


def test_langchain_gets_lists_of_floats(encoder: Encoder) -> None:
    assert isinstance(encoder, Embeddings)
    documents = encoder.embed_documents(["open weights", "closed weights"])
    query = asyncio.run(encoder.aembed_query("open weights"))
    assert all(type(value) is float for value in (*query, *documents[0]))
    assert [len(each) for each in (*documents, query)] == [384] * 3
    assert np.dot(query, documents[0]) == pytest.approx(1, abs=1e-5)

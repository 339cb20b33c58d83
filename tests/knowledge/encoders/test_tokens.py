from dataclasses import replace

import numpy as np
import pytest

from knowledge.encoders import Encoder, TokenVectors
from tests.fakes import WordEncoder

TEXT = "The safeguards of an open-weight model weren't kept; Modèles (v2.1) _can_ be re-tuned."


def starts_of(text: str, tokens: TokenVectors) -> list[str]:
    """What stands at each token, to the end of its word."""
    return [text[start:].split(maxsplit=1)[0] for start in tokens.starts]


def test_only_content_words_have_tokens() -> None:
    (encoded,) = WordEncoder().encode_with_tokens([TEXT])
    found = starts_of(TEXT, encoded.tokens)
    assert " ".join(found) == ("safeguards open-weight weight model kept; Modèles v2.1) 1) tuned.")
    assert encoded.tokens.length == len(TEXT)


def test_a_blob_gives_back_what_it_was_made_of() -> None:
    for text in (TEXT, "of the"):
        (encoded,) = WordEncoder().encode_with_tokens([text])
        again = TokenVectors.from_bytes(encoded.tokens.to_bytes())
        assert np.array_equal(again.values, encoded.tokens.values)
        assert np.array_equal(again.scales, encoded.tokens.scales)
        assert np.array_equal(again.starts, encoded.tokens.starts)
        assert (again.length, again.values.shape[1]) == (len(text), 64)


def test_a_damaged_blob_is_refused() -> None:
    (encoded,) = WordEncoder().encode_with_tokens([TEXT])
    tokens, blob = encoded.tokens, encoded.tokens.to_bytes()
    damaged = (
        b"",
        blob[:5],
        blob[:-1],
        blob + b"x",
        b"\x09" + blob[1:],
        replace(tokens, scales=tokens.scales * np.float32("nan")).to_bytes(),
        replace(tokens, starts=tokens.starts - 99).to_bytes(),
        replace(tokens, length=3).to_bytes(),
    )
    for each in damaged:
        with pytest.raises(ValueError, match="token"):
            TokenVectors.from_bytes(each)


def test_rounding_hardly_turns_a_vector(encoder: Encoder) -> None:
    (encoded,) = encoder.encode_with_tokens([TEXT])
    question = encoder.encode_question(TEXT)
    places = [start for start, _ in question.spans]
    rows = [places.index(start) for start in encoded.tokens.starts]
    cosines = np.sum(encoded.tokens.floats() * question.tokens[rows], axis=1)
    assert cosines.min() > 0.999
    np.testing.assert_allclose(np.linalg.norm(question.tokens, axis=1), 1, atol=1e-5)


def test_the_vector_of_the_whole_is_the_same_with_and_without_tokens(encoder: Encoder) -> None:
    texts = ["", "open", TEXT, "of the", "word " * 400, "broken \ud83d text", "开放权重 🙂"]
    done: list[int] = []
    encoded = encoder.encode_with_tokens(texts, progress=done.append)
    vectors = encoder.encode_passages(texts)
    assert sum(done) == len(texts)
    for each, vector in zip(encoded, vectors, strict=True):
        assert each.vector @ vector == pytest.approx(1, abs=1e-5)
    assert encoder.encode_question("open").vector @ vectors[1] == pytest.approx(1, abs=1e-5)
    assert encoder.encode_with_tokens([]) == []


def test_tokens_know_where_they_stand_in_what_the_model_read(encoder: Encoder) -> None:
    text = "word " * 400
    encoded, short = encoder.encode_with_tokens([text, "Naïve café: weights"])
    assert encoded.tokens.starts.tolist() == [5 * number for number in range(254)]
    assert encoded.tokens.length == 2000
    assert {"Naïve", "café:", "weights"} <= set(starts_of("Naïve café: weights", short.tokens))
    question = encoder.encode_question("Is it open?")
    assert ["Is it open?"[start:end] for start, end in question.spans] == ["Is", "it", "open", "?"]


def test_a_prompt_has_no_tokens() -> None:
    prompted = WordEncoder()
    prompted.identity = replace(
        prompted.identity, query_prompt="query: ", passage_prompt="passage: "
    )
    plain = WordEncoder()
    (with_prompt,), (without,) = (
        each.encode_with_tokens(["open weights"]) for each in (prompted, plain)
    )
    assert with_prompt.tokens.to_bytes() == without.tokens.to_bytes()
    assert not np.array_equal(with_prompt.vector, without.vector)
    question = prompted.encode_question("is it open")
    assert question.spans == ((0, 2), (3, 5), (6, 10))
    assert np.array_equal(question.tokens, plain.encode_question("is it open").tokens)

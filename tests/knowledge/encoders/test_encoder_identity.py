import json
from dataclasses import replace

import pytest

from knowledge.encoders import EncoderIdentity, require_same_encoder
from knowledge.errors import EncoderMismatchError

MINILM = EncoderIdentity(
    id="all-MiniLM-L6-v2", weights="53aa" * 16, precision="fp32", dimensions=384, max_tokens=256
)
BGE = EncoderIdentity(
    id="BAAI/bge-small-en-v1.5",
    weights="0b1e" * 16,
    precision="fp32",
    dimensions=384,
    max_tokens=512,
    query_prompt="Represent this sentence: ",
)


def test_an_identity_survives_json() -> None:
    assert EncoderIdentity.from_dict(json.loads(json.dumps(BGE.as_dict()))) == BGE


def test_keys_of_later_versions_are_ignored() -> None:
    assert EncoderIdentity.from_dict(MINILM.as_dict() | {"colour": "blue"}) == MINILM


@pytest.mark.parametrize("damage", [{"weights": None}, {"dimensions": "384"}, {"max_tokens": True}])
def test_a_damaged_description_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(damage))):
        EncoderIdentity.from_dict(MINILM.as_dict() | damage)


def test_the_key_changes_with_all_that_changes_vectors() -> None:
    others = [
        replace(MINILM, id="other"),
        replace(MINILM, weights="ffff" * 16),
        replace(MINILM, precision="int8"),
        replace(MINILM, max_tokens=128),
        replace(MINILM, query_prompt="query: "),
        replace(MINILM, passage_prompt="query: "),
    ]
    assert len({identity.key for identity in (MINILM, *others)}) == len(others) + 1
    assert MINILM.key == replace(MINILM).key


def test_the_same_encoder_is_accepted() -> None:
    require_same_encoder(MINILM, replace(MINILM))


def test_another_encoder_is_refused_with_both_names_and_the_cure() -> None:
    with pytest.raises(EncoderMismatchError) as caught:
        require_same_encoder(MINILM, BGE)
    message = str(caught.value)
    assert "with all-MiniLM-L6-v2 (weights 53aa53aa53aa, fp32, 384 dimensions" in message
    assert "now name BAAI/bge-small-en-v1.5 (" in message
    assert "set ENCODER back to all-MiniLM-L6-v2" in message
    assert "`python -m ingest rebuild` to embed everything with BAAI/bge-small-en-v1.5" in message


def test_other_weights_under_the_same_name_need_the_old_files() -> None:
    with pytest.raises(EncoderMismatchError, match="bring back the model files"):
        require_same_encoder(MINILM, replace(MINILM, weights="ffff" * 16))


def test_other_prompts_need_the_old_prompts() -> None:
    with pytest.raises(EncoderMismatchError, match="set ENCODER_QUERY_PROMPT and"):
        require_same_encoder(MINILM, replace(MINILM, query_prompt="query: "))

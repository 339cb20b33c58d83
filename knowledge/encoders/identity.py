"""Which model made a vector: vectors of two models must never meet in one search."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from knowledge.errors import EncoderMismatchError

# what the publishers of models that read many languages call them
_MANY_LANGUAGES = re.compile(
    r"multilingual|labse|distiluse|(?<![a-z0-9])m3(?![a-z0-9])|xlm-r|"
    r"jina-embeddings-v[3-9]|qwen3-embedding|embeddinggemma|arctic-embed-\w+-v2|nomic-embed-text-v2",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EncoderIdentity:
    """What is stored with every vector.

    Attributes:
        id: the name that `ENCODER` gives the model, such as "all-MiniLM-L6-v2".
        weights: SHA-256 over the weights, hexadecimal; for a model with one weights file, that
            file's own.
        precision: of the arithmetic, such as "fp32".
        dimensions: length of a vector.
        max_tokens: how many tokens of a text the model reads, special tokens included.
        query_prompt, passage_prompt: put in front of each text; "" when the model wants none.
    """

    id: str
    weights: str
    precision: str
    dimensions: int
    max_tokens: int
    query_prompt: str = ""
    passage_prompt: str = ""

    @property
    def key(self) -> str:
        """A short text that is the same exactly when vectors may be compared."""
        key = f"{self.id}:{self.weights[:16]}:{self.precision}:{self.max_tokens}"
        if self.query_prompt or self.passage_prompt:
            prompts = f"{self.query_prompt}\0{self.passage_prompt}"
            key += f":{hashlib.sha256(prompts.encode()).hexdigest()[:8]}"
        return key

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a JSON manifest or an SQL row; `from_dict` reads them."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The identity that `as_dict` wrote; further keys are ignored.

        Raises:
            ValueError: when a value is missing or of another type.
        """
        found = {field.name: values.get(field.name) for field in fields(cls)}
        numbers = ("dimensions", "max_tokens")
        for name, value in found.items():
            if type(value) is not (int if name in numbers else str):
                raise ValueError(f"no usable {name} in the description of an encoder")
        return cls(**found)  # type: ignore[arg-type]  # each was just checked


def reads_many_languages(identity: EncoderIdentity) -> bool:
    """Whether a model reads other languages than English, as its name tells.

    A model's files do not say what it was trained on; its publisher says so in the name
    ("paraphrase-multilingual-MiniLM-L12-v2", "bge-m3", "LaBSE"). Of a folder, the path counts.
    """
    return bool(_MANY_LANGUAGES.search(identity.id))


def require_same_encoder(stored: EncoderIdentity, current: EncoderIdentity) -> None:
    """Return when vectors of the two may be compared.

    Args:
        stored: what made the vectors in the library or the index.
        current: what the settings name now.

    Raises:
        EncoderMismatchError: naming both and the cure.
    """
    if stored.key == current.key and stored.dimensions == current.dimensions:
        return
    if stored.id != current.id:
        back = f"set ENCODER back to {stored.id}"
    elif stored.weights != current.weights or stored.max_tokens != current.max_tokens:
        back = f"bring back the model files {stored.id} had"
    else:
        back = "set ENCODER_QUERY_PROMPT and ENCODER_PASSAGE_PROMPT back to what they were"
    raise EncoderMismatchError(
        f"The library was embedded with {_described(stored)}, but the settings now name "
        f"{_described(current)}, and their vectors cannot be compared: {back}, or run "
        f"`python -m ingest rebuild` to embed everything with {current.id}."
    )


def _described(identity: EncoderIdentity) -> str:
    parts = [
        f"weights {identity.weights[:12]}",
        identity.precision,
        f"{identity.dimensions} dimensions",
        f"{identity.max_tokens} tokens",
    ]
    if identity.query_prompt or identity.passage_prompt:
        parts.append(f"prompts {identity.query_prompt!r} and {identity.passage_prompt!r}")
    return f"{identity.id} ({', '.join(parts)})"

"""The starter encoder with thin matrices in its layers, run in numpy.

The matrices (LoRA, https://arxiv.org/abs/2106.09685) and the heads on top of them are fitted by
`tests/evals/fit_adapters.py` and `tests/evals/fit_judge.py`. In numpy, a text of a few lines needs
neither a second session of onnxruntime nor an export.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders.weights import find_source, verify_files
from knowledge.errors import EncoderError
from knowledge.settings import STARTER_ENCODER

Array = NDArray[np.float32]

LAYERS = 6
HEADS = 12
TINY = 1e-12  # of BERT's layer normalisation
KINDS = "kinds"  # what is added to the tokens of the first and of the second of two texts
WEIGHTS_FILE, TOKENIZER_FILE = "model.safetensors", "tokenizer.json"
# the products of a layer, by their short names
PARTS: Mapping[str, str] = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}


class AdaptedEncoder:
    """Tokens in, states out; safe to share between threads.

    Attributes:
        learnt: what was fitted, by name: the thin matrices and what a head needs.
    """

    def __init__(self, folder: Path, adapters: Path | None = None) -> None:
        """Reads about 45 MB.

        Args:
            folder: of the starter encoder; its files are verified by the caller.
            adapters: for each adapted product "layer.N.PART.down" and ".up", "kinds" where two
                texts are told apart, and whatever a head needs; without them it is the published
                encoder.

        Raises:
            EncoderError: when the files do not fit together.
        """
        from tokenizers import Tokenizer  # noqa: PLC0415  # only where a model is run

        try:
            self._file = _opened(folder / WEIGHTS_FILE)
            self.learnt = _read(adapters) if adapters else {}
            self._places = self._tensor("embeddings.position_embeddings.weight")
            self._kinds = self._tensor("embeddings.token_type_embeddings.weight")
            self._kinds = self._kinds + self.learnt.get(KINDS, np.float32(0.0))
            self._embedded = self._norm("embeddings.LayerNorm")
            self._layers = [self._layer(number) for number in range(LAYERS)]
            self._tokenizer: Any = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._file = _opened(folder / WEIGHTS_FILE)  # anew, to let go of what was copied
            self._words = self._file.get_slice("embeddings.word_embeddings.weight")
        except Exception as error:  # safetensors and tokenizers raise bare Exceptions of their own
            what = f"The adapters in {adapters}" if adapters else f"The encoder in {folder}"
            raise EncoderError(f"{what} cannot be used ({error}).") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text, without those that begin and end it."""
        found: list[int] = self._tokenizer.encode(
            text.encode("utf-8", "replace").decode("utf-8"), add_special_tokens=False
        ).ids
        return found

    def states(self, first: Sequence[int], second: Sequence[int] = ()) -> Array:
        """The states behind the last layer of one or two texts, (tokens, dimensions).

        A token stands before the first text and one behind each.
        """
        begin, end = (self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        tokens = [begin, *first, end, *((*second, end) if second else ())]
        kinds = np.arange(len(tokens)) > len(first) + 1
        words = np.concatenate([self._words[token : token + 1] for token in tokens])
        kind = self._kinds[kinds.astype(np.int64)]
        state = _normal(words + self._places[: len(tokens)] + kind, self._embedded)
        for layer in self._layers:
            state = layer.applied(state)
        return state

    def _layer(self, number: int) -> "_Layer":
        begins = f"encoder.layer.{number}"
        products = {}
        for short, name in PARTS.items():
            weight = self._tensor(f"{begins}.{name}.weight")
            if (down := self.learnt.get(f"layer.{number}.{short}.down")) is not None:
                weight = weight + self.learnt[f"layer.{number}.{short}.up"] @ down
            products[short] = np.ascontiguousarray(weight.T), self._tensor(f"{begins}.{name}.bias")
        return _Layer(
            products,
            self._norm(f"{begins}.attention.output.LayerNorm"),
            self._norm(f"{begins}.output.LayerNorm"),
        )

    def _norm(self, name: str) -> tuple[Array, Array]:
        return self._tensor(f"{name}.weight"), self._tensor(f"{name}.bias")

    def _tensor(self, name: str) -> Array:
        tensor: Array = self._file.get_tensor(name)
        return tensor


class _Layer:
    """One layer of BERT, https://arxiv.org/abs/1810.04805."""

    def __init__(
        self,
        products: Mapping[str, tuple[Array, Array]],
        mixed: tuple[Array, Array],
        narrow: tuple[Array, Array],
    ) -> None:
        self._products = products
        self._mixed = mixed
        self._narrow = narrow

    def applied(self, state: Array) -> Array:
        """What the layer makes of the states of a text's tokens, (tokens, dimensions)."""
        query, key, value = (self._heads(part, state) for part in ("query", "key", "value"))
        weights = _shares(query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(query.shape[-1])))
        heard = (weights @ value).transpose(1, 0, 2).reshape(state.shape)
        state = _normal(self._product("mixed", heard) + state, self._mixed)
        wide = _gelu(self._product("wide", state))
        return _normal(self._product("narrow", wide) + state, self._narrow)

    def _product(self, part: str, state: Array) -> Array:
        weight, bias = self._products[part]
        return state @ weight + bias

    def _heads(self, part: str, state: Array) -> Array:
        """(heads, tokens, dimensions of a head)."""
        return self._product(part, state).reshape(len(state), HEADS, -1).transpose(1, 0, 2)


def open_adapted(adapters: Path | None, encoder: str) -> AdaptedEncoder | None:
    """The starter encoder with adapters; None when the settings name another one.

    Args:
        adapters: a .safetensors file, or None for the published encoder.
        encoder: what `ENCODER` names.

    Raises:
        EncoderError: when the starter encoder's files are not here, or not the published ones.
    """
    source = find_source(encoder)
    if source.id != STARTER_ENCODER:
        return None
    if source.folder is None:
        raise EncoderError(f"The files of {STARTER_ENCODER} are not on this machine.")
    verify_files(source.folder, source.sha256)
    return AdaptedEncoder(source.folder, adapters)


def _opened(file: Path) -> Any:
    """A .safetensors file, of which only what is asked for is read."""
    from safetensors import safe_open  # noqa: PLC0415  # only where a model is run

    return safe_open(file, framework="numpy")


def _read(adapters: Path) -> Mapping[str, Array]:
    """All that a file of adapters holds."""
    file = _opened(adapters)
    return {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118


def _normal(state: Array, norm: tuple[Array, Array]) -> Array:
    weight, bias = norm
    centred = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(TINY))
    normal: Array = centred / spread * weight + bias
    return normal


def _shares(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Array = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _gelu(state: Array) -> Array:
    """In the form with tanh, within 0.001 of the exact one; the adapters are fitted with it."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (state + np.float32(0.044715) * state * state * state)
    bent: Array = np.float32(0.5) * state * (1 + np.tanh(inner))
    return bent

"""The two runtimes: onnxruntime on any processor, sentence-transformers on a GPU."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders.exported import MODEL_FILE, TOKENIZER_FILE
from knowledge.encoders.tokens import RawEncoding, Vectors
from knowledge.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding, Tokenizer

# Measured on 200-token texts with two threads, in texts a second: batches of 8: 31, of 16: 30,
# of 32: 27; the memory for intermediate results grows with the batch.
_CPU_BATCH = 8
_GPU_BATCH = 128
_MOST_THREADS = 4


class OnnxRuntime:
    """Runs an exported model with onnxruntime and tokenizers; imports no PyTorch."""

    batch_size = _CPU_BATCH

    def __init__(self, folder: Path) -> None:
        # released builds of onnxruntime keep an id of the machine in the home folder and report to
        # their maker unless this is set before they are imported (their Privacy.md)
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # noqa: PLC0415  # nobody pays for a runtime that is not used
        from tokenizers import Tokenizer  # noqa: PLC0415

        onnxruntime.disable_telemetry_events()  # should another part of the program have been first
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(_MOST_THREADS, _usable_processors())
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.inter_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(
                folder / MODEL_FILE, options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # both libraries raise bare Exceptions of their own
            raise EncoderError(
                f"The exported model in {folder} cannot be opened ({error}): delete that folder, "
                f"and it is made anew."
            ) from error
        self._counter = _counting(self._tokenizer)
        self._inputs = {value.name for value in self._session.get_inputs()}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector for each text: (texts, dimensions)."""
        feed = self._feed(self._tokenizer.encode_batch(list(texts)))
        vectors: Vectors = self._session.run(["sentence_embedding"], feed)[0]
        return vectors

    def encode_tokens(self, texts: Sequence[str]) -> list[RawEncoding]:
        """For each text the vector that `encode` gives, and those of its tokens."""
        encodings = self._tokenizer.encode_batch(list(texts))
        outputs = ["sentence_embedding", "token_embeddings"]
        vectors, tokens = self._session.run(outputs, self._feed(encodings))
        return _raw_encodings(encodings, vectors, tokens)

    def _feed(self, encodings: "Sequence[Encoding]") -> dict[str, NDArray[np.int64]]:
        return {
            name: values for name, values in _features(encodings).items() if name in self._inputs
        }

    def count_tokens(self, text: str) -> int:
        """The tokens of the whole text, without special tokens."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)


class TorchRuntime:
    """Runs a model with sentence-transformers, on the device it was loaded to."""

    batch_size = _GPU_BATCH

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model
        self._counter = _counting(model.tokenizer.backend_tokenizer)
        self._tokenizer = truncating_tokenizer(model)
        self._inputs = set(model.preprocess([""]))
        # Its tokenizer is reconfigured by each call, so two calls at once would disturb each other.
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector for each text: (texts, dimensions)."""
        # The prompt already stands in the texts; "" keeps the model from adding its default one.
        with self._lock:
            vectors: Vectors = self._model.encode(
                list(texts), prompt="", batch_size=self.batch_size, show_progress_bar=False
            )
        return vectors

    def encode_tokens(self, texts: Sequence[str]) -> list[RawEncoding]:
        """For each text the vector that `encode` gives, and those of its tokens."""
        import torch  # noqa: PLC0415  # loaded with the model

        encodings = self._tokenizer.encode_batch(list(texts))
        features = {
            name: torch.from_numpy(values).to(self._model.device)
            for name, values in _features(encodings).items()
            if name in self._inputs
        }
        with self._lock, torch.inference_mode():
            state = self._model(features)
            vectors = state["sentence_embedding"].float().cpu().numpy()
            tokens = state["token_embeddings"].float().cpu().numpy()
        return _raw_encodings(encodings, vectors, tokens)

    def count_tokens(self, text: str) -> int:
        """The tokens of the whole text, without special tokens."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)


def truncating_tokenizer(model: "SentenceTransformer") -> "Tokenizer":
    """A copy of a model's tokenizer that cuts off and pads as the model wants."""
    from tokenizers import Tokenizer  # noqa: PLC0415  # only where a model is run

    given = model.tokenizer
    limit: Any = model.max_seq_length  # `load_model` has seen that it is a number
    tokenizer: Tokenizer = Tokenizer.from_str(given.backend_tokenizer.to_str())
    tokenizer.enable_truncation(limit, direction=given.truncation_side)
    tokenizer.enable_padding(
        direction=given.padding_side,
        pad_id=given.pad_token_id,
        pad_type_id=given.pad_token_type_id,
        pad_token=given.pad_token,
    )
    return tokenizer


def _features(encodings: "Sequence[Encoding]") -> dict[str, NDArray[np.int64]]:
    values = {
        "input_ids": [encoding.ids for encoding in encodings],
        "attention_mask": [encoding.attention_mask for encoding in encodings],
        "token_type_ids": [encoding.type_ids for encoding in encodings],
    }
    return {name: np.asarray(rows, dtype=np.int64) for name, rows in values.items()}


def _raw_encodings(
    encodings: "Sequence[Encoding]", vectors: Vectors, tokens: Vectors
) -> list[RawEncoding]:
    found = []
    for encoding, vector, row in zip(encodings, vectors, tokens, strict=True):
        kept = np.asarray(encoding.special_tokens_mask) == 0  # padding counts as special
        spans = np.asarray(encoding.offsets, dtype=np.int32).reshape(-1, 2)
        found.append(RawEncoding(vector=vector, tokens=row[kept], spans=spans[kept]))
    return found


def _counting(tokenizer: "Tokenizer") -> "Tokenizer":
    """A copy that neither cuts off nor pads."""
    copy = tokenizer.from_str(tokenizer.to_str())
    copy.no_truncation()
    copy.no_padding()
    return copy


def _usable_processors() -> int:
    # A container may be allowed fewer processors than the machine has.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

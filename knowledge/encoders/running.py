"""The two runtimes: onnxruntime on any processor, sentence-transformers on a GPU."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.encoders.encoder import Vectors
from knowledge.encoders.exported import MODEL_FILE, TOKENIZER_FILE
from knowledge.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

# Measured on 200-token texts with two threads, in texts a second: batches of 8: 31, of 16: 30,
# of 32: 27; the memory for intermediate results grows with the batch.
_CPU_BATCH = 8
_GPU_BATCH = 128
_MOST_THREADS = 4


class OnnxRuntime:
    """Runs an exported model with onnxruntime and tokenizers; imports no PyTorch."""

    batch_size = _CPU_BATCH

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # noqa: PLC0415  # nobody pays for a runtime that is not used
        from tokenizers import Tokenizer  # noqa: PLC0415

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
        encodings = self._tokenizer.encode_batch(list(texts))
        features = {
            "input_ids": [encoding.ids for encoding in encodings],
            "attention_mask": [encoding.attention_mask for encoding in encodings],
            "token_type_ids": [encoding.type_ids for encoding in encodings],
        }
        feed = {
            name: np.asarray(values, dtype=np.int64)
            for name, values in features.items()
            if name in self._inputs
        }
        vectors: Vectors = self._session.run(["sentence_embedding"], feed)[0]
        return vectors

    def count_tokens(self, text: str) -> int:
        """The tokens of the whole text, without special tokens."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)


class TorchRuntime:
    """Runs a model with sentence-transformers, on the device it was loaded to."""

    batch_size = _GPU_BATCH

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model
        self._counter = _counting(model.tokenizer.backend_tokenizer)
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

    def count_tokens(self, text: str) -> int:
        """The tokens of the whole text, without special tokens."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)


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

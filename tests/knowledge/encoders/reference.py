"""Builds a tiny model and asks sentence-transformers itself for vectors to compare with.

It runs in a process of its own, so that the tests do not pay for PyTorch in theirs. Arguments: a
folder that holds `texts.json`, and the folder of the default model. It leaves `tiny/`, a model with
random weights, and `vectors.npz`.
"""

import json
import string
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import (
    Dense,
    Normalize,
    Pooling,
    Transformer,
)
from transformers import BertConfig, BertModel, BertTokenizer

from knowledge.encoders.running import TorchRuntime


def build_tiny(folder: Path) -> SentenceTransformer:
    """A BERT of two small layers that reads the first token, with prompts, saved to the folder."""
    torch.manual_seed(0)
    pieces = list(string.ascii_lowercase + string.digits + ":.,?")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *pieces, *(f"##{one}" for one in pieces)]
    bert = folder.with_name("tiny-bert")
    bert.mkdir()
    (bert / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(vocab=str(bert / "vocab.txt")).save_pretrained(bert)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=1.0,  # smaller random weights make all texts alike
    )
    BertModel(config).save_pretrained(bert)
    modules = [
        Transformer(str(bert), max_seq_length=24),
        Pooling(32, pooling_mode="cls"),
        Dense(32, 16),
        Normalize(),
    ]
    model = SentenceTransformer(
        modules=modules, device="cpu", prompts={"query": "query: ", "passage": "passage: "}
    )
    model.save_pretrained(str(folder))
    return model


def _tokens(model: SentenceTransformer, texts: list[str]) -> dict[str, np.ndarray[Any, Any]]:
    """What the runtime for a GPU says of tokens."""
    found = TorchRuntime(model).encode_tokens(texts)
    return {
        "tokens": np.concatenate([each.tokens for each in found]),
        "token_spans": np.concatenate([each.spans for each in found]),
        "token_texts": np.stack([each.vector for each in found]),
    }


def main() -> None:
    """Leave the tiny model and the vectors in the folder that the first argument names."""
    folder, default_model = map(Path, sys.argv[1:])
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    default = SentenceTransformer(str(default_model), device="cpu", local_files_only=True)
    tiny = build_tiny(folder / "tiny")
    arrays = {
        "default": default.encode(texts),
        "tiny_queries": tiny.encode(texts, prompt="query: "),
        "tiny_passages": tiny.encode(texts, prompt="passage: "),
        "tiny_bare": tiny.encode(texts, prompt=""),
    } | _tokens(default, texts[:20])
    np.savez(folder / "vectors.npz", allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()

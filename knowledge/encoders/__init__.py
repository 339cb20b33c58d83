"""Texts in, unit vectors out: the embedding model, found, verified and run.

This is the one place that imports sentence-transformers, PyTorch, onnxruntime or tokenizers, and
only when a model is opened.
"""

from knowledge.encoders.encoder import Encoder, Runtime
from knowledge.encoders.identity import EncoderIdentity, require_same_encoder
from knowledge.encoders.opening import EncoderDescription, describe_encoder, open_encoder
from knowledge.encoders.tokens import Encoded, QuestionVectors, TokenVectors

__all__ = [
    "Encoded",
    "Encoder",
    "EncoderDescription",
    "EncoderIdentity",
    "QuestionVectors",
    "Runtime",
    "TokenVectors",
    "describe_encoder",
    "open_encoder",
    "require_same_encoder",
]

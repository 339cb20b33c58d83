"""Texts in, unit vectors out: the embedding model, found, verified and run.

This is the one place that imports sentence-transformers, PyTorch, onnxruntime, safetensors or
tokenizers, and only when a model is opened.
"""

from knowledge.encoders.encoder import Encoder, Runtime
from knowledge.encoders.identity import (
    EncoderIdentity,
    reads_many_languages,
    require_same_encoder,
)
from knowledge.encoders.judging import CrossEncoderJudge, open_judge, require_judge_folder
from knowledge.encoders.opening import EncoderDescription, describe_encoder, open_encoder
from knowledge.encoders.reranking import Reranker, open_reranker, require_reranker_folder
from knowledge.encoders.taught import TaughtEncoder, TaughtJudge, why_untaught
from knowledge.encoders.tokens import Encoded, QuestionVectors, TokenVectors

__all__ = [
    "CrossEncoderJudge",
    "Encoded",
    "Encoder",
    "EncoderDescription",
    "EncoderIdentity",
    "QuestionVectors",
    "Reranker",
    "Runtime",
    "TaughtEncoder",
    "TaughtJudge",
    "TokenVectors",
    "describe_encoder",
    "open_encoder",
    "open_judge",
    "open_reranker",
    "reads_many_languages",
    "require_judge_folder",
    "require_reranker_folder",
    "require_same_encoder",
    "why_untaught",
]

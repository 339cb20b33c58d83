"""A model that tells whether a passage supports a sentence, when the operator brings one."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders.cross_encoders import CrossEncoderFolder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

SUPPORTING = ("entailment", "entails", "supported", "supports", "consistent", "yes", "true")


class CrossEncoderJudge:
    """A sentence-transformers `CrossEncoder` on the processor; one thread at a time."""

    def __init__(self, model: "CrossEncoder", supporting: int) -> None:
        from torch.nn import Identity  # noqa: PLC0415  # imported with the model

        self._model = model
        self._supporting = supporting
        self._untouched = Identity()
        self._lock = threading.Lock()

    def supports(self, passage: str, sentence: str, about: str = "") -> float:  # noqa: ARG002
        """The probability, 0 to 1, that the passage supports the sentence; blocks.

        What is too long for the model is cut off; what the passage is about is not read.
        """
        with self._lock:
            found = self._model.predict(
                [(passage, sentence)], activation_fn=self._untouched, show_progress_bar=False
            )
        return probability(np.atleast_1d(np.asarray(found)[0]), self._supporting)


def probability(scores: NDArray[np.floating], supporting: int) -> float:
    """The share of one label by softmax, or of the only one by the logistic function."""
    if scores.size == 1:
        return float(1.0 / (1.0 + np.exp(-np.clip(scores[0], -50.0, 50.0))))
    raised = np.exp(scores - scores.max())
    return float(raised[supporting] / raised.sum())


def supporting_label(labels: Mapping[int, str]) -> int | None:
    """The place of the label that says "supported"; of one label the only one, else None."""
    if len(labels) == 1:
        return 0
    return next((place for place, name in labels.items() if name.lower() in SUPPORTING), None)


def open_judge(folder: Path) -> CrossEncoderJudge:
    """The model in a folder, loaded as `CrossEncoderFolder.load` does and tried once.

    It is a cross-encoder over (passage, sentence) with one label, whose score is the probability
    of support, or with several, of which one is named "entailment" (or as in `SUPPORTING`).

    Raises:
        SettingsError: with the cure, when it cannot be loaded or has no such label.
    """
    named = _folder(folder)
    judge = named.load(_tried)
    if judge is None:
        raise named.unusable("none of its labels is named entailment")
    return judge


def require_judge_folder(folder: Path) -> Path:
    """The folder, when it can hold a judge's weights; nothing is loaded.

    Raises:
        SettingsError: naming what is missing and the cure.
    """
    return _folder(folder).require()


def _tried(model: "CrossEncoder") -> CrossEncoderJudge | None:
    config: Any = model.config
    supporting = supporting_label(config.id2label)
    if supporting is None:
        return None
    judge = CrossEncoderJudge(model, supporting)
    judge.supports("A door is open.", "Something is open.")
    return judge


def _folder(folder: Path) -> CrossEncoderFolder:
    return CrossEncoderFolder(
        setting="JUDGE_PATH",
        path=folder,
        cure="name the folder of a sentence-transformers cross-encoder for natural language "
        "inference, or leave JUDGE_PATH empty for the judge that comes with Caveat.",
    )

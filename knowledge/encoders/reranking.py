"""A cross-encoder that reads question and passage together, when the operator brings one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from knowledge.encoders.cross_encoders import CrossEncoderFolder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH = 8  # pairs; a few at a time need little memory on a processor


class Reranker(Protocol):
    """Tells how well passages answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text, higher when it answers the question better, of any scale."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers `CrossEncoder` on the processor; one thread at a time."""

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The model's own score of each text; what is too long for it is cut off."""
        pairs = [(question, text) for text in texts]
        found: list[float] = self._model.predict(
            pairs, batch_size=BATCH, show_progress_bar=False
        ).tolist()
        return found


def open_reranker(folder: Path) -> CrossEncoderReranker:
    """The cross-encoder in a folder, loaded as `CrossEncoderFolder.load` does and tried once.

    Raises:
        SettingsError: with the cure, when it cannot be loaded or gives no single score.
    """
    named = _folder(folder)
    reranker = named.load(_tried)
    if reranker is None:
        raise named.unusable("its model gives several scores for a pair instead of one")
    return reranker


def require_reranker_folder(folder: Path) -> Path:
    """The folder, when it can hold a cross-encoder's weights; nothing is loaded.

    Raises:
        SettingsError: naming what is missing and the cure.
    """
    return _folder(folder).require()


def _tried(model: "CrossEncoder") -> CrossEncoderReranker | None:
    scores = model.predict([("What is open?", "A door.")], show_progress_bar=False)
    return CrossEncoderReranker(model) if scores.shape == (1,) else None


def _folder(folder: Path) -> CrossEncoderFolder:
    return CrossEncoderFolder(
        setting="RERANKER_PATH",
        path=folder,
        cure="name the folder of a sentence-transformers cross-encoder, or leave RERANKER_PATH "
        "empty to search without one.",
    )

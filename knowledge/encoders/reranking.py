"""A cross-encoder that reads question and passage together, when the operator brings one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from knowledge.errors import SettingsError

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


def require_reranker_folder(folder: Path) -> Path:
    """The folder, when it can hold a cross-encoder's weights; nothing is loaded.

    Raises:
        SettingsError: naming what is missing and the cure.
    """
    folder = folder.expanduser()
    fault = cross_encoder_fault(folder)
    if fault:
        raise _unusable(folder, fault)
    return folder.resolve()


def cross_encoder_fault(folder: Path) -> str:
    """Why a folder cannot hold a cross-encoder's weights, or "" when it can."""
    if not folder.is_dir():
        return "there is no such folder"
    if not (folder / "config.json").is_file():
        return "it holds no config.json"
    if not any(folder.glob("*.safetensors")):
        return "it holds no .safetensors weights, the only format that is loaded"
    return ""


def open_reranker(folder: Path) -> CrossEncoderReranker:
    """The cross-encoder in a folder, tried once; nothing is downloaded and no code of it is run.

    PyTorch has to be imported for it, which takes about ten seconds and 400 MB.

    Raises:
        SettingsError: with the cure, when it cannot be loaded or gives no single score.
    """
    found = require_reranker_folder(folder)
    from sentence_transformers import CrossEncoder  # noqa: PLC0415  # takes ten seconds

    try:
        model = CrossEncoder(
            str(found),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
        tried = model.predict([("What is open?", "A door.")], show_progress_bar=False)
    except Exception as error:  # the library and the model raise what they like
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise _unusable(folder, f"it cannot be loaded ({reason})") from error
    if tried.shape != (1,):
        raise _unusable(folder, "its model gives several scores for a pair instead of one")
    return CrossEncoderReranker(model)


def _unusable(folder: Path, reason: str) -> SettingsError:
    return SettingsError(
        f"RERANKER_PATH names {folder}, but {reason}: name the folder of a sentence-transformers "
        "cross-encoder, or leave RERANKER_PATH empty to search without one."
    )

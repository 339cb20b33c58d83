"""Cross-encoders that the operator brings in a folder: found, loaded and tried."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from knowledge.errors import SettingsError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Tried = TypeVar("Tried")


@dataclass(frozen=True, kw_only=True, slots=True)
class CrossEncoderFolder:
    """The folder of a cross-encoder.

    Attributes:
        setting: that names it.
        cure: what to set instead, for who named another one.
    """

    setting: str
    path: Path
    cure: str

    def require(self) -> Path:
        """Where the weights are; nothing is loaded.

        Raises:
            SettingsError: naming what is missing and the cure.
        """
        path = self.path.expanduser()
        fault = _fault(path)
        if fault:
            raise self.unusable(fault)
        return path.resolve()

    def load(self, tried: Callable[["CrossEncoder"], Tried]) -> Tried:
        """What becomes of the model when it is tried; no code of it is run.

        Nothing is downloaded. PyTorch has to be imported, which takes about ten seconds and 400 MB.

        Raises:
            SettingsError: with the cure, when it cannot be loaded, or trying it failed.
        """
        found = self.require()
        from sentence_transformers import CrossEncoder  # noqa: PLC0415  # takes ten seconds

        try:
            model = CrossEncoder(
                str(found),
                device="cpu",
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
            return tried(model)
        except Exception as error:  # the library and the model raise what they like
            reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
            raise self.unusable(f"it cannot be loaded ({reason})") from error

    def unusable(self, reason: str) -> SettingsError:
        """The error that tells the operator why and what to do."""
        return SettingsError(f"{self.setting} names {self.path}, but {reason}: {self.cure}")


def _fault(folder: Path) -> str:
    """Why a folder cannot hold a cross-encoder's weights, or "" when it can."""
    if not folder.is_dir():
        return "there is no such folder"
    if not (folder / "config.json").is_file():
        return "it holds no config.json"
    if not any(folder.glob("*.safetensors")):
        return "it holds no .safetensors weights, the only format that is loaded"
    return ""

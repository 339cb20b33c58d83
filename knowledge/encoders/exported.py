"""The exported models in the data folder: described, checked, put in place whole."""

import json
import logging
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.encoders.identity import EncoderIdentity
from knowledge.encoders.weights import ModelSource, file_sha256

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

_FORMAT = 1
_DESCRIPTION_FILE = "encoder.json"
_HALF_MADE = ".half-made-"
_HALF_MADE_SECONDS = 3600.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedModel:
    """A model that onnxruntime and tokenizers can run.

    Attributes:
        folder: holds `model.onnx` and `tokenizer.json`, which truncates and pads as the model
            wants.
        identity: with the model's own prompts.
    """

    folder: Path
    identity: EncoderIdentity


def models_folder(data_dir: Path) -> Path:
    """Where the exported models lie."""
    return data_dir / "models"


def find_exported(models: Path, source: ModelSource) -> ExportedModel | None:
    """The whole and undamaged export of a model, or None when it has to be made."""
    for path in sorted(models.glob(f"*/{_DESCRIPTION_FILE}")):
        if path.parent.name.startswith(_HALF_MADE):
            continue
        try:
            description = json.loads(path.read_bytes())
            exported = _described_model(path.parent, description, source)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            _log.warning("Ignoring the exported model in %s: %s", path.parent, error)
            continue
        if exported is not None:
            return exported
    return None


def _described_model(
    folder: Path, description: dict[str, Any], source: ModelSource
) -> ExportedModel | None:
    if description["format"] != _FORMAT or description["fingerprint"] != source.fingerprint:
        return None
    identity = EncoderIdentity.from_dict(description["identity"])
    published = source.sha256.get("model.safetensors", identity.weights)
    if identity.id != source.id or identity.weights != published:
        return None
    for name in (MODEL_FILE, TOKENIZER_FILE):
        if name not in description["sha256"]:
            raise ValueError(f"{name} is not described")
    for name, expected in description["sha256"].items():
        if file_sha256(folder / name) != expected:
            raise ValueError(f"{name} is damaged")
    return ExportedModel(folder=folder, identity=identity)


@contextmanager
def half_made(models: Path) -> Iterator[Path]:
    """An empty folder to export into, which is gone afterwards unless it was published."""
    models.mkdir(parents=True, exist_ok=True)
    for leftover in models.glob(f"{_HALF_MADE}*"):
        # What a killed export or a replaced model left. A younger one may be in use elsewhere.
        if time.time() - leftover.stat().st_mtime > _HALF_MADE_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_HALF_MADE, dir=models))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(half_made_folder: Path, source: ModelSource, identity: EncoderIdentity) -> Path:
    """Describe what lies in the folder and move it to where `find_exported` looks.

    The move is one rename: a kill leaves the whole model or none. Of two processes that export
    the same model at once, the first one's is kept.
    """
    description = {
        "format": _FORMAT,
        "identity": identity.as_dict(),
        "fingerprint": source.fingerprint,
        "sha256": {file.name: file_sha256(file) for file in sorted(half_made_folder.iterdir())},
    }
    text = json.dumps(description, indent=2) + "\n"
    (half_made_folder / _DESCRIPTION_FILE).write_text(text, encoding="utf-8")
    half_made_folder.chmod(0o755)  # mkdtemp lets only the owner in
    safe_name = re.sub(r"[^A-Za-z0-9._-]+", "-", identity.id)[-60:].strip("-.") or "model"
    target = half_made_folder.parent / f"{safe_name}-{identity.weights[:12]}"
    try:
        return half_made_folder.rename(target)
    except OSError:
        if not target.exists():
            raise
    standing = find_exported(half_made_folder.parent, source)
    if standing is not None:
        return standing.folder
    target.rename(target.with_name(f"{_HALF_MADE}{secrets.token_hex(8)}"))
    return half_made_folder.rename(target)

"""A model loaded by sentence-transformers itself: slow to import, so only where it must be."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.encoders.identity import EncoderIdentity
from knowledge.encoders.weights import ModelSource, verify_files, weights_sha256
from knowledge.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PRECISION = "fp32"
_PASSAGE_PROMPTS = ("passage", "document", "corpus")


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedModel:
    """A model ready to run.

    Attributes:
        identity: with the model's own prompts.
    """

    model: "SentenceTransformer"
    identity: EncoderIdentity


def load_model(source: ModelSource, device: str) -> LoadedModel:
    """The model in single precision, its files verified when their sums are known.

    Args:
        source: a hub name is downloaded unless it is cached.
        device: as PyTorch names it.

    Raises:
        EncoderError: with the cure, when it cannot be had, loaded or trusted.
    """
    if source.missing:
        raise EncoderError(source.missing)
    if source.folder is not None:
        verify_files(source.folder, source.sha256)
    model = _load(source, device)
    folder = source.folder or _hub_folder(source.name)
    if source.folder is None:
        verify_files(folder, source.sha256)
    _require_all_modules(model, folder)
    dimensions = model.get_embedding_dimension()
    max_tokens = model.max_seq_length
    if not isinstance(dimensions, int) or not isinstance(max_tokens, int):
        raise EncoderError(
            f"{source.name} does not say how long its vectors are and how many tokens it reads: "
            f"set ENCODER to another sentence-transformers model."
        )
    identity = EncoderIdentity(
        id=source.id,
        weights=weights_sha256(folder),
        precision=PRECISION,
        dimensions=dimensions,
        max_tokens=max_tokens,
        query_prompt=model.prompts.get("query") or "",
        passage_prompt=next(filter(None, map(model.prompts.get, _PASSAGE_PROMPTS)), ""),
    )
    return LoadedModel(model=model, identity=identity)


def _load(source: ModelSource, device: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # takes ten seconds

    try:
        return SentenceTransformer(
            source.name,
            device=device,
            trust_remote_code=False,
            local_files_only=source.folder is not None,
            model_kwargs={
                "use_safetensors": True,
                "attn_implementation": "eager",
                "dtype": "float32",
            },
        )
    except Exception as error:  # the library, its downloader and the model raise what they like
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise EncoderError(
            f"The model that ENCODER names, {source.name}, cannot be loaded ({reason}): mend "
            f"ENCODER, connect this machine once so that it can be downloaded, or set ENCODER to "
            f"the folder of a sentence-transformers model."
        ) from error


def _require_all_modules(model: "SentenceTransformer", folder: Path) -> None:
    # Where modules.json cannot be read from a half-filled cache, sentence-transformers does not
    # fail but makes up modules of its own, which compute other vectors.
    modules = folder / "modules.json"
    if modules.is_file() and len(json.loads(modules.read_bytes())) != len(model):
        raise EncoderError(
            f"The model in {folder} is incomplete: delete that folder and connect this machine, so "
            f"that it can be downloaded again."
        )


def _hub_folder(name: str) -> Path:
    from sentence_transformers.util import load_file_path  # noqa: PLC0415  # takes ten seconds

    for file in ("modules.json", "config.json"):
        path = load_file_path(name, file, local_files_only=True)
        if path is not None:
            return Path(path).parent
    raise EncoderError(f"The downloaded files of {name} cannot be found: set ENCODER to a folder.")

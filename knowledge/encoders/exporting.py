"""Makes a sentence-transformers model runnable without PyTorch, in a process of its own.

PyTorch takes ten seconds and 400 MB to import and never gives the memory back, so the process that
wants the model starts another one for the export.
"""

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import knowledge
from knowledge.encoders.encoder import Encoder
from knowledge.encoders.exported import (
    MODEL_FILE,
    TOKENIZER_FILE,
    ExportedModel,
    find_exported,
    half_made,
    models_folder,
    publish,
)
from knowledge.encoders.loading import LoadedModel, load_model
from knowledge.encoders.running import OnnxRuntime, TorchRuntime, truncating_tokenizer
from knowledge.encoders.weights import find_source, verify_files
from knowledge.errors import EncoderError

if TYPE_CHECKING:
    from torch import Tensor

_COMMAND = "from knowledge.encoders.exporting import main; raise SystemExit(main())"
_OPSET = 17
_LEAST_COSINE = 0.9999
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_PROBES = (
    "Open weights",
    "Who answers when a model that anyone can download does harm?",
    "Article 53(2) spares some providers of free and open-source models some documentation.",
    "Die Verordnung gilt nicht für KI-Systeme, die unter freien Lizenzen bereitgestellt werden.",
    "The weights were published, copied, fine-tuned and published again. " * 200,
)


def export_apart(encoder: str, data_dir: Path) -> ExportedModel:
    """Export the model that `ENCODER` names into the data folder, in another process.

    Raises:
        EncoderError: with the cure.
    """
    source = find_source(encoder)
    if source.missing:
        raise EncoderError(source.missing)
    if source.folder is not None:
        verify_files(source.folder, source.sha256)
    environment = os.environ | {"TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": _import_path()}
    if source.folder is not None:
        # Nothing is to be downloaded, so nothing is to be asked for, and no bar is to be drawn.
        environment |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    done = subprocess.run(  # noqa: S603  # this interpreter, and arguments that are no commands
        [sys.executable, "-c", _COMMAND, encoder, str(data_dir.resolve())],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
        check=False,
    )
    problem = _problem(done.stdout) if done.returncode else ""
    exported = None if done.returncode else find_exported(models_folder(data_dir), source)
    if exported is None:
        raise EncoderError(
            problem
            or f"The export of {encoder} ended with code {done.returncode} and left no model: see "
            f"the lines above, and whether memory (about 1 GB) or disk ran out."
        )
    return exported


def _import_path() -> str:
    root = str(Path(knowledge.__path__[0]).parent)
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))


def _problem(output: str) -> str:
    try:
        return str(json.loads(output)["problem"])
    except (ValueError, LookupError, TypeError):
        return ""


def export(encoder: str, data_dir: Path) -> Path:
    """Export the model that `ENCODER` names, check the export, and return its folder.

    Raises:
        EncoderError: when it cannot be loaded, exported, or the export computes other vectors.
    """
    source = find_source(encoder)
    loaded = load_model(source, "cpu")
    with half_made(models_folder(data_dir)) as folder:
        try:
            truncating_tokenizer(loaded.model).save(str(folder / TOKENIZER_FILE))
            _write_graph(loaded, folder / MODEL_FILE)
        except EncoderError:
            raise
        except Exception as error:  # the exporter and the model's code raise what they like
            reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
            raise _not_exportable(encoder, reason) from error
        _compare(loaded, folder)
        return publish(folder, source, loaded.identity)


def _not_exportable(encoder: str, reason: str) -> EncoderError:
    return EncoderError(
        f"{encoder} cannot be run without PyTorch ({reason}): set ENCODER to another "
        f"sentence-transformers model, or DEVICE=cuda on a machine with a GPU."
    )


def _write_graph(loaded: LoadedModel, path: Path) -> None:
    import torch  # noqa: PLC0415  # takes seconds
    from torch.jit import TracerWarning  # type: ignore[attr-defined]  # noqa: PLC0415

    model = loaded.model.eval()
    if any(getattr(module, "include_prompt", True) is False for module in model):
        raise ValueError("it leaves the prompt out of the vector")
    features = model.preprocess(list(_PROBES[:2]))
    names = [name for name in _INPUTS if name in features]

    class Graph(torch.nn.Module):
        """The model's own modules, one after the other."""

        def __init__(self) -> None:
            super().__init__()
            self.modules_in_order = torch.nn.ModuleList(model)

        def forward(self, *inputs: "Tensor") -> "tuple[Tensor, Tensor]":
            state: dict[str, Any] = dict(zip(names, inputs, strict=True))
            for module in self.modules_in_order:
                state = module(state)
            return state["token_embeddings"], state["sentence_embedding"]

    by_token = {0: "batch", 1: "sequence"}
    with warnings.catch_warnings(), torch.no_grad():
        # The tracer warns of each branch it follows once; `_compare` proves the graph general.
        warnings.simplefilter("ignore", TracerWarning)
        warnings.filterwarnings("ignore", "Exporting aten::index operator", UserWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            Graph().eval(),
            tuple(features[name] for name in names),
            str(path),
            dynamo=False,  # the newer exporter wants onnxscript and fixes the batch size
            opset_version=_OPSET,
            input_names=names,
            output_names=["token_embeddings", "sentence_embedding"],
            dynamic_axes=dict.fromkeys((*names, "token_embeddings"), by_token)
            | {"sentence_embedding": {0: "batch"}},
        )


def _compare(loaded: LoadedModel, folder: Path) -> None:
    """Return when the export computes what sentence-transformers does, alone and in a batch."""
    original = Encoder(loaded.identity, TorchRuntime(loaded.model))
    exported = Encoder(loaded.identity, OnnxRuntime(folder))
    expected = original.encode_passages(_PROBES)
    alone = np.concatenate([exported.encode_passages([probe]) for probe in _PROBES])
    for vectors in (exported.encode_passages(_PROBES), alone):
        cosine = float(np.sum(vectors * expected, axis=1).min())
        if not cosine >= _LEAST_COSINE:
            reason = f"the export computes other vectors, cosine {cosine:.5f}"
            raise _not_exportable(loaded.identity.id, reason)


def main() -> int:
    """Export the model named by the first argument into the data folder named by the second."""
    encoder, data_dir = sys.argv[1:]
    try:
        export(encoder, Path(data_dir))
    except EncoderError as error:
        sys.stdout.write(json.dumps({"problem": str(error)}))
        return error.exit_code
    return 0

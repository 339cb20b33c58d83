"""Opens the encoder that the settings name, and tells what is there without opening it."""

import ctypes
import logging
import sys
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

from knowledge.encoders.encoder import Encoder
from knowledge.encoders.exported import find_exported, models_folder
from knowledge.encoders.exporting import export_apart
from knowledge.encoders.identity import EncoderIdentity
from knowledge.encoders.loading import load_model
from knowledge.encoders.running import OnnxRuntime, TorchRuntime
from knowledge.encoders.weights import find_source, verify_files
from knowledge.errors import EncoderError
from knowledge.settings import KnowledgeSettings

_log = logging.getLogger(__name__)


def open_encoder(settings: KnowledgeSettings) -> Encoder:
    """The encoder that the settings name, ready to use.

    The first time, the model is exported into the data folder, which takes about 20 seconds; from
    then on opening takes less than a second and imports no PyTorch. On a GPU sentence-transformers
    runs the model itself.

    Raises:
        EncoderError: with the cure, when the model cannot be had, loaded or trusted.
    """
    if settings.device == "cuda" or (settings.device == "auto" and _gpu_is_usable()):
        return _open_on_gpu(settings)
    source = find_source(settings.encoder)
    exported = find_exported(models_folder(settings.data_dir), source)
    if exported is None:
        _log.info("Preparing the embedding model %s, once", settings.encoder)
        exported = export_apart(settings.encoder, settings.data_dir)
    return Encoder(_with_prompts(exported.identity, settings), OnnxRuntime(exported.folder))


def _open_on_gpu(settings: KnowledgeSettings) -> Encoder:
    import torch  # noqa: PLC0415  # takes seconds

    if not torch.cuda.is_available():
        raise EncoderError(
            "DEVICE asks for a GPU, but the installed PyTorch can use none: set DEVICE=cpu, or "
            "install the GPU build of PyTorch."
        )
    loaded = load_model(find_source(settings.encoder), "cuda")
    return Encoder(_with_prompts(loaded.identity, settings), TorchRuntime(loaded.model))


def _with_prompts(identity: EncoderIdentity, settings: KnowledgeSettings) -> EncoderIdentity:
    query, passage = settings.encoder_query_prompt, settings.encoder_passage_prompt
    return replace(
        identity,
        query_prompt=identity.query_prompt if query is None else query,
        passage_prompt=identity.passage_prompt if passage is None else passage,
    )


def _gpu_is_usable() -> bool:
    """Whether an NVIDIA GPU and a PyTorch built for one are here, without importing PyTorch."""
    try:
        if "+cpu" in version("torch"):
            return False
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except (PackageNotFoundError, OSError):
        return False
    count = ctypes.c_int(0)
    started = driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0
    return started and count.value > 0


@dataclass(frozen=True, kw_only=True, slots=True)
class EncoderDescription:
    """What `doctor` tells about the encoder.

    Attributes:
        found: whether the model's files are on this machine.
        verified: whether they are the published ones; False also when nobody knows the sums.
        exported: whether the encoder opens without PyTorch and without the model's files.
        where: a folder, or the name that will be asked for on the hub.
        why: one sentence, with the cure when there is something to cure.
    """

    found: bool
    verified: bool
    exported: bool
    where: str
    why: str


def describe_encoder(settings: KnowledgeSettings) -> EncoderDescription:
    """What is on this machine for the encoder that the settings name; PyTorch is not imported."""
    source = find_source(settings.encoder)
    exported = find_exported(models_folder(settings.data_dir), source)
    where = str(source.folder or (exported.folder if exported else source.name))
    found = source.folder is not None or exported is not None
    verified = bool(source.sha256) and found
    why = f"{source.id} is ready."
    if not exported:
        why = f"{source.id} is prepared at the first use."
    if source.folder is not None:
        try:
            verify_files(source.folder, source.sha256)
        except EncoderError as error:
            verified, why = False, str(error)
    elif not found:
        why = source.missing or f"{source.id} is downloaded at the first use."
    if found and not source.sha256:
        why += " Nobody told Caveat the sums of its files, so it is yours to trust."
    return EncoderDescription(
        found=found, verified=verified, exported=exported is not None, where=where, why=why
    )

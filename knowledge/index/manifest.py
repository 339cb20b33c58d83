"""What a build says of itself, and which build is served."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.encoders import EncoderIdentity
from knowledge.errors import IndexMissingError, IndexUnreadableError

FORMAT = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a build holds.

    Attributes:
        build: the name of its directory.
        created: ISO 8601 in UTC.
        encoder: the identity of the model behind its vectors, as a plain dictionary.
        digest: SHA-256 over everything the build shows; equal digests mean equal builds.
        lexical: SHA-256 over the texts that word search knows.
    """

    build: str
    created: str
    encoder: dict[str, Any]
    sources: int
    chunks: int
    digest: str
    lexical: str = ""
    format: int = FORMAT

    def encoder_identity(self) -> EncoderIdentity:
        """The model behind the vectors."""
        return EncoderIdentity.from_dict(self.encoder)

    def write(self, directory: Path) -> None:
        """Stores the manifest in its build's directory."""
        write_durably(directory / "manifest.json", json.dumps(asdict(self), indent=2))


def index_dir(data_dir: Path) -> Path:
    """The folder of all builds."""
    return data_dir / "index"


def current_build(data_dir: Path) -> str | None:
    """Name of the build that is served, or None when nothing was published.

    Raises:
        IndexUnreadableError: when the file that names it is damaged.
    """
    path = index_dir(data_dir) / "CURRENT"
    try:
        return path.read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def read_manifest(data_dir: Path) -> Manifest | None:
    """The manifest of the build that is served, or None when nothing was published.

    Raises:
        IndexUnreadableError: when the build is there but damaged.
    """
    build = current_build(data_dir)
    return read_build_manifest(index_dir(data_dir) / build) if build else None


def read_build_manifest(directory: Path) -> Manifest:
    """The manifest of the build in `directory`.

    Raises:
        IndexUnreadableError: when it is missing, damaged or of another format.
    """
    try:
        record = json.loads((directory / "manifest.json").read_text("utf-8"))
        found = record["format"]
        manifest = Manifest(**record) if found == FORMAT else None
        if manifest:
            manifest.encoder_identity()
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise unreadable(directory, error) from error
    if manifest is None:
        raise unreadable(directory, f"it has format {found}, this version reads {FORMAT}")
    return manifest


def require_current(data_dir: Path) -> str:
    """Name of the build that is served.

    Raises:
        IndexMissingError: when nothing was published yet.
    """
    build = current_build(data_dir)
    if build is None:
        raise IndexMissingError(
            f"There is no index in {data_dir.absolute()} yet. Run `python -m ingest sync` for the "
            "starter corpus, or `python -m ingest add PATH...` for documents of your own."
        )
    return build


def unreadable(directory: Path, reason: object) -> IndexUnreadableError:
    """The error for a damaged build."""
    return IndexUnreadableError(
        f"The index build {directory.name} cannot be read ({reason}). Run "
        "`python -m ingest rebuild`; nothing has to be embedded again."
    )


def write_durably(path: Path, text: str) -> None:
    """Replaces a file in one step that survives a power cut."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    flush_directory(path.parent)


def flush_directory(directory: Path) -> None:
    """Makes the names in a directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

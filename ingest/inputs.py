"""Which files a command names, and how each is read."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from knowledge.errors import FailedSourceError, RejectedSourceError

MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """A file to take in.

    Attributes:
        locator: the name under which the library knows it.
        path: where it is read from.
    """

    locator: str
    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return PurePath(self.locator).name

    def read(self) -> bytes:
        """The file's bytes.

        Raises:
            FailedSourceError: when it is missing, empty, too large or may not be read.
            RejectedSourceError: when it is no regular file.
        """
        try:
            if not self.path.exists():
                raise FailedSourceError("there is no such file or folder; check the spelling")
            if not self.path.is_file():
                raise RejectedSourceError("it is not a regular file")
            size = self.path.stat().st_size
            if size > MAX_BYTES:
                raise FailedSourceError(
                    f"it has {size / 1e6:.0f} MB, the limit is {MAX_BYTES / 1e6:.0f} MB; split it"
                )
            if size == 0:
                raise FailedSourceError("it is empty")
            return self.path.read_bytes()
        except PermissionError as error:
            raise FailedSourceError(
                "it may not be read; grant the user who runs ingest the right to read it"
            ) from error
        except OSError as error:
            raise FailedSourceError(f"it cannot be read ({error.strerror})") from error


def find_inputs(places: Iterable[str]) -> Iterator[Input]:
    """The files at these places; a folder gives every file below it, hidden ones left out.

    A place named twice is given once. What is not there is given too, so that reading it says so.
    """
    seen: set[Path] = set()
    for place in places:
        if "://" in place:
            yield Input(locator=place, path=Path(place))
            continue
        for path in _files(_expanded(place)):
            resolved = _resolved(path)
            if resolved not in seen:
                seen.add(resolved)
                # a name that is no Unicode could be neither stored nor shown
                locator = str(resolved).encode("utf-8", "replace").decode()
                yield Input(locator=locator, path=resolved)


def corpus_inputs() -> tuple[Input, ...]:
    """The briefs of the starter corpus."""
    folder = Path(__file__).parent.parent / "knowledge" / "corpus"
    # named by their place in the project, so that a moved checkout still holds the same sources
    return tuple(
        Input(locator=f"knowledge/corpus/{path.name}", path=path)
        for path in sorted(folder.glob("*.md"))
    )


def _expanded(place: str) -> Path:
    try:
        return Path(place).expanduser()
    except RuntimeError:  # there is no such user
        return Path(place)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads in circles
        return path.absolute()


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder) / name

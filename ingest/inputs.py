"""Which files and pages a command names."""

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from ingest.manifest import read_manifest
from knowledge.errors import FailedSourceError, RejectedSourceError, UnusableSourceError
from knowledge.web import canonical_url, without_credentials

MAX_BYTES = 200 * 1024 * 1024
STARTER = "knowledge/corpus"
FURTHER = f"{STARTER}/sources.toml"  # documents that complete the starter corpus
CORPUS = Path(__file__).parent.parent / "knowledge" / "corpus"
# a folder that somebody else filled must not bring in the keys of this machine
LEADS_OUT = "it is a link that leads out of the folder; name the file itself if you want it"

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*://")


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """A file or page to take in.

    Attributes:
        locator: the name under which the library knows it.
        path: where it is read from, or None for a page on the web, whose address is `locator`.
        overrides: what a curator says about it.
        origin: the manifest that names it, or None.
        refusal: why it is not to be read, or None.
        single: one document is wanted, so that a feed is refused.
    """

    locator: str
    path: Path | None = None
    overrides: Mapping[str, Any] = field(default_factory=dict)
    origin: str | None = None
    refusal: str | None = None
    single: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return PurePath(self.locator).name

    def read(self) -> bytes:
        """The file's bytes; there must be a path.

        Raises:
            FailedSourceError: when it is missing, empty, too large or may not be read.
            RejectedSourceError: when it is no regular file.
        """
        if self.path is None:
            raise FailedSourceError("it is no file")
        try:
            if self.path.is_symlink() and not self.path.exists():
                raise FailedSourceError("it is a link that leads nowhere; remove or mend it")
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """Which files of a folder are taken: shell patterns on the path below the folder."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, path: PurePath) -> bool:
        """Whether the file is wanted; an exclusion goes before an inclusion."""
        return (not self.include or _matches(path, self.include)) and not _matches(
            path, self.exclude
        )


def find_inputs(
    places: Iterable[str], overrides: Mapping[str, Any], wanted: Filter
) -> Iterator[Input]:
    """The files and pages at these places, each with the overrides.

    A folder gives every wanted file below it, hidden ones left out. A place named twice is given
    once. What is not there is given too, so that reading it says so.
    """
    seen: set[str] = set()
    for place in places:
        for item in _inputs_at(place, wanted):
            if item.locator not in seen:
                seen.add(item.locator)
                yield replace(item, overrides=overrides)


def page_input(url: str) -> Input:
    """A page on the web; an address that cannot be read is left for the reading to refuse."""
    try:
        return Input(locator=canonical_url(url))
    except UnusableSourceError as error:
        return Input(locator=without_credentials(url), refusal=str(error))


def _inputs_at(place: str, wanted: Filter) -> Iterator[Input]:
    if _ADDRESS.match(place):
        yield page_input(place)
        return
    folder = _expanded(place)
    for path in _files(folder):
        if path == folder or wanted.takes(path.relative_to(folder)):
            resolved = _resolved(path)
            # a name that is no Unicode could be neither stored nor shown
            locator = str(resolved).encode("utf-8", "backslashreplace").decode()
            outside = path != folder and not resolved.is_relative_to(_resolved(folder))
            yield Input(locator=locator, path=resolved, refusal=LEADS_OUT if outside else None)


def manifest_inputs(manifest: Path) -> tuple[Input, ...]:
    """The documents that a manifest names.

    Raises:
        SettingsError: naming the line that cannot be used.
    """
    return _named_in(manifest, str(_resolved(manifest)))


def further_inputs() -> tuple[Input, ...]:
    """The public documents that complete the starter corpus.

    Raises:
        SettingsError: naming the line that cannot be used.
    """
    return _named_in(CORPUS / PurePath(FURTHER).name, FURTHER)


def corpus_inputs() -> tuple[Input, ...]:
    """The briefs of the starter corpus."""
    # named by their place in the project, so that a moved checkout still holds the same sources
    return tuple(
        Input(locator=f"{STARTER}/{path.name}", path=path, origin=STARTER)
        for path in sorted(CORPUS.glob("*.md"))
    )


def _named_in(manifest: Path, origin: str) -> tuple[Input, ...]:
    return tuple(
        replace(item, overrides=entry.overrides, origin=origin)
        for entry in read_manifest(manifest)
        for item in _inputs_at(entry.place, Filter())
    )


def _matches(path: PurePath, patterns: Iterable[str]) -> bool:
    return any(
        fnmatch.fnmatch(str(path), pattern) or fnmatch.fnmatch(path.name, pattern)
        for pattern in patterns
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

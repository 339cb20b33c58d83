"""The zip archives that office documents and books come in, opened within limits."""

import io
import zipfile
import zlib

from knowledge.errors import FailedSourceError

MAX_MEMBERS = 5_000
MAX_BYTES = 100 * 1024 * 1024  # of all members together, unpacked
MAX_RATIO = 200
# Deflate shrinks at most a thousandfold, so a small member does no harm however well it packs.
_HARMLESS = 1024 * 1024
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_KINDS = (
    ("xl/", "an Excel workbook (XLSX)"),
    ("ppt/", "a PowerPoint presentation (PPTX)"),
)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Archive:
    """The members of a zip archive, by name; nothing is ever written to disk.

    Raises:
        FailedSourceError: it is damaged or encrypted, or would unpack to more than it may.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise FailedSourceError(
                "The file is damaged: the contents of its zip archive cannot be listed."
            ) from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        _check(self._zip.infolist())

    @property
    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            FailedSourceError: it is missing or damaged, or longer than the archive says.
        """
        if name not in self._members:
            raise FailedSourceError(f'The file is damaged: its part "{name[:100]}" is missing.')
        try:
            return self._zip.read(name)
        except (*_DAMAGE, RuntimeError) as error:
            raise FailedSourceError(
                f'The file is damaged: its part "{name[:100]}" cannot be unpacked.'
            ) from error


def is_archive(data: bytes) -> bool:
    """Whether some bytes begin as a zip archive does."""
    return data.startswith(_SIGNATURES)


def archive_kind(data: bytes) -> str:
    """The key of a format, "docx" or "epub", or the plain name of another kind of archive.

    Raises:
        FailedSourceError: as `Archive` does.
    """
    archive = Archive(data)
    names = archive.names
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    for folder, kind in _OTHER_KINDS:
        if any(name.startswith(folder) for name in names):
            return kind
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        return "an OpenDocument file"
    return "a zip archive"


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise FailedSourceError(
            f"The zip archive has {len(members):,} parts, more than the {MAX_MEMBERS:,} allowed."
        )
    if any(info.flag_bits & 1 for info in members):
        raise FailedSourceError("The file is encrypted: remove its password and add it again.")
    total = sum(info.file_size for info in members)
    if total > MAX_BYTES:
        raise FailedSourceError(
            f"The file would unpack to {total / 1e6:,.0f} MB, more than the {MAX_BYTES / 1e6:.0f} "
            "MB allowed."
        )
    for info in members:
        if info.file_size > max(_HARMLESS, info.compress_size * MAX_RATIO):
            raise FailedSourceError(
                f"A part of the file unpacks to more than {MAX_RATIO} times its size: it looks "
                "like a decompression bomb."
            )

"""Tells files that hold no text by the bytes that they begin with."""

from ingest.extract.encodings import byte_order

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a bitmap image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "an executable program"),
    (b"MZ", "an executable program"),
    (b"\xca\xfe\xba\xbe", "an executable program"),
    (b"\xcf\xfa\xed\xfe", "an executable program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Microsoft Office file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "an RTF document"),
    (b"GGUF", "a model weights file"),
)
# Containers that name their content at a fixed place: (place, signature, kind).
_PLACED: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a sound file"),
    (8, b"AVI ", "a video"),
    (4, b"ftyp", "a video or image container"),
    (257, b"ustar", "a tar archive"),
)


def binary_kind(data: bytes) -> str | None:
    """What a file is that holds no text, such as "a PNG image"; None when it may be text."""
    for place, signature, kind in _PLACED:
        if data[place : place + len(signature)] == signature:
            return kind
    for signature, kind in _SIGNATURES:
        # Two letters such as "BM" may also begin a text.
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:512]):  # noqa: PLR2004
            return kind
    if byte_order(data) is not None:
        return None
    sample = data[:65536]
    # A text holds no NUL, and next to no other control characters.
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)  # noqa: PLR2004
    return "a binary file" if b"\x00" in sample or controls > max(2, len(sample) * 0.01) else None

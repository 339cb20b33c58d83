"""The encoding of a text: by byte order mark, by its bytes, else the likeliest."""

from typing import Literal

from knowledge.errors import FailedSourceError

_MARKS: tuple[tuple[bytes, Literal["utf-16-le", "utf-16-be"]], ...] = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 65536
_FEWEST = 8
_SHARE = 0.3  # of the high bytes that are zero in a text with spaces, digits and Latin letters
_STRAY = 0.02


def byte_order(data: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """How a UTF-16 text orders its bytes, with or without a mark; None for other texts."""
    for mark, order in _MARKS:
        if data.startswith(mark):
            return order
    if len(data) < _FEWEST or len(data) % 2:
        return None
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    first, second = even.count(0) / len(even), odd.count(0) / len(odd)
    if second > _SHARE and first < _STRAY:
        return "utf-16-le" if _is_text(data, "utf-16-le") else None
    if first > _SHARE and second < _STRAY:
        return "utf-16-be" if _is_text(data, "utf-16-be") else None
    return None


def decode(data: bytes) -> str:
    """The text of some bytes: UTF-16 if they look it, as UTF-8, else by the likeliest encoding.

    Raises:
        FailedSourceError: no encoding fits.
    """
    order = byte_order(data)
    try:
        if order is not None:
            return data.decode(order).removeprefix("\ufeff")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, slow to import

    # Western encodings first: statistics alone mistake short Latin-1 texts for Baltic ones.
    likely = from_bytes(data, cp_isolation=["cp1252", "latin_1", "mac_roman"], threshold=0.35)
    best = likely.best() or from_bytes(data).best()
    if best is None:
        raise FailedSourceError("The text is in no encoding that could be recognised.")
    return str(best)


def _is_text(data: bytes, order: str) -> bool:
    """Whether a sample decodes without control characters, which numbers stored in pairs have."""
    text = data[:_SAMPLE].decode(order, errors="replace")
    return all(character >= " " or character in "\t\n\r\f" for character in text)

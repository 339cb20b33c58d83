"""Reads a response's body without letting it grow past its limit."""

import zlib
from collections.abc import Iterable, Iterator

from knowledge.errors import FailedSourceError

STEP = 64 * 1024
# A page or a table rarely shrinks to a fiftieth, a bomb to a thousandth.
BOMB_RATIO = 200
BOMB_BYTES = 4 * 1024 * 1024  # below it, a ratio says nothing
_GZIP = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"
_CURE = "download it, cut it to what is wanted and add the file"


def read_body(pieces: Iterable[bytes], coding: str, max_bytes: int) -> bytes:
    """The body, decompressed; memory stays within the limit whatever the server sends.

    Args:
        pieces: what comes over the wire.
        coding: the Content-Encoding header.
        max_bytes: of what comes out.

    Raises:
        FailedSourceError: it is too large, damaged, a bomb, or compressed in an unknown way.
    """
    body = bytearray()
    for piece in _decoded(pieces, coding.strip().lower()):
        body += piece
        if len(body) > max_bytes:
            raise FailedSourceError(f"it is larger than {_size(max_bytes)}; {_CURE}")
    return bytes(body)


def announced_too_large(length: str | None, max_bytes: int) -> None:
    """Spares the transfer of what says of itself that it is too large.

    Raises:
        FailedSourceError: it does.
    """
    digits = (length or "0").strip()
    if digits.isascii() and digits.isdecimal() and float(digits) > max_bytes:
        raise FailedSourceError(f"it is larger than {_size(max_bytes)}; {_CURE}")


def _decoded(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    if coding in {"", "identity"}:
        return iter(pieces)
    if coding in {"gzip", "x-gzip", "deflate"}:
        return _inflated(pieces, gzip=coding != "deflate")
    raise FailedSourceError(
        f"the server compressed it in a way that was not asked for ({coding[:40]}); "
        "download it and add the file"
    )


def _inflated(pieces: Iterable[bytes], *, gzip: bool) -> Iterator[bytes]:
    """Decompresses step by step: one piece of a bomb never swells as a whole."""
    inflater = None
    received = produced = 0
    try:
        for piece in pieces:
            received += len(piece)
            rest = piece
            while rest:
                if inflater is None:
                    if produced and not (gzip and rest.startswith(_GZIP_MAGIC)):
                        return  # what follows the end is padding
                    inflater = zlib.decompressobj(_GZIP if gzip else _deflate_format(rest))
                out = inflater.decompress(rest, STEP)
                while out:
                    produced += len(out)
                    _refuse_bomb(received, produced)
                    yield out
                    if inflater.eof:
                        break
                    out = inflater.decompress(inflater.unconsumed_tail, STEP)
                rest = inflater.unused_data
                if inflater.eof:
                    inflater = None  # another member may follow
    except zlib.error:
        raise FailedSourceError("its compression is damaged; try again later") from None
    if inflater is not None:
        raise FailedSourceError("the transfer broke off before its end; try again later")


def _deflate_format(first: bytes) -> int:
    """Some servers send the zlib format under this name, as the standard says, others do not."""
    # RFC 1950: the first byte's lower half is 8.
    return zlib.MAX_WBITS if first[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS


def _refuse_bomb(received: int, produced: int) -> None:
    if produced > BOMB_BYTES and produced > received * BOMB_RATIO:
        raise FailedSourceError(
            "it swells to more than "
            f"{BOMB_RATIO} times its size when decompressed, as an attack does; {_CURE}"
        )


def _size(size: int) -> str:
    mebibytes = size / (1024 * 1024)
    return f"{mebibytes:g} MiB" if mebibytes >= 1 else f"{size} bytes"

"""How a gateway connection packs its messages, as the client asked in its address."""

import zlib
from collections.abc import Callable

Pack = Callable[[str], bytes | str]


def packing(asked: str | None) -> Pack:
    """What makes a frame of a message; one for each connection, for it remembers what it sent.

    Args:
        asked: the client's `compress`: `zlib-stream`, `zstd-stream` or None.
    """
    if asked == "zlib-stream":
        deflate = zlib.compressobj()

        def zlib_stream(text: str) -> bytes:
            return deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)

        return zlib_stream
    if asked == "zstd-stream":
        # discord.py asks for it wherever it is installed, which langsmith brings about
        import zstandard  # noqa: PLC0415

        frame = zstandard.ZstdCompressor().compressobj()

        def zstd_stream(text: str) -> bytes:
            return frame.compress(text.encode()) + frame.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

        return zstd_stream
    return lambda text: text

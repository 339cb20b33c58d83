"""What the ingest and its worker say to each other over two pipes."""

import json
import resource
import struct
import sys
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from ingest.extract import Extracted

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_REQUEST = struct.Struct(">dQQ")
_LENGTH = struct.Struct(">Q")


class UnusableReplyError(Exception):
    """A worker, perhaps one that a document has taken over, said something that is no reply."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A document to read.

    Attributes:
        seconds: of processor time that it may take.
    """

    data: bytes
    name: str
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What became of a document.

    Attributes:
        extracted: only when the outcome is "read".
        reason: a sentence, when it is "rejected" or "failed".
        peak: bytes of memory that the worker has held at most since it began.
    """

    outcome: Literal["read", "rejected", "failed", "memory"]
    extracted: Extracted | None = None
    reason: str = ""
    peak: int = 0


def counted_peak(usage: resource.struct_rusage) -> int:
    """The most memory that the system has counted for a process, in bytes."""
    return usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024


def send_request(stream: BinaryIO, request: Request) -> None:
    """Writes a request; OSError when the worker is gone."""
    name = request.name.encode("utf-8", "replace")
    stream.write(_REQUEST.pack(request.seconds, len(name), len(request.data)))
    stream.write(name)
    stream.write(request.data)
    stream.flush()


def receive_request(stream: BinaryIO) -> Request | None:
    """The next request, or None when the ingest has closed the pipe."""
    header = stream.read(_REQUEST.size)
    if len(header) < _REQUEST.size:
        return None
    seconds, name_length, data_length = _REQUEST.unpack(header)
    name = stream.read(name_length).decode()
    data = stream.read(data_length)
    if len(data) < data_length:
        return None
    return Request(data=data, name=name, seconds=seconds)


def send_reply(stream: BinaryIO, reply: Reply) -> None:
    """Writes a reply; MemoryError when there is no room to write it out."""
    payload = json.dumps(reply, default=_fields).encode()
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def receive_reply(stream: BinaryIO, *, most: int) -> Reply | None:
    """The next reply, or None when the worker ended before it was complete.

    Args:
        stream: from the worker.
        most: bytes that a reply may have.

    Raises:
        UnusableReplyError: it is longer, or holds anything but our own records.
    """
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    if length > most:
        raise UnusableReplyError(f"a reply of {length} bytes is too long")
    payload = stream.read(length)
    if len(payload) < length:
        return None
    try:
        return _replies().validate_python(json.loads(payload))
    except (ValueError, RecursionError) as error:
        raise UnusableReplyError("a reply cannot be read") from error


def _fields(record: Any) -> dict[str, Any]:
    """What a record consists of, not copied: strings of lxml hold on to their whole document."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


@cache
def _replies() -> "TypeAdapter[Reply]":
    """Checks every field of a reply; only the ingest needs it, not the worker."""
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(Reply)

"""What the ingest and its worker say to each other over two pipes."""

import io
import pickle
import resource
import struct
import sys
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from ingest.extract import Extracted

_REQUEST = struct.Struct(">dQQ")
_LENGTH = struct.Struct(">Q")
# Everything that a reply may be made of: a worker that a document has taken over could otherwise
# run what it likes in the ingest, since unpickling calls whatever it names.
_ALLOWED = {
    ("builtins", "str"),
    ("ingest.extract.records", "Extracted"),
    ("ingest.extract.records", "Metadata"),
    ("ingest.sandbox.messages", "Reply"),
    ("knowledge.model", "Document"),
    ("knowledge.model", "Heading"),
}


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
    payload = io.BytesIO()
    _Pickler(payload, protocol=pickle.HIGHEST_PROTOCOL).dump(reply)
    stream.write(_LENGTH.pack(payload.tell()))
    stream.write(payload.getbuffer())
    stream.flush()


def receive_reply(stream: BinaryIO, *, most: int) -> Reply | None:
    """The next reply, or None when the worker ended before it was complete.

    Args:
        stream: from the worker.
        most: bytes that a reply may have.

    Raises:
        pickle.UnpicklingError: it is longer, or holds anything but our own records.
    """
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    if length > most:
        raise pickle.UnpicklingError(f"a reply of {length} bytes is too long")
    payload = stream.read(length)
    if len(payload) < length:
        return None
    try:
        reply = _Unpickler(io.BytesIO(payload)).load()
    except Exception as error:  # unpickling what is damaged raises anything
        raise pickle.UnpicklingError("a reply cannot be read") from error
    if not isinstance(reply, Reply):
        raise pickle.UnpicklingError("a reply is of another kind")
    return reply


class _Pickler(pickle.Pickler):
    """Writes strings as strings: those that lxml returns are a class of its own."""

    def reducer_override(self, value: object, /) -> Any:
        return (str, (str.__str__(value),)) if isinstance(value, str) else NotImplemented


class _Unpickler(pickle.Unpickler):
    """Builds our own records, from our own worker, and nothing else."""

    def find_class(self, module_name: str, global_name: str, /) -> type:
        if (module_name, global_name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"a reply holds no {module_name}.{global_name}")
        found: type = super().find_class(module_name, global_name)
        return found

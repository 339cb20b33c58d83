"""How much a document may cost to read."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What the worker may use before a document is given up.

    The AI Act as a PDF (144 pages, 2.6 MB) takes 4 s and 55 MB, a web page of 30 MB takes 11 s and
    400 MB; the limits leave room for slower machines and for documents that are worse.

    Attributes:
        memory: bytes of address space.
        seconds: of processor time for any document; ten times as many may pass.
        seconds_per_megabyte: what each megabyte of the file adds to it.
        documents: how many a worker reads before a fresh one takes over.
        in_process: bytes up to which a plain text is read without a worker.
    """

    memory: int = 1_500_000_000
    seconds: float = 120
    seconds_per_megabyte: float = 4
    documents: int = 200
    in_process: int = 1_000_000

    def seconds_for(self, size: int) -> float:
        """The time that a file of `size` bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / 1e6

"""One job over everything that could go wrong: each file is a line, and the job goes on.

The whole job runs once; then each file's line is looked at, and what the job cost.
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest.sandbox import Extractor, Limits
from knowledge.errors import UnusableSourceError
from tests.ingest.extract import hostile
from tests.ingest.extract.packed import docx, paragraph, zipped

STORED = Path(__file__).parents[2] / "fixtures" / "documents"
READER = "tests.ingest.sandbox.misbehaving:read"
LIMITS = Limits(seconds=8, seconds_per_megabyte=0.5, memory=900_000_000)
UNSUPPORTED = (
    "which is not supported: PDF, DOCX, EPUB, HTML, Markdown, CSV, JSON and plain text are."
)
DAMAGED = "The file is damaged: "
ENTITIES = 'The XML of its part "{}" declares entities of its own, which is refused.'
NESTED = 'The XML of its part "{}" is nested too deeply to be read.'
SENTENCE = "Open weights can be copied by anyone who has the disk space. "
PAGE = f"<p>{SENTENCE}</p>"


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """A file by the name it comes under, what makes it, and the line that the report must have."""

    name: str
    make: Callable[[], bytes]
    line: str


def stored(name: str) -> Callable[[], bytes]:
    return (STORED / name).read_bytes


# What begins with "read: " is no failure: the text begins with the rest.
BATTERY = [
    Hostile(name=name, make=make, line=line)
    for name, make, line in (
        ("empty.txt", lambda: b"", "The file is empty."),
        ("blank.md", lambda: b" \r\n\t\n" * 1000, "The file is empty."),
        ("zeros.txt", lambda: bytes(100_000), "The file is empty."),
        ("marks.txt", lambda: b"--- *** ---", "The file holds no text."),
        ("binary.txt", lambda: bytes(range(256)) * 9, f"This is a binary file, {UNSUPPORTED}"),
        ("nul.txt", lambda: b"Weights\x00 spread.", f"This is a binary file, {UNSUPPORTED}"),
        ("png.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), f"This is a PNG image, {UNSUPPORTED}"),
        ("gzip.html", lambda: b"\x1f\x8b\x08" + bytes(99), f"This is a gzip archive, {UNSUPPORTED}"),
        ("page.pdf", lambda: b"<!doctype html>" + PAGE.encode(), "read: Open weights can"),
        ("latin-1.txt", lambda: "Z\xfcrich caf\xe9 na\xefve".encode("latin-1"), "read: Z\xfcrich caf\xe9"),
        ("utf-16.txt", lambda: SENTENCE.encode("utf-16-le"), "read: Open weights can"),
        ("utf-16-be.txt", lambda: SENTENCE.encode("utf-16-be"), "read: Open weights can"),
        ("bomb.docx", hostile.zip_bomb,
         "A part of the file unpacks to more than 200 times its size: it looks like a "
         "decompression bomb."),
        ("many-bombs.docx", hostile.many_bombs,
         "The file would unpack to 155 MB, more than the 105 MB allowed."),
        ("nested.docx", hostile.nested_zip, f"This is a zip archive, {UNSUPPORTED}"),
        ("members.docx", hostile.many_members,
         "The zip archive has 6,000 parts, more than the 5,000 allowed."),
        ("locked.docx", hostile.locked_zip,
         "The file is encrypted: remove its password and add it again."),
        ("cut.docx", lambda: docx(paragraph(SENTENCE))[:200],
         f"{DAMAGED}the contents of its zip archive cannot be listed."),
        ("hollow.docx", lambda: zipped({"word/styles.xml": "<w/>"}),
         f'{DAMAGED}its part "word/document.xml" is missing.'),
        ("laughs.docx", hostile.laughing_docx, ENTITIES.format("word/document.xml")),
        ("prying.docx", hostile.prying_docx, ENTITIES.format("word/document.xml")),
        ("deep.docx", hostile.deep_docx, NESTED.format("word/document.xml")),
        ("climbing.epub", hostile.climbing_epub,
         "The EPUB is damaged: none of its chapters can be read."),
        ("laughs.epub", hostile.laughing_epub, ENTITIES.format("OEBPS/book.opf")),
        ("long.pdf", lambda: hostile.pdf_of_pages(10_000),
         "The PDF has 10,000 pages, more than the 5,000 allowed: split it."),
        ("bomb.pdf", lambda: hostile.pdf_bomb(300),
         "Reading it needs more than 0.9 GB of memory: split it."),
        ("circular.pdf", hostile.pdf_with_circular_pages,
         "The PDF is damaged: none of its pages can be read."),
        ("garbage.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99,
         "The PDF is damaged: it cannot be opened."),
        ("truncated.pdf", stored("truncated.pdf"), "The PDF is damaged: it cannot be opened."),
        ("encrypted.pdf", stored("encrypted.pdf"),
         "The PDF is encrypted: remove its password and add it again."),
        ("scanned.pdf", stored("scanned.pdf"),
         "The PDF has no text layer: its pages are pictures. Run text recognition (OCR) on it "
         "first."),
        ("deep.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"words" + b"</div>" * 100_000,
         "The page is nested too deeply to be read whole."),
        ("large.html", lambda: b"<html><body>" + f"<p>{SENTENCE * 50}</p>".encode() * 9_700,
         "read: Open weights can"),
        ("line.html", lambda: f"<html><body><p>{SENTENCE * 165_000}</p>".encode(),
         "read: Open weights can"),
        ("comments.html", lambda: b"<!---->" * 500 + PAGE.encode(), "read: Open weights can"),
        ("items.html", lambda: b"<html><body><ol>" + b"<li>a word" * 50_000, "read: 1. a word"),
        ("list.html", lambda: b'<html><body><ol start="\xc2\xb2"><li>' + PAGE.encode(),
         "read: 1. Open weights can"),
        ("hyphens.txt", lambda: b"word-\n" * 20_000, "read: word-word"),
        ("aliases.md", hostile.yaml_bomb,
         "The front matter repeats parts by YAML aliases (*name), which can grow without bound: "
         "write them out."),
        ("deep.md", hostile.deep_yaml,
         "The front matter is malformed in line 3: did not find expected node content."),
        ("long.md", lambda: b"---\nkey: " + b"x" * 20_000 + b"\n---\nWords.",
         "The front matter is longer than 16 kB: is it meant to be text?"),
        ("line.jsonl", hostile.jsonl_with_a_bad_line,
         "The JSON is malformed in line 3: unterminated string starting at."),
        ("deep.json", lambda: b"[" * 200_000, "The JSON is nested too deeply to be read."),
        ("package.json", lambda: b'{"version": 1}',
         'This is JSON without documents: no object has a field "text", "content" or "body".'),
        ("field.csv", lambda: f'title,text\nA,"{SENTENCE * 17_000}"\n'.encode(), "read: A\n\nOpen"),
        ("quote.csv", lambda: b'a,b\n"x,y\n' + b"word,word\n" * 1_100_000,
         "The table has a cell of more than 10 million characters: is a quotation mark left open?"),
        # The reader of this job behaves as if a parser had met its master.
        ("loops", PAGE.encode, "It took longer than 8 s to read and was given up: split it."),
        ("hoards", PAGE.encode, "Reading it needs more than 0.9 GB of memory: split it."),
        ("crashes", PAGE.encode,
         "The program that reads such files crashed over it (SIGSEGV): it is damaged."),
    )
]  # fmt: skip


@dataclass
class Job:
    """What became of each file, and what it cost this process."""

    lines: dict[str, str] = field(default_factory=dict)
    growth: int = 0
    seconds: float = 0.0


def peak() -> int:
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


@pytest.fixture(scope="module")
def job() -> Job:
    found = Job()
    before, began = peak(), time.monotonic()
    with Extractor(LIMITS, reader=READER) as extractor:
        for item in BATTERY:
            try:
                text = extractor.extract(item.make(), item.name).document.text
            except UnusableSourceError as error:
                found.lines[item.name] = str(error)
            else:
                found.lines[item.name] = f"read: {text[:200]}"
        found.lines["the last"] = extractor.extract(PAGE.encode(), "last.html").document.text
    found.growth, found.seconds = peak() - before, time.monotonic() - began
    return found


@pytest.mark.parametrize("item", BATTERY, ids=lambda item: item.name)
def test_a_hostile_file_is_one_line_of_the_report(job: Job, item: Hostile) -> None:
    line = job.lines[item.name]
    if item.line.startswith("read: "):
        assert line.startswith(item.line)
    else:
        assert line == item.line
        assert "\n" not in line


def test_the_job_goes_on_to_the_end(job: Job) -> None:
    assert job.lines["the last"] == SENTENCE.strip()


def test_the_memory_of_the_ingest_stays_bounded(job: Job) -> None:
    assert job.growth < 200_000_000

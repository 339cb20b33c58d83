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
LIMITS = Limits(seconds=8, seconds_per_megabyte=2, memory=900_000_000)
UNSUPPORTED = (
    "which is not supported: PDF, DOCX, EPUB, HTML, Markdown, CSV, JSON and plain text are."
)
UNOPENED = "The PDF is damaged: it cannot be opened."
MEMORY = "Reading it needs more than 0.9 GB of memory: split it."
OPEN = "read: Open weights can"
ENTITIES = 'The XML of its part "{}" declares entities of its own, which is refused.'
NESTED = 'The XML of its part "{}" is nested too deeply to be read.'
SENTENCE = "Open weights can be copied by anyone who has the disk space. "
PAGE = f"<p>{SENTENCE}</p>".encode()


@dataclass(frozen=True)
class Hostile:
    """A file by the name it comes under, what makes it, and the line that the report must have."""

    name: str
    make: Callable[[], bytes]
    line: str


def stored(name: str) -> Callable[[], bytes]:
    return (STORED / name).read_bytes


# What begins with "read: " is no failure: the text begins with the rest.
BATTERY = [
    Hostile("empty.txt", lambda: b"", "The file is empty."),
    Hostile("blank.md", lambda: b" \r\n\t\n" * 1000, "The file is empty."),
    Hostile("zeros.txt", lambda: bytes(100_000), "The file is empty."),
    Hostile("marks.txt", lambda: b"--- *** ---", "The file holds no text."),
    Hostile("binary.txt", lambda: bytes(range(256)), f"This is a binary file, {UNSUPPORTED}"),
    Hostile("nul.txt", lambda: b"Weights\x00 spread.", f"This is a binary file, {UNSUPPORTED}"),
    Hostile("png.pdf", lambda: b"\x89PNG\r\n\x1a\n\x00", f"This is a PNG image, {UNSUPPORTED}"),
    Hostile("gzip.html", lambda: b"\x1f\x8b\x08\x00", f"This is a gzip archive, {UNSUPPORTED}"),
    Hostile("page.pdf", lambda: b"<!doctype html>" + PAGE, OPEN),
    Hostile("latin-1.txt", lambda: "Zürich café naïve".encode("latin-1"), "read: Zürich café"),
    Hostile("utf-16.txt", lambda: SENTENCE.encode("utf-16-le"), OPEN),
    Hostile("utf-16-be.txt", lambda: SENTENCE.encode("utf-16-be"), OPEN),
    Hostile(
        "bomb.docx",
        hostile.zip_bomb,
        "A part of the file unpacks to more than 200 times its size: it looks like a decompression "
        "bomb.",
    ),
    Hostile(
        "many-bombs.docx",
        hostile.many_bombs,
        "The file would unpack to 155 MB, more than the 105 MB allowed.",
    ),
    Hostile("nested.docx", hostile.nested_zip, f"This is a zip archive, {UNSUPPORTED}"),
    Hostile(
        "members.docx",
        hostile.many_members,
        "The zip archive has 6,000 parts, more than the 5,000 allowed.",
    ),
    Hostile(
        "locked.docx",
        hostile.locked_zip,
        "The file is encrypted: remove its password and add it again.",
    ),
    Hostile(
        "cut.docx",
        lambda: docx(paragraph(SENTENCE))[:200],
        "The file is damaged: the contents of its zip archive cannot be listed.",
    ),
    Hostile(
        "hollow.docx",
        lambda: zipped({"word/styles.xml": "<w/>"}),
        'The file is damaged: its part "word/document.xml" is missing.',
    ),
    Hostile("laughs.docx", hostile.laughing_docx, ENTITIES.format("word/document.xml")),
    Hostile("prying.docx", hostile.prying_docx, ENTITIES.format("word/document.xml")),
    Hostile("deep.docx", hostile.deep_docx, NESTED.format("word/document.xml")),
    Hostile(
        "climbing.epub",
        hostile.climbing_epub,
        "The EPUB is damaged: none of its chapters can be read.",
    ),
    Hostile("laughs.epub", hostile.laughing_epub, ENTITIES.format("OEBPS/book.opf")),
    Hostile(
        "long.pdf",
        lambda: hostile.pdf_of_pages(10_000),
        "The PDF has 10,000 pages, more than the 5,000 allowed: split it.",
    ),
    Hostile("bomb.pdf", lambda: hostile.pdf_bomb(300), MEMORY),
    Hostile(
        "circular.pdf",
        hostile.pdf_with_circular_pages,
        "The PDF is damaged: none of its pages can be read.",
    ),
    Hostile("garbage.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99, UNOPENED),
    Hostile("truncated.pdf", stored("truncated.pdf"), UNOPENED),
    Hostile(
        "encrypted.pdf",
        stored("encrypted.pdf"),
        "The PDF is encrypted: remove its password and add it again.",
    ),
    Hostile(
        "scanned.pdf",
        stored("scanned.pdf"),
        "The PDF has no text layer: its pages are pictures. Run text recognition (OCR) on it "
        "first.",
    ),
    Hostile(
        "deep.html",
        lambda: b"<html>" + b"<div>" * 100_000 + b"words" + b"</div>" * 100_000,
        "The page is nested too deeply to be read whole.",
    ),
    Hostile("large.html", lambda: b"<html><body>" + (PAGE * 50 + b"<hr>") * 8_700, OPEN),
    Hostile("line.html", lambda: b"<html><body>" + SENTENCE.encode() * 165_000, OPEN),
    Hostile("comments.html", lambda: b"<!---->" * 500 + PAGE, OPEN),
    Hostile("items.html", lambda: b"<html><ol>" + b"<li>a word" * 50_000, "read: 1. a word"),
    Hostile(
        "list.html", lambda: b'<html><ol start="\xc2\xb2"><li>' + PAGE, "read: 1. Open weights"
    ),
    Hostile("hyphens.txt", lambda: b"word-\n" * 20_000, "read: word-word"),
    Hostile(
        "aliases.md",
        hostile.yaml_bomb,
        "The front matter repeats parts by YAML aliases (*name), which can grow without bound: "
        "write them out.",
    ),
    Hostile(
        "deep.md",
        hostile.deep_yaml,
        "The front matter is malformed in line 3: did not find expected node content.",
    ),
    Hostile(
        "long.md",
        lambda: b"---\nkey: " + b"x" * 20_000 + b"\n---\nWords.",
        "The front matter is longer than 16 kB: is it meant to be text?",
    ),
    Hostile(
        "line.jsonl",
        hostile.jsonl_with_a_bad_line,
        "The JSON is malformed in line 3: unterminated string starting at.",
    ),
    Hostile("deep.json", lambda: b"[" * 200_000, "The JSON is nested too deeply to be read."),
    Hostile(
        "package.json",
        lambda: b'{"version": 1}',
        'This is JSON without documents: no object has a field "text", "content" or "body".',
    ),
    Hostile(
        "field.csv",
        lambda: b'title,text\nA,"' + SENTENCE.encode() * 17_000 + b'"\n',
        "read: A\n\nOpen weights can",
    ),
    Hostile(
        "quote.csv",
        lambda: b'a,b\n"x,y\n' + b"word,word\n" * 1_100_000,
        "The table has a cell of more than 10 million characters: is a quotation mark left open?",
    ),
    # The reader of this job behaves as if a parser had met its master.
    Hostile("loops", lambda: PAGE, "It took longer than 8 s to read and was given up: split it."),
    Hostile("hoards", lambda: PAGE, MEMORY),
    Hostile(
        "crashes",
        lambda: PAGE,
        "The program that reads such files crashed over it (SIGSEGV): it is damaged.",
    ),
]


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
        found.lines["the last"] = extractor.extract(PAGE, "last.html").document.text
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

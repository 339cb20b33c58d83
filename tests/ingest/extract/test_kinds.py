import pytest

from ingest.extract import extract
from knowledge.errors import FailedSourceError, RejectedSourceError
from tests.ingest.extract.packed import docx, zipped

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "report.pdf", "a PNG image"),
        (b"\x1f\x8b\x08\x00", "a.tar.gz", "a gzip archive"),
        (b"\x7fELF\x02\x01", "notes.txt", "an executable program"),
        (bytes(range(256)), "notes.txt", "a binary file"),
        (b'{"a": 1}', "models.json", "JSON without documents"),
        (b"a: 1", "models.yml", "a YAML file"),
        (b'<?xml version="1.0"?><feed></feed>', "feed", "an XML file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "logo.html", "an SVG image"),
        (zipped({"xl/workbook.xml": "<x/>"}), "report.docx", "an Excel workbook"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "report.pptx", "a PowerPoint presentation"),
        (zipped({"notes.txt": "words"}), "notes.zip", "a zip archive"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "x", "an OpenDocument"),
        (b"PK\x05\x06" + b"\x00" * 18, "x", "a zip archive"),
        (b"GGUF\x03\x00\x00\x00", "model", "a model weights file"),
    ],
)
def test_what_is_not_supported_is_rejected_by_its_plain_name(
    data: bytes, name: str, kind: str
) -> None:
    with pytest.raises(RejectedSourceError, match=f"This is {kind}"):
        extract(data, name=name)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_fails(data: bytes) -> None:
    with pytest.raises(FailedSourceError, match="empty"):
        extract(data, name="x.txt")


def test_a_file_without_a_word_fails() -> None:
    with pytest.raises(FailedSourceError, match="no text"):
        extract(b"--- *** ---", name="x.txt")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"<!DOCTYPE html><p>Hello there", "page.txt", "text/html"),
        (b"# Head\n\nText", "a.MDX", "text/markdown"),
        (b"# Head\n\nText", "LICENSE", "text/plain"),
        (b"---\nkey: x\n---\nText", "x.LICENSE", "text/plain"),
        (b"BM is a fine beginning", "x", "text/plain"),
        (b"PKWARE made the first zip", "x", "text/plain"),
        (docx("<w:p><w:r><w:t>Words</w:t></w:r></w:p>"), "x.pdf", DOCX),
        (b"name,licence\nalpha,mit\n", "models.csv", "text/csv"),
        ("Models spread.".encode("utf-16-le"), "x", "text/plain"),
        ("<!doctype html><p>Models spread.".encode("utf-16-be"), "x", "text/html"),
    ],
)
def test_the_content_tells_the_kind_and_the_name_only_hints(
    data: bytes, name: str, media_type: str
) -> None:
    assert extract(data, name=name).document.media_type == media_type


def test_a_head_full_of_comments_is_told_at_once() -> None:
    # doubling with every comment, the time for this would be years
    assert extract(b"<!---->" * 200 + b"words", name="x").document.text

"""What holds for every input, however odd."""

import hashlib
import unicodedata
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from knowledge.errors import UnusableSourceError
from knowledge.model import Document

PIECES = st.sampled_from(
    ["Article 1", "1.", "(a)", "(1)", "# Head", "CHAPTER I", "Sec. 1.", "1.1 Title Case", "---",
     "- item", "| a | b |", "<p>", "<br>", "</div>", "\n", "\n\n", " ", "\u00ad", "e\u0301", "word",
     "MAP 1.1", "\u2028", "\x00", "10<sup>25</sup>", "```", "\ue000", "ANNEX I", "word-\nword"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=6))).map("".join))


def check(document: Document) -> None:
    text = document.text
    assert document.content_hash == hashlib.sha256(text.encode()).hexdigest()
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in text if c != "\n")
    assert "\n\n\n" not in text
    assert list(document.page_starts) == sorted(document.page_starts)
    assert all(0 <= item.start < item.end <= len(text) for item in document.headings)
    assert all(before.end <= after.start for before, after in pairwise(document.headings))
    assert all(item.text for item in document.headings)


@given(text=TEXTS, name=st.sampled_from(["a.txt", "a.md", "a.html", "LICENSE", "a"]))
@example(text="Article 1\n\nArticle 2\n\n1. x", name="a.md")
@example(text="<p>a&#1;<b hidden>b</b>&#x1f;c\x02</p>", name="a.html")
@example(text="1.\n\n(a)\n\n-", name="a.txt")
@settings(max_examples=300, deadline=None)
def test_a_text_gives_a_sound_document_or_one_of_the_two_errors(text: str, name: str) -> None:
    data = text.encode("utf-8", errors="surrogatepass")
    try:
        extracted = extract(data, name=name)
    except UnusableSourceError:
        return
    check(extracted.document)


@given(data=st.binary(), start=st.sampled_from([b"", b"%PDF-1.7\n", b"<html>", b"---\n"]))
@settings(max_examples=100, deadline=None)
def test_bytes_give_a_sound_document_or_one_of_the_two_errors(data: bytes, start: bytes) -> None:
    try:
        extracted = extract(start + data, name="a")
    except UnusableSourceError:
        return
    check(extracted.document)

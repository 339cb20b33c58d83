"""What a brief names as its sources, by its links."""

from ingest.extract import extract
from knowledge.chunking import Budget, chunk_document
from knowledge.citations import cite
from knowledge.model import Passage, Source

BRIEF = """---
title: A brief
kind: brief
url: https://example.org/main
---

## What is known?

The [first report](https://example.org/one) counts three cases. A second sentence adds to it.

Nobody counted before, says the [*second*
report](https://example.org/two?page=1).

A [local file](other.md), an [address](mailto:a@b.example) and no source.
"""
BUDGET = Budget(count_tokens=lambda text: len(text.split()), max_tokens=256)


def link_of(text: str, quote: str) -> str | None:
    extracted = extract(text.encode(), name="brief.md")
    (chunk,) = chunk_document(extracted.document, source_id="s", title="A brief", budget=BUDGET)
    source = Source(
        id="s", title="A brief", kind=extracted.metadata.kind or "other", url=extracted.metadata.url
    )
    passage = Passage(chunk=chunk, source=source, score=1.0, similarity=1.0)
    start = chunk.text.index(quote)
    return cite(passage, start, start + len(quote), number=1).link


def test_a_quote_leads_to_the_source_that_its_sentence_names() -> None:
    assert link_of(BRIEF, "The first report counts three cases.") == "https://example.org/one"
    quote = "Nobody counted before, says the second report."
    assert link_of(BRIEF, quote) == "https://example.org/two?page=1"


def test_a_sentence_without_a_link_leads_where_its_paragraph_does() -> None:
    assert link_of(BRIEF, "A second sentence adds to it.") == "https://example.org/one"


def test_a_paragraph_that_names_no_page_of_the_web_leads_to_the_main_source() -> None:
    assert link_of(BRIEF, "A local file, an address and no source.") == "https://example.org/main"


def test_links_of_other_documents_are_not_kept() -> None:
    page = BRIEF.replace("kind: brief", "kind: news")
    assert extract(page.encode(), name="page.md").document.links == ()
    assert link_of(page, "The first report counts three cases.") != "https://example.org/one"


def test_a_changed_link_is_a_changed_document() -> None:
    before = extract(BRIEF.encode(), name="brief.md").document
    after = extract(BRIEF.replace("/one", "/three").encode(), name="brief.md").document
    assert after.text == before.text
    assert after.content_hash != before.content_hash
    assert [address for _, _, address in before.links] == [
        "https://example.org/one",
        "https://example.org/two?page=1",
    ]

from dataclasses import replace

import pytest

from knowledge.labels import (
    PLACE_CHARACTERS,
    citation_label,
    is_about_law,
    is_legal,
    place,
    source_label,
)
from knowledge.model import Chunk, Citation, Kind, Passage, Source

ACT = Source(
    id="act", title="AI Act", kind="law", status="in-force", status_date="2024-08-01",
    published="2024-07-12",
)  # fmt: skip
LABEL = "AI Act (law, in force since 2024-08-01, 2024-07-12)"


def cited(
    *headings: str,
    page: int | None = None,
    source: Source = ACT,
    number: int = 1,
    text: str = "Some words.",
) -> Citation:
    chunk = Chunk(
        id=f"c{number}",
        source_id=source.id,
        text=text,
        start=0,
        end=len(text),
        ordinal=0,
        page=page,
        heading_path=headings,
    )
    passage = Passage(chunk=chunk, source=source, score=1, similarity=1)
    return Citation(number=number, passage=passage, quote=text, start=0)


def test_a_place_is_the_innermost_heading_and_the_page() -> None:
    assert place(cited("CHAPTER V", "Article 53(2)", page=84)) == "Article 53(2), page 84"
    assert place(cited("Article 53(2):")) == "Article 53(2)"
    assert place(cited(page=84)) == "page 84"
    assert place(cited()) == ""


def test_a_heading_that_repeats_the_title_is_no_place() -> None:
    assert place(cited("AI ACT", page=2)) == "page 2"


def test_a_long_heading_ends_after_a_word() -> None:
    shown = place(cited("Obligations " * 20))
    assert shown.endswith("Obligations …")
    assert len(shown) <= PLACE_CHARACTERS + 2


def test_the_first_quote_of_a_source_is_labelled_with_source_and_place() -> None:
    assert citation_label(cited("Article 53(2)", page=84)) == f"{LABEL}, Article 53(2), page 84"
    assert citation_label(cited()) == LABEL == source_label(ACT)


def test_a_further_quote_of_the_same_source_is_labelled_with_what_differs() -> None:
    first = cited("Article 53(2)", page=84)
    assert citation_label(cited("Article 53(2)", page=84, number=2), after=first) == ""
    assert citation_label(cited("Article 54", page=85, number=2), after=first) == (
        "Article 54, page 85"
    )
    other = cited("Article 53(2)", page=84, source=Source(id="b", title="B"))
    assert citation_label(other, after=first) == "B (document), Article 53(2), page 84"


@pytest.mark.parametrize(
    ("kind", "title", "quote", "tells"),
    [
        ("brief", "What the EU AI Act says", "It bans some uses.", True),
        ("brief", "Federal policy", "Executive Order 14110 was revoked on 20 January 2025.", True),
        ("government", "Report", "Regulation (EU) 2026/1744 delays the duties.", True),
        ("brief", "California", "SB 53 asks for a report.", True),
        ("brief", "Degrees of openness", "GPT-4 and Llama 2 act alike in 2 tests.", False),
        ("research", "A study", "Article 53 of the EU AI Act was read.", False),
    ],
)
def test_what_tells_of_a_law_is_known_by_its_title_or_its_words(
    kind: Kind, title: str, quote: str, *, tells: bool
) -> None:
    found = cited(source=replace(ACT, kind=kind, title=title), text=quote)
    assert is_about_law(found) is tells


def test_a_source_of_unknown_kind_is_legal_by_its_title() -> None:
    assert is_legal(ACT)
    assert is_legal(replace(ACT, kind="licence", title="Gemma"))
    assert is_legal(Source(id="x", title="LLAMA 2 COMMUNITY LICENSE AGREEMENT"))
    assert not is_legal(Source(id="x", title="Energy use of small models"))
    assert not is_legal(replace(ACT, kind="research"))

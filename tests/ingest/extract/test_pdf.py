from itertools import pairwise
from pathlib import Path

import pytest

from ingest.extract import Extracted, extract
from knowledge.errors import FailedSourceError

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"


def read(name: str) -> Extracted:
    return extract((DOCUMENTS / name).read_bytes(), name=name)


@pytest.fixture(scope="module")
def statute() -> Extracted:
    return read("statute.pdf")


def test_running_headers_footers_and_page_numbers_are_left_out(statute: Extracted) -> None:
    text = statute.document.text
    assert "Gazette of Examples, 3.2.2025" not in text
    assert "/3" not in text


def test_divided_words_are_mended_and_real_hyphens_kept(statute: Extracted) -> None:
    assert "including whoever offers them" in statute.document.text
    assert "responsible licensing for open-weight models" in statute.document.text


def test_a_power_is_raised_so_that_it_cannot_be_misread(statute: Extracted) -> None:
    assert "more than 10²⁵ operations in all." in statute.document.text


def test_a_footnote_mark_is_no_power_and_its_note_stays_readable(statute: Extracted) -> None:
    assert "a public list of large models\n" in statute.document.text
    assert "\n\n1 The list is published in the Gazette" in statute.document.text


def test_a_paragraph_is_joined_over_a_page_end_with_the_page_start_inside(
    statute: Extracted,
) -> None:
    document = statute.document
    start = document.text.index("affected by it")
    assert document.text[start - 10 : start] == "model are "
    assert document.page_starts[:2] == (0, start)


def test_every_page_has_a_start_and_they_never_decrease(statute: Extracted) -> None:
    starts = statute.document.page_starts
    assert len(starts) == 3
    assert all(before <= after for before, after in pairwise(starts))
    assert statute.document.text[starts[2] :].startswith("Table of measures")


def test_an_article_and_its_title_make_one_heading(statute: Extracted) -> None:
    document = statute.document
    heading = next(item for item in document.headings if item.text.startswith("Article 1 "))
    assert heading.text == "Article 1 Scope of this statute"
    assert document.text[heading.start : heading.end] == "Article 1\n\nScope of this statute"


def test_numbered_paragraphs_of_an_article_are_headings_below_it(statute: Extracted) -> None:
    document = statute.document
    article = next(item for item in document.headings if item.text.startswith("Article 1 "))
    paragraph = next(item for item in document.headings if item.text == "Article 1(2)")
    assert paragraph.level > article.level
    assert document.text[paragraph.start :].startswith("2. A model is large")


def test_cells_side_by_side_make_rows(statute: Extracted) -> None:
    assert "M-1 | Test before release | Developer\n\nM-2 | Report misuse | Host" in (
        statute.document.text
    )


def test_title_and_author_come_from_the_information_dictionary(statute: Extracted) -> None:
    assert statute.metadata.title == "Statute on the Release of Model Weights"
    assert statute.metadata.authors == ("Office of Examples",)


def test_columns_are_read_one_after_the_other() -> None:
    text = read("columns.pdf").document.text
    assert text.index("left 11") < text.index("right 00")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("encrypted.pdf", "encrypted: remove its password"),
        ("scanned.pdf", "no text layer"),
        ("truncated.pdf", "damaged"),
    ],
)
def test_a_pdf_without_readable_text_fails_with_its_reason(name: str, reason: str) -> None:
    with pytest.raises(FailedSourceError, match=reason):
        read(name)


def test_a_pdf_named_html_is_read_as_a_pdf() -> None:
    data = (DOCUMENTS / "statute.pdf").read_bytes()
    assert extract(data, name="page.html").document.media_type == "application/pdf"

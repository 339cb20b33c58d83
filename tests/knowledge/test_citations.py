from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.citations import cite, deep_link
from knowledge.model import Chunk, Citation, Passage, Source

PAGE = "https://example.org/report"
PDF = "https://example.org/report.pdf"
TEXT = "Weights cannot be recalled. Safeguards can be removed; nobody notices."


def passage(text: str = TEXT, *, url: str | None = PAGE, page: int | None = None) -> Passage:
    source = Source(id="report", title="Report", url=url)
    chunk = Chunk(
        id="c", source_id="report", text=text, start=0, end=len(text), ordinal=0, page=page
    )
    return Passage(chunk=chunk, source=source, score=1.0, similarity=1.0)


def link(quote: str, url: str | None = PAGE, *, page: int | None = None) -> str:
    found = deep_link(url, quote, page=page, brief=False)
    assert found is not None
    return found


@pytest.mark.parametrize("quote", ["", "weights cannot", "Safeguards can be removed, nobody"])
def test_a_citation_of_words_its_passage_lacks_cannot_be_built(quote: str) -> None:
    with pytest.raises(ValueError, match="does not hold the quote"):
        Citation(number=1, passage=passage(), quote=quote, start=0)


def test_a_citation_of_words_that_stand_elsewhere_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="citation 2"):
        Citation(number=2, passage=passage(), quote="Safeguards", start=0)


@given(text=st.text(min_size=1), data=st.data())
def test_a_citation_quotes_its_passage_verbatim(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert cite(passage(text), start, end, number=1).quote == text[start:end]


def test_a_citation_knows_page_and_headings_of_its_own_beginning() -> None:
    place = TEXT.index("Safeguards")
    chunk = replace(
        passage(page=3).chunk,
        page_breaks=((place, 4),),
        heading_path=("A",),
        heading_breaks=((place, ("A", "B")),),
    )
    found = cite(replace(passage(url=PDF), chunk=chunk), place, len(TEXT), number=1)
    assert (found.page, found.heading_path, found.link) == (4, ("A", "B"), f"{PDF}#page=4")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "file:///home/me/report.pdf",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "report.pdf",
        "/srv/report.pdf",
        "",
        "http://[broken",
    ],
)
def test_what_is_no_web_address_gives_no_link(url: str | None) -> None:
    assert deep_link(url, "Some words", page=None, brief=False) is None
    assert deep_link(url, "Some words", page=None, brief=True) is None


def test_a_pdf_opens_at_its_page() -> None:
    assert link("Some words", PDF, page=7) == f"{PDF}#page=7"
    assert link("Some words", "https://arxiv.org/pdf/2403.07918", page=2).endswith("#page=2")


def test_a_document_with_pages_at_an_address_that_is_no_pdf_opens_at_its_beginning() -> None:
    assert link("Some words", PAGE, page=7) == PAGE


def test_an_earlier_fragment_gives_way() -> None:
    assert link("Some words", f"{PAGE}#art_53") == f"{PAGE}#:~:text=Some%20words"
    assert link("Some words", f"{PDF}#page=1", page=9) == f"{PDF}#page=9"


def test_a_brief_leads_to_its_main_source_as_it_is() -> None:
    assert deep_link(f"{PAGE}#top", "Words", page=None, brief=True) == f"{PAGE}#top"


def test_a_short_quote_stands_whole_in_the_link() -> None:
    assert link("open, non-free & closed\n\nweights") == (
        f"{PAGE}#:~:text=open%2C%20non%2Dfree%20%26%20closed%20weights"
    )


def test_a_long_quote_is_linked_by_its_ends() -> None:
    quote = " ".join(str(number) for number in range(40))
    assert link(quote) == f"{PAGE}#:~:text=0%201%202%203%204,35%2036%2037%2038%2039"


@given(quote=st.text(min_size=1, max_size=400))
def test_every_quote_gives_a_link_that_decodes_back_to_its_words(quote: str) -> None:
    assume(quote.split())
    found = link(quote)
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found
    directive = found.removeprefix(f"{PAGE}#:~:text=")
    assert "&" not in directive
    assert "-" not in directive
    parts = [unquote(part).split() for part in directive.split(",")]
    words = quote.split()
    assert parts in ([words], [words[:5], words[-5:]])


@pytest.mark.parametrize(
    "url", ["https://example.org/a b", "https://example.org/a\nb", "https://example.org/\x1b]8"]
)
def test_a_careless_address_cannot_carry_spaces_or_controls_into_a_link(url: str) -> None:
    for brief in (True, False):
        found = deep_link(url, "Some words", page=None, brief=brief)
        assert found is None or (found.isprintable() and " " not in found)
